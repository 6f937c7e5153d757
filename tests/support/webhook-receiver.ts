import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type ReceivedCall = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }
export type ReceiverAnswer = { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }

/** Somebody else's server, with a log of its own: keeps every call and answers as told, `null` never. */
export async function startReceiver() {
  const calls: ReceivedCall[] = []
  const behaviour: { answer: ReceiverAnswer | null } = { answer: { status: 200, body: 'ok' } }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      const { answer } = behaviour
      if (answer) response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    behaviour,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
