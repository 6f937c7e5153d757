import { Zip, ZipPassThrough } from 'fflate'

/** One file of an archive. `at` is the time it carries. */
export type ArchiveEntry = { readonly name: string; readonly content: Uint8Array; readonly at: Date }

/** The earliest time a zip can carry. */
const earliest = new Date(1980, 0, 1)

/**
 * A zip of `entries`, made while it is read: an entry is asked for when the one before has left, so memory holds one file at a time.
 * Files are stored as they are; PDFs are compressed already. What `entries` throws breaks the stream off, so a part is never taken for
 * the whole.
 */
export function zipStream(entries: AsyncIterable<ArchiveEntry>): ReadableStream<Uint8Array> {
  const iterator = entries[Symbol.asyncIterator]()
  let zip: Zip
  return new ReadableStream<Uint8Array>({
    start(stream) {
      zip = new Zip((problem, chunk, isLast) => {
        if (problem) return stream.error(problem)
        stream.enqueue(chunk)
        if (isLast) stream.close()
      })
    },
    async pull() {
      const next = await iterator.next()
      if (next.done) return zip.end()
      const { name, content, at } = next.value
      const file = new ZipPassThrough(name)
      file.mtime = at < earliest ? earliest : at
      zip.add(file)
      file.push(content, true)
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
