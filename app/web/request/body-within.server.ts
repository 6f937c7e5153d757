import { refuse } from './refuse.server.ts'

/** The bytes of a request's body. @throws 413 as soon as they are more than `largest`. */
export async function bodyWithin(request: Request, largest: number): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  const stream = request.body as (ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) | null
  for await (const part of stream ?? []) {
    size += part.byteLength
    if (size > largest) throw refuse(413, 'too-large')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
