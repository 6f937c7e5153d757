import Stripe from 'stripe'
import { type ExchangeLog, noteExchange } from '../exchange-log.ts'

const apiVersion = '2026-09-30.endive'
const timeoutMs = 20_000

type HttpClient = ReturnType<typeof Stripe.createNodeHttpClient>
type Answer = Awaited<ReturnType<HttpClient['makeRequest']>>

export type StripePlace = { readonly secretKey: string; readonly baseUrl: string | undefined; readonly log: ExchangeLog }

/** The SDK with the API version that this code is written for. A call that failed on the way is made once more under the same key. */
export function stripeClient({ secretKey, baseUrl, log }: StripePlace): Stripe {
  const address = baseUrl ? new URL(baseUrl) : undefined
  return new Stripe(secretKey, {
    apiVersion,
    timeout: timeoutMs,
    maxNetworkRetries: 1,
    telemetry: false,
    httpClient: loggedClient(log),
    ...(address && { host: address.hostname, port: address.port, protocol: address.protocol === 'http:' ? 'http' : 'https' }),
  })
}

/** The SDK's own transport, with every exchange told, also of those that failed. */
function loggedClient(log: ExchangeLog): HttpClient {
  const inner = Stripe.createNodeHttpClient()
  const plain = inner.makeRequest.bind(inner)
  inner.makeRequest = async (...call) => {
    const [, , path, method, , body] = call
    const end = noteExchange(log, { method, path, body })
    try {
      return await readOnce(await plain(...call), end)
    } catch (cause) {
      end({ status: null, problem: (cause as { code?: string }).code ?? 'no-answer', body: null })
      throw cause
    }
  }
  return inner
}

/** A response can be read once only, so what was read is kept. An answer that breaks off is none. */
async function readOnce(answer: Answer, end: ReturnType<typeof noteExchange>): Promise<Answer> {
  const status = answer.getStatusCode()
  const read = await (answer.toJSON() as Promise<unknown>).catch((cause: unknown) => ({ cause }))
  const isBroken = typeof read === 'object' && read !== null && 'cause' in read
  end({ status, problem: isBroken ? 'unreadable-answer' : null, body: isBroken ? null : read })
  answer.toJSON = () => (isBroken ? Promise.reject(read.cause) : Promise.resolve(read))
  return answer
}
