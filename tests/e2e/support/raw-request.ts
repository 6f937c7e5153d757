import { request } from 'node:http'
import { storePort } from './stores.ts'

type RawRequest = {
  readonly host: string
  readonly path: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}
export type RawAnswer = { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: string }

/** A request no browser would send: any host, any origin, straight to the server's port. */
export function rawRequest({ host, path, method = 'GET', headers = {}, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: storePort(), path, method, headers: { ...headers, Host: host } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}
