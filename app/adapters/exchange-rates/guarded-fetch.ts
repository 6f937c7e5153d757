import { get as getPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { get as getSecure } from 'node:https'
import { isPrivateLiteral, publicLookup } from '#app/config/public-network.server.ts'
import { ExchangeSourceError } from '#app/ports/exchange-rate-source.ts'

export type FetchLimits = {
  readonly timeoutMs: number
  readonly maxBytes: number
  /** For a stand-in on this machine: addresses of private networks are reached too. */
  readonly reachesPrivateNetworks: boolean
}

/** The daily file of the central bank has 2 kB; the one of ninety days 60 kB. */
export const usualLimits: FetchLimits = { timeoutMs: 10_000, maxBytes: 4 * 1024 * 1024, reachesPrivateNetworks: false }

/**
 * The text behind an http(s) address, within the limits. The address a name leads to is judged at the moment of connecting,
 * so a name cannot lead elsewhere in between; redirects are not followed.
 * @throws ExchangeSourceError
 */
export function fetchText(address: URL, limits: FetchLimits): Promise<string> {
  const { hostname, protocol } = address
  if (!limits.reachesPrivateNetworks && isPrivateLiteral(hostname)) return Promise.reject(privateNetwork(hostname))
  const signal = AbortSignal.timeout(limits.timeoutMs)
  const options: RequestOptions = { signal, headers: { accept: 'application/xml, text/xml' }, agent: false }
  if (!limits.reachesPrivateNetworks) options.lookup = publicLookup(privateNetwork)
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(failureOf(cause, signal))
    const request = (protocol === 'https:' ? getSecure : getPlain)(address, options, (answer) =>
      readAnswer(answer, limits.maxBytes).then(resolve, fail),
    )
    request.on('error', fail)
  })
}

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<string> {
  if (answer.statusCode !== 200) {
    answer.destroy()
    throw new ExchangeSourceError('unavailable', `exchange rates: the source answered ${answer.statusCode}`)
  }
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > maxBytes) throw new ExchangeSourceError('answer-too-large', `exchange rates: the answer exceeds ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function privateNetwork(hostname: string): ExchangeSourceError {
  return new ExchangeSourceError('refused-address', `exchange rates: ${hostname} is an address of a private network`)
}

function failureOf(cause: unknown, signal: AbortSignal): ExchangeSourceError {
  if (cause instanceof ExchangeSourceError) return cause
  if (signal.aborted) return new ExchangeSourceError('timed-out', 'exchange rates: no answer in time', { cause })
  return new ExchangeSourceError('unavailable', 'exchange rates: the connection failed', { cause })
}
