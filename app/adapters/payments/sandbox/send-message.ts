import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { SendMessage } from './pay-desk.ts'

const timeoutMs = 3_000

/**
 * Hands a message to the store over HTTP. The address is the store's own, as the payment began with; names below `localhost` are this
 * machine, whatever its resolver says.
 */
export const sendToStore: SendMessage = (url, { headers, body }) => {
  const address = new URL(url)
  const isLocal = address.hostname === 'localhost' || address.hostname.endsWith('.localhost')
  const request = address.protocol === 'https:' ? requestSecure : requestPlain
  return new Promise((resolve) => {
    const call = request(
      {
        method: 'POST',
        host: isLocal ? '127.0.0.1' : address.hostname,
        port: address.port,
        path: address.pathname,
        headers: { ...headers, host: address.host, 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(timeoutMs),
        agent: false,
      },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode !== undefined && answer.statusCode < 300)
      },
    )
    call.on('error', () => resolve(false))
    call.end(body)
  })
}
