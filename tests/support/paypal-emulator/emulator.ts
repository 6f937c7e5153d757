import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Cash } from './books.ts'
import { Merchant, Refusal, unitOf } from './orders.ts'

export type PaypalFault = 'drop' | 'error' | 'silence' | 'busy'
export type PaypalEvent = { readonly id: string; readonly type: string; readonly body: string }

export type PaypalEmulator = {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly webhookId: string
  readonly merchantId: string
  readonly merchant: Merchant
  readonly events: readonly PaypalEvent[]
  /** Decides about every call; undefined for none. */
  fault: (method: string, path: string) => PaypalFault | undefined
  isRevoked: boolean
  /** Whether the report shows payments already. */
  isReported: boolean
  signed(event: { readonly body: string }, at?: Date, webhookId?: string): { headers: Record<string, string>; body: string }
  close(): Promise<void>
}

let accounts = 0
// The real one signs with a certificate; whoever asks it to verify cannot tell the difference.
const signingKey = 'the emulator signs with this'

/** PayPal as it is seen from outside: keeps its own books, remembers keys, proves what it told. */
export async function startPaypalEmulator({ logFile }: { readonly logFile?: string } = {}): Promise<PaypalEmulator> {
  let url = ''
  accounts += 1
  const events: PaypalEvent[] = []
  const answers = new Map<string, { readonly asked: string; readonly status: number; readonly body: unknown }>()
  const merchant = new Merchant({ logFile, baseUrl: () => url, tell })
  const emulator: PaypalEmulator = {
    url,
    // The SDK keeps tokens by client id for the whole process.
    clientId: `emulated-client-${process.pid}-${accounts}`,
    clientSecret: 'emulated-client-secret',
    webhookId: 'WH0EMULATED12345',
    merchantId: 'MERCHANT7EMULATED',
    merchant,
    events,
    fault: () => undefined,
    isRevoked: false,
    isReported: true,
    signed: ({ body }, at = new Date(), webhookId = emulator.webhookId) => {
      const time = at.toISOString()
      const id = `transmission-${events.length}`
      return {
        headers: {
          'paypal-transmission-id': id,
          'paypal-transmission-time': time,
          'paypal-transmission-sig': signatureOf([id, time, webhookId, body]),
          'paypal-cert-url': `${url}/v1/notifications/certs/CERT-1`,
          'paypal-auth-algo': 'SHA256withRSA',
        },
        body,
      }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }

  function tell(type: string, resource: object): void {
    const id = `WH-${String(events.length + 1).padStart(10, '0')}`
    events.push({ id, type, body: JSON.stringify({ id, event_version: '1.0', event_type: type, resource }) })
  }

  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    if (pathname.startsWith('/approve/')) return asPayer(merchant, pathname, new URLSearchParams(body), response)
    const fault = emulator.fault(request.method ?? '', pathname)
    if (fault === 'silence') return
    const trouble = troubleOf(emulator, request, fault)
    if (trouble) return reply(response, trouble.status, trouble.body)
    if (pathname === '/v1/oauth2/token') return signIn(emulator, request, response)
    const { status, body: answer } = remembered(request, body, () => act(emulator, { request, pathname, searchParams, body }))
    if (fault === 'drop') return void request.socket.destroy()
    reply(response, status, answer)
  })

  function remembered(request: IncomingMessage, body: string, run: () => { status: number; body: unknown }) {
    const key = request.headers['paypal-request-id']
    if (typeof key !== 'string') return run()
    const asked = `${request.url} ${body}`
    const first = answers.get(key)
    if (first && first.asked !== asked)
      return { status: 422, body: { name: 'UNPROCESSABLE_ENTITY', details: [{ issue: 'DUPLICATE_REQUEST_ID' }] } }
    if (first) return first
    const answer = run()
    if (answer.status < 300) answers.set(key, { asked, ...structuredClone(answer) })
    return answer
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(emulator, { url })
}

const troubles: Readonly<Record<string, { readonly status: number; readonly body: object }>> = {
  error: { status: 500, body: { name: 'INTERNAL_SERVER_ERROR' } },
  busy: { status: 429, body: { name: 'RATE_LIMIT_REACHED' } },
  revoked: { status: 401, body: { error: 'invalid_client' } },
  stranger: { status: 401, body: { name: 'AUTHENTICATION_FAILURE' } },
}

function troubleOf({ isRevoked, clientId }: PaypalEmulator, { url, headers }: IncomingMessage, fault: PaypalFault | undefined) {
  if (isRevoked) return troubles.revoked
  const isSignedIn = url === '/v1/oauth2/token' || headers.authorization === `Bearer token-of-${clientId}`
  return isSignedIn ? troubles[fault ?? 'none'] : troubles.stranger
}

type Asked = { readonly request: IncomingMessage; readonly pathname: string; readonly searchParams: URLSearchParams; readonly body: string }

function act(emulator: PaypalEmulator, asked: Asked): { status: number; body: unknown } {
  try {
    const body = answerOf(emulator, asked)
    return { status: body === null ? 204 : 200, body: structuredClone(body) }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    const name = cause.status === 404 ? 'RESOURCE_NOT_FOUND' : 'UNPROCESSABLE_ENTITY'
    return { status: cause.status, body: { name, details: [{ issue: cause.issue }] } }
  }
}

