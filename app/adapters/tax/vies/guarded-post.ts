import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isPrivateLiteral, publicLookup } from '#app/config/public-network.server.ts'
import { TaxRegistryError } from '#app/ports/tax-registry.ts'

export type PostLimits = {
  readonly timeoutMs: number
  readonly maxBytes: number
  /** For a stand-in on this machine: addresses of private networks are reached too. */
  readonly reachesPrivateNetworks: boolean
}

/** Some member states take a quarter of a minute; an answer has about 600 bytes. */
export const usualLimits: PostLimits = { timeoutMs: 20_000, maxBytes: 64 * 1024, reachesPrivateNetworks: false }

export type PostedAnswer = { readonly status: number; readonly text: string }

/**
 * Posts JSON to an http(s) address, within the limits. The address a name leads to is judged at the moment of connecting; redirects
 * are not followed.
 * @throws TaxRegistryError when there is no answer at all.
 */
export function postJson(address: URL, body: object, limits: PostLimits): Promise<PostedAnswer> {
  const { hostname, protocol } = address
  if (protocol !== 'https:' && protocol !== 'http:') return Promise.reject(refused(hostname))
  if (!limits.reachesPrivateNetworks && isPrivateLiteral(hostname)) return Promise.reject(refused(hostname))
  const payload = JSON.stringify(body)
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const headers = { accept: 'application/json', 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }
  const options: RequestOptions = { method: 'POST', signal, headers, agent: false }
  if (!limits.reachesPrivateNetworks) options.lookup = publicLookup(refused)
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failureOf(cause, signal))
    const request = (protocol === 'https:' ? requestSecure : requestPlain)(address, options, (answer) =>
      readAnswer(answer, limits.maxBytes).then(resolve, fail),
    )
    request.on('error', fail)
    request.end(payload)
  })
}

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<PostedAnswer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > maxBytes) throw new TaxRegistryError('answer-too-large', `tax register: the answer exceeds ${maxBytes} bytes`)
    parts.push(part)
  }
  return { status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }
}

function refused(hostname: string): TaxRegistryError {
  return new TaxRegistryError('refused-address', `tax register: ${hostname} is no address of the public net`)
}

function failureOf(cause: unknown, signal: AbortSignal): TaxRegistryError {
  if (cause instanceof TaxRegistryError) return cause
  if (signal.aborted) return new TaxRegistryError('timed-out', 'tax register: no answer in time', { cause })
  return new TaxRegistryError('unavailable', 'tax register: the connection failed', { cause })
}
