import * as sdk from '@paypal/checkout-server-sdk'
import { type ExchangeLog, noteExchange } from '../exchange-log.ts'
import { paypalErrorOf } from './paypal-errors.ts'

// The package is CommonJS: what is exported lies under `default` or beside it, by who loads it.
const { core, orders, payments } = (sdk as typeof sdk & { default?: typeof sdk }).default ?? sdk

export { orders, payments }

const timeoutMs = 20_000

export type PaypalPlace = {
  readonly clientId: string
  readonly clientSecret: string
  readonly baseUrl: string
  readonly log: ExchangeLog
}

/** A request of the SDK, or one of ours for what it has no class for. */
export type PaypalRequest = {
  readonly path: string
  readonly verb: string
  readonly body?: unknown
  readonly headers?: object
}

export type PaypalClient = {
  /** The answer's body. @throws GatewayRefused, GatewayUnknown */
  ask<T>(request: PaypalRequest): Promise<T>
  /** Posts what the SDK has no encoding for: files, and a body that must arrive as it is. */
  post<T>(path: string, body: string | FormData): Promise<T>
  /** Asks for a new token, so that the credentials of now are tried. */
  signIn(): Promise<void>
}

/** The SDK at a given place, with every exchange told. */
export function paypalClient({ clientId, clientSecret, baseUrl, log }: PaypalPlace): PaypalClient {
  const client = new GuardedClient(new core.PayPalEnvironment(clientId, clientSecret, baseUrl, baseUrl))
  const signIn = () => client.fetchAccessToken() as unknown as Promise<sdk.core.AccessToken>
  const logged = async <T>(asked: { method: string; path: string; body: unknown }, answer: () => Promise<Answer>) => {
    const end = noteExchange(log, asked)
    try {
      const { statusCode, result } = await answer()
      end({ status: statusCode ?? null, problem: null, body: result })
      return result as T
    } catch (cause) {
      const { statusCode = null, message, code = 'no-answer' } = cause as { statusCode?: number; message?: string; code?: string }
      end({ status: statusCode, problem: statusCode === null ? code : null, body: message })
      throw paypalErrorOf(cause)
    }
  }
  return {
    ask: ({ path, verb, body, headers }) => logged({ method: verb, path, body }, () => client.execute({ path, verb, body, headers })),
    post: (path, body) =>
      logged({ method: 'POST', path, body: typeof body === 'string' ? body : '(files)' }, async () =>
        postRaw(new URL(path, baseUrl), { body, authorization: (await signIn()).authorizationString() }),
      ),
    async signIn() {
      await logged({ method: 'POST', path: '/v1/oauth2/token', body: null }, async () => {
        await signIn()
        return { statusCode: 200, result: null }
      })
    },
  }
}

type Answer = { readonly statusCode?: number; readonly result?: unknown }
type RawPost = { readonly body: string | FormData; readonly authorization: string }

async function postRaw(address: URL, { body, authorization }: RawPost): Promise<Answer> {
  const headers = { authorization, ...(typeof body === 'string' && { 'content-type': 'application/json' }) }
  const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
  const text = await answer.text()
  if (!answer.ok) throw Object.assign(new Error(text), { statusCode: answer.status })
  return { statusCode: answer.status, result: text === '' ? null : JSON.parse(text) }
}

type Parsed = (body: string, response: object, headers: object) => unknown

/** The SDK's client, whose reading of an answer cannot end the process, and which does not wait for half a minute. */
class GuardedClient extends core.PayPalHttpClient {
  constructor(environment: InstanceType<typeof core.PayPalEnvironment>) {
    super(environment)
    // Runs after the SDK's own: an answer that is no gzip ends the process while it is unpacked.
    this.addInjector((request) => {
      delete request.headers['Accept-Encoding']
    })
  }

  override getTimeout(): number {
    return timeoutMs
  }

  /** Called by the SDK out of a socket's event, where a throw would reach nobody. */
  _parseResponse(body: string, response: object, headers: object): unknown {
    const parse = Reflect.get(core.PayPalHttpClient.prototype, '_parseResponse') as Parsed
    try {
      return parse.call(this, body, response, headers)
    } catch (cause) {
      return Promise.reject(cause)
    }
  }
}
