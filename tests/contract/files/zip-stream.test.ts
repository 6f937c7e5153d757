import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type ArchiveEntry, zipStream } from '#app/adapters/archives/zip-stream.ts'

const at = new Date(2026, 6, 1, 6, 0, 0)

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

test('what goes in comes out, names and bytes', async () => {
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    yield { name: 'AH-2026-00001.pdf', content: Buffer.from('%PDF-1.7'), at }
    yield { name: 'فاتورة.csv', content: Buffer.from('نص'), at }
    yield { name: 'empty', content: new Uint8Array(), at: new Date(0) }
  }
  const zip = await bytesOf(zipStream(entries()))
  const files = Object.entries(unzipSync(zip)).map(([name, content]) => [name, Buffer.from(content).toString('utf8')])
  expect(files).toEqual([
    ['AH-2026-00001.pdf', '%PDF-1.7'],
    ['فاتورة.csv', 'نص'],
    ['empty', ''],
  ])
  expect(await bytesOf(zipStream(entries()))).toEqual(zip)
})

test('a file is asked for when the one before has left, and none once the reader is gone', async () => {
  let made = 0
  async function* endless(): AsyncGenerator<ArchiveEntry> {
    for (;;) {
      made += 1
      yield { name: `${made}.pdf`, content: new Uint8Array(1_000_000), at }
    }
  }
  const reader = zipStream(endless()).getReader()
  for (let read = 0; read < 9; read += 1) await reader.read()
  await reader.cancel()
  expect(made).toBeLessThan(8)
})

test('a failure breaks the file off instead of ending it', async () => {
  async function* broken(): AsyncGenerator<ArchiveEntry> {
    yield { name: '1.pdf', content: new Uint8Array(10), at }
    throw new Error('the store is gone')
  }
  await expect(bytesOf(zipStream(broken()))).rejects.toThrow('the store is gone')
})
