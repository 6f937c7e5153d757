import { type IncomingMessage, type RequestOptions, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isPrivateLiteral, publicLookup } from '#app/config/public-network.server.ts'
import type { WebhookAnswer, WebhookCall, WebhookProblem, WebhookSender } from '#app/ports/webhook-sender.ts'

export type SenderLimits = {
  readonly timeoutMs: number
  /** Characters kept of an answer; the connection ends there. */
  readonly longestAnswer: number
  /** For a stand-in on this machine: plain http and addresses of private networks are reached too. */
  readonly reachesPrivateNetworks: boolean
}

const usualLimits: SenderLimits = { timeoutMs: 10_000, longestAnswer: 2_000, reachesPrivateNetworks: false }

class RefusedAddress extends Error {}

/**
 * Webhooks over HTTPS. The address a name leads to is judged at each send, at the moment of connecting, so a name cannot lead elsewhere
 * in between; redirects are not followed.
 */
export function httpWebhookSender(limits: SenderLimits = usualLimits): WebhookSender {
  return {
    async send(call) {
      const began = performance.now()
      const outcome = await post(call, limits).catch((failure: Error) => ({ status: null, answer: '', problem: problemOf(failure) }))
      return { ...outcome, durationMs: Math.round(performance.now() - began) }
    },
  }
}

function post({ url, headers, body }: WebhookCall, limits: SenderLimits): Promise<Omit<WebhookAnswer, 'durationMs'>> {
  const address = new URL(url)
  const isSecure = address.protocol === 'https:'
  const isOpen = limits.reachesPrivateNetworks || (isSecure && !isPrivateLiteral(address.hostname))
  if (!isOpen) return Promise.reject(new RefusedAddress())
  const options: RequestOptions = {
    method: 'POST',
    signal: AbortSignal.timeout(limits.timeoutMs),
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    agent: false,
  }
  if (!limits.reachesPrivateNetworks) options.lookup = publicLookup(() => new RefusedAddress())
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestSecure : requestPlain)(address, options, (answer) => {
      textOf(answer, limits.longestAnswer).then(
        (text) => resolve({ status: answer.statusCode ?? null, problem: null, answer: text }),
        reject,
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

async function textOf(answer: IncomingMessage, longest: number): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.byteLength
    if (size >= longest) break
  }
  // A zero byte has no place in the column that keeps this.
  return Buffer.concat(parts).toString('utf8').replaceAll('\u0000', '').slice(0, longest)
}

function problemOf(failure: Error & { readonly code?: string }): WebhookProblem {
  if (failure instanceof RefusedAddress) return 'refused-address'
  return failure.name === 'TimeoutError' || failure.name === 'AbortError' ? 'timed-out' : 'unreachable'
}