function answerOf(emulator: PaypalEmulator, { request, pathname, body }: Asked): object | null {
  const { merchant } = emulator
  const [, , place, kind = '', id = '', deed] = pathname.split('/')
  const sent = () => JSON.parse(body) as never
  const route = `${request.method} ${place}/${kind}${id ? '/:id' : ''}${deed ? `/${deed}` : ''}`
  switch (route) {
    case 'POST checkout/orders':
      return merchant.create(sent())
    case 'GET checkout/orders/:id':
      return merchant.order(id)
    case 'PATCH checkout/orders/:id':
      merchant.patch(id, sent())
      return null
    case 'POST checkout/orders/:id/capture':
      return merchant.complete(id, 'CAPTURE')
    case 'POST checkout/orders/:id/authorize':
      return merchant.complete(id, 'AUTHORIZE')
    case 'GET payments/captures/:id':
      return merchant.capture(id).capture
    case 'GET payments/authorizations/:id':
      return merchant.authorization(id).held
    case 'POST payments/authorizations/:id/capture':
      return merchant.captureHeld(id, (sent() as { amount: Cash }).amount)
    case 'POST payments/authorizations/:id/void':
      merchant.voidHeld(id)
      return null
    case 'POST payments/captures/:id/refund':
      return merchant.refund(id, sent())
    default:
      return elsewhere(emulator, { route, id, body })
  }
}

type Elsewhere = { readonly route: string; readonly id: string; readonly body: string }

function elsewhere(emulator: PaypalEmulator, { route, id, body }: Elsewhere): object | null {
  const { merchant } = emulator
  switch (route) {
    case 'POST vault/setup-tokens':
      return openSetup(emulator, body)
    case 'GET vault/setup-tokens/:id':
      return setupOf(merchant, id)
    case 'POST vault/payment-tokens': {
      const setup = setupOf(merchant, (JSON.parse(body) as { payment_source: { token: { id: string } } }).payment_source.token.id)
      if (setup.status !== 'APPROVED') throw new Refusal(422, 'SETUP_TOKEN_NOT_APPROVED')
      setup.status = 'VAULTED'
      return merchant.save(setup.manner)
    }
    case 'GET vault/payment-tokens/:id':
      return merchant.token(id)
    case 'DELETE vault/payment-tokens/:id':
      merchant.forget(id)
      return null
    case 'GET customer/disputes/:id':
      return merchant.disputed(id)
    case 'POST customer/disputes/:id/provide-evidence':
      return Object.assign(merchant.disputed(id), { status: 'UNDER_REVIEW' })
    case 'GET reporting/transactions':
      return { transaction_details: emulator.isReported ? reported(merchant) : [], total_pages: 1 }
    case 'GET identity/oauth2/:id':
      return { payer_id: emulator.merchantId }
    case 'POST notifications/verify-webhook-signature':
      return verified(emulator, body)
    default:
      throw new Refusal(404, 'INVALID_RESOURCE_ID')
  }
}

function reported(merchant: Merchant) {
  return [...merchant.orders.values()].flatMap((order) =>
    (unitOf(order).payments?.captures ?? []).map(({ id, custom_id }) => ({
      transaction_info: { transaction_id: id, custom_field: custom_id },
    })),
  )
}

function openSetup({ merchant, url }: PaypalEmulator, body: string) {
  const { payment_source: source } = JSON.parse(body) as {
    payment_source: { paypal: { experience_context: { return_url: string; cancel_url: string } } }
  }
  const id = merchant.nextId('SETUP')
  const links = [{ rel: 'approve', href: `${url}/approve/${id}` }]
  merchant.setups.set(id, { id, status: 'PAYER_ACTION_REQUIRED', links, manner: 'ok', context: source.paypal.experience_context })
  return setupOf(merchant, id)
}

function setupOf(merchant: Merchant, id: string) {
  const setup = merchant.setups.get(id)
  if (!setup) throw new Refusal(404, 'INVALID_RESOURCE_ID')
  return setup
}

/** Over the very text that came back: anything written anew would not verify. */
function verified({ webhookId }: PaypalEmulator, body: string) {
  const asked = JSON.parse(body) as Record<string, string>
  const event = body.slice(body.indexOf('"webhook_event":') + '"webhook_event":'.length, -1)
  const { transmission_id: id = '', transmission_time: time = '' } = asked
  const isGenuine = asked.webhook_id === webhookId && asked.transmission_sig === signatureOf([id, time, webhookId, event])
  return { verification_status: isGenuine ? 'SUCCESS' : 'FAILURE' }
}

function signatureOf(parts: readonly string[]): string {
  return createHmac('sha256', signingKey).update(parts.join('|')).digest('base64')
}

function signIn({ clientId, clientSecret }: PaypalEmulator, request: IncomingMessage, response: ServerResponse): void {
  const wanted = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const token = { access_token: `token-of-${clientId}`, token_type: 'Bearer', expires_in: 32_400 }
  if (request.headers.authorization === wanted) reply(response, 200, token)
  else reply(response, 401, { error: 'invalid_client' })
}

/** The gateway's own page; a test posts what the payer does. */
function asPayer(merchant: Merchant, pathname: string, deed: URLSearchParams, response: ServerResponse): void {
  const id = pathname.split('/').at(-1) ?? ''
  const outcome = deed.get('outcome') ?? 'approve'
  const manner = deed.get('later') ?? 'ok'
  const setup = merchant.setups.get(id)
  try {
    if (setup) {
      if (outcome === 'approve') Object.assign(setup, { status: 'APPROVED', manner })
      response.writeHead(303, { location: setup.context.return_url }).end()
      return
    }
    const issue = outcome.startsWith('decline:') ? outcome.slice('decline:'.length) : null
    const back =
      outcome === 'cancel'
        ? merchant.order(id).payment_source.paypal.experience_context?.cancel_url
        : merchant.approve(id, { issue, manner })
    response.writeHead(303, { location: back ?? '' }).end()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    reply(response, 409, { issue: cause.issue })
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (body === null) response.writeHead(status).end()
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
