import type { CsvCell } from '#app/wiring.server.ts'
import { csvLines, fileStore } from '#app/wiring.server.ts'
import { orNotFound } from '../request/refuse.server.ts'

const encoder = new TextEncoder()

/** A long table for programs as CSV, sent as its pages are read. */
export function csvPages(filename: string, head: readonly string[], pages: AsyncIterable<(readonly CsvCell[])[]>): Response {
  async function* parts() {
    yield encoder.encode(csvLines([head]))
    for await (const rows of pages) if (rows.length > 0) yield encoder.encode(csvLines(rows))
  }
  return download(filename, 'text/csv; charset=utf-8', parts())
}

const typeOf: Readonly<Record<string, string>> = { '.jsonl': 'application/jsonl', '.zip': 'application/zip' }

/** A kept file, sent as it is read. The key comes from a row that the reader may see. @throws 404 when it is not kept. */
export async function keptFile(key: string, filename: string): Promise<Response> {
  const ending = filename.slice(filename.lastIndexOf('.'))
  return download(filename, typeOf[ending] ?? 'text/csv', orNotFound(await fileStore().getParts(key)))
}

function download(filename: string, type: string, parts: AsyncIterable<Uint8Array>): Response {
  const source = parts[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const { done, value } = await source.next()
      if (done) return stream.close()
      stream.enqueue(value)
    },
    async cancel() {
      await source.return?.()
    },
  })
  const disposition = `attachment; filename="${filename.replace(/[^\w.-]/g, '_')}"`
  return new Response(body, { headers: { 'Content-Type': type, 'Content-Disposition': disposition, 'Cache-Control': 'private, no-store' } })
}
