import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isPrivateLiteral, publicLookup } from '#app/config/public-network.server.ts'
import { SignOnFailed } from '#app/ports/sign-on.ts'

export type DirectoryLimits = {
  readonly timeoutMs: number
  readonly maxBytes: number
  /** For tests, and for directories in the operator's own network: plain http and private addresses are reached too. */
  readonly reachesPrivateNetworks: boolean
}

export const usualLimits: DirectoryLimits = { timeoutMs: 10_000, maxBytes: 1024 * 1024, reachesPrivateNetworks: false }

type Init = { readonly method?: string; readonly headers?: HeadersInit; readonly body?: unknown }

/**
 * A `fetch` for libraries that speak with directories: https to public addresses only, judged at the moment of connecting, so that a name cannot
 * lead elsewhere in between. Redirects are not followed, answers are bounded in time and size. @throws SignOnFailed
 */
export function guardedFetch(limits: DirectoryLimits): (url: string, init?: Init) => Promise<Response> {
  return async (url, init = {}) => {
    const address = new URL(url)
    const isSecure = address.protocol === 'https:'
    const isOpen = limits.reachesPrivateNetworks || (isSecure && !isPrivateLiteral(address.hostname))
    if (!isOpen) throw refused(address.hostname)
    const body = init.body === undefined || init.body === null ? null : String(init.body)
    const options: RequestOptions = {
      method: init.method ?? 'GET',
      signal: AbortSignal.timeout(limits.timeoutMs),
      headers: { ...Object.fromEntries(new Headers(init.headers)), ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
      agent: false,
    }
    if (!limits.reachesPrivateNetworks) options.lookup = publicLookup(refused)
    return new Promise((resolve, reject) => {
      const fail = (cause: Error) =>
        reject(
          cause instanceof SignOnFailed ? cause : new SignOnFailed('unreachable', `directory: ${address.host} did not answer`, { cause }),
        )
      const request = (isSecure ? requestSecure : requestPlain)(address, options, (answer) => {
        answerOf(answer, limits.maxBytes).then(resolve, fail)
      })
      request.on('error', fail)
      request.end(body ?? undefined)
    })
  }
}

async function answerOf(answer: IncomingMessage, maxBytes: number): Promise<Response> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > maxBytes) throw new SignOnFailed('unreachable', `directory: an answer exceeds ${maxBytes} bytes`)
    parts.push(part)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined) headers.set(name, String(value))
  const status = answer.statusCode ?? 502
  return new Response([204, 205, 304].includes(status) ? null : Buffer.concat(parts), { status, headers })
}

function refused(hostname: string): SignOnFailed {
  return new SignOnFailed('refused-address', `directory: ${hostname} is not reached by https at a public address`)
}
