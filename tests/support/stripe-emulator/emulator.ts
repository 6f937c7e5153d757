import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { endpoints } from './endpoints.ts'
import { type Form, readForm } from './form.ts'
import { authenticate, payOnPage } from './hosted-pages.ts'
import { missing, Refusal, type Thing } from './things.ts'
import { World } from './world.ts'

/** What happens to the next call of the interface: after acting for `drop`, before for the others. */
export type CallFault = 'drop' | 'error' | 'silence' | 'busy'

export type EmulatedEvent = { readonly id: string; readonly type: string; readonly body: string }

export type StripeEmulator = {
  readonly url: string
  readonly secretKey: string
  readonly webhookSecret: string
  readonly accountId: string
  readonly world: World
  /** All that was told so far, oldest first. */
  readonly events: readonly EmulatedEvent[]
  /** Decides about every call; undefined for none. */
  fault: (method: string, path: string) => CallFault | undefined
  isRevoked: boolean
  /** Called with every event as it happens. */
  onEvent: ((event: EmulatedEvent) => void) | undefined
  /** An event as it would be delivered at `at`. */
  signed(event: { readonly body: string }, at?: Date, secret?: string): { headers: Record<string, string>; body: string }
  close(): Promise<void>
}

export type EmulatorOptions = { readonly logFile?: string; readonly now?: () => Date; readonly port?: number }

/** Stripe as it is seen from outside: keeps its own books, remembers keys, signs what it tells. */
export async function startStripeEmulator({ logFile, now = () => new Date(), port = 0 }: EmulatorOptions = {}): Promise<StripeEmulator> {
  let url = ''
  const events: EmulatedEvent[] = []
  const answers = new Map<string, { readonly asked: string; readonly status: number; readonly body: unknown }>()
  const world = new World({ logFile, now, baseUrl: () => url, tell })
  const emulator: StripeEmulator = {
    url,
    secretKey: 'sk_test_emulated01',
    webhookSecret: 'whsec_emulatedSecret01',
    accountId: 'acct_1Emulated',
    world,
    events,
    fault: () => undefined,
    isRevoked: false,
    onEvent: undefined,
    signed: ({ body }, at = now(), secret = emulator.webhookSecret) => {
      const time = Math.floor(at.getTime() / 1000)
      const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')
      return { headers: { 'stripe-signature': `t=${time},v1=${signature}` }, body }
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }

  function tell({ type, object }: { type: string; object: Thing }): void {
    const id = `evt_${String(events.length + 1).padStart(14, '0')}`
    const event = {
      id,
      object: 'event',
      api_version: '2026-09-30.endive',
      created: world.nowSeconds,
      livemode: false,
      type,
      data: { object },
    }
    const told = { id, type, body: JSON.stringify(event) }
    events.push(told)
    emulator.onEvent?.(told)
  }

  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
    const body = Buffer.concat(parts).toString('utf8')
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    if (!pathname.startsWith('/v1/')) return asPayer(world, { method: request.method ?? '', pathname, body }, response)
    const fault = emulator.fault(request.method ?? '', pathname)
    if (fault === 'silence') return
    const trouble = troubleOf(emulator, request, fault)
    if (trouble) return reply(response, trouble.status, { error: trouble.error })
    const { status, body: answer } = remembered(request, body, () => act(world, { request, pathname, searchParams, body }))
    if (fault === 'drop') return void request.socket.destroy()
    reply(response, status, answer)
  })

  /** A repeated key finds the first answer; with other parameters it is refused. */
  function remembered(request: IncomingMessage, body: string, run: () => { status: number; body: unknown }) {
    const key = request.headers['idempotency-key']
    if (typeof key !== 'string') return run()
    const asked = `${request.method} ${request.url} ${body}`
    const first = answers.get(key)
    if (first && first.asked !== asked) {
      const message = 'Keys for idempotent requests can only be used with the same parameters they were first used with.'
      return { status: 400, body: { error: { type: 'idempotency_error', message } } }
    }
    if (first) return first
    const answer = run()
    if (answer.status === 200 || answer.status === 402) answers.set(key, { asked, ...structuredClone(answer) })
    return answer
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return Object.assign(emulator, { url })
}

type Trouble = { readonly status: number; readonly error: object }
const troubles: Readonly<Record<string, Trouble>> = {
  error: { status: 500, error: { type: 'api_error', message: 'Something went wrong.' } },
  busy: { status: 429, error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' } },
  stranger: { status: 401, error: { type: 'invalid_request_error', code: 'api_key_expired', message: 'Expired API Key provided.' } },
}

function troubleOf({ isRevoked, secretKey }: StripeEmulator, { headers }: IncomingMessage, fault: CallFault | undefined) {
  return !isRevoked && headers.authorization === `Bearer ${secretKey}` ? troubles[fault ?? 'none'] : troubles.stranger
}

type Asked = { readonly request: IncomingMessage; readonly pathname: string; readonly searchParams: URLSearchParams; readonly body: string }

function act(world: World, { request, pathname, searchParams, body }: Asked): { status: number; body: unknown } {
  const words = pathname.slice('/v1/'.length).split('/')
  const id = words.find((word) => /\d/.test(word)) ?? ''
  const endpoint = endpoints[`${request.method} ${words.map((word) => (word === id ? ':id' : word)).join('/')}`]
  const isForm = !request.headers['content-type']?.startsWith('multipart')
  const form = isForm ? readForm(body) : {}
  try {
    if (!endpoint) throw missing(pathname)
    const answer = structuredClone(endpoint({ world, id, form, query: searchParams })) as object
    return { status: 200, body: expanded(world, answer, wishes(form, searchParams)) }
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    return { status: cause.status, body: { error: cause.body } }
  }
}

function wishes(form: Form, query: URLSearchParams): string[] {
  const asked = [...query].filter(([name]) => name.startsWith('expand')).map(([, value]) => value)
  return [...asked, ...Object.values(typeof form.expand === 'object' ? form.expand : {}).map(String)]
}

/** Puts objects where only their ids stood, for each path that was asked for. */
function expanded(world: World, answer: object, paths: readonly string[]): object {
  for (const path of paths) put(world, answer as Record<string, unknown>, path.split('.'))
  return answer
}

function put(world: World, place: Record<string, unknown>, [name = '', ...rest]: readonly string[]): void {
  const value = place[name]
  if (Array.isArray(value)) for (const item of value) put(world, item as Record<string, unknown>, rest)
  const found = typeof value === 'string' ? structuredClone(world.things.get(value)) : undefined
  if (!found) return
  place[name] = found
  if (rest.length > 0) put(world, found as unknown as Record<string, unknown>, rest)
}

type Deed = { readonly method: string; readonly pathname: string; readonly body: string }

/** The gateway's own pages; a test or a browser posts what the payer does. */
function asPayer(world: World, { method, pathname, body }: Deed, response: ServerResponse): void {
  const [, place, id = ''] = pathname.split('/')
  if (method === 'GET') {
    const choices = place === 'pay' ? ['approve', '3ds', 'decline:generic_decline', 'sepa', 'cancel'] : ['confirm', 'refuse']
    const buttons = choices.map((choice) => `<button name="outcome" value="${choice}">${choice}</button>`).join('')
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><title>Pay</title><form method="post">${buttons}</form>`)
    return
  }
  const deed = new URLSearchParams(body)
  const outcome = deed.get('outcome') ?? 'approve'
  try {
    const later = deed.get('later') ?? undefined
    const location = place === 'pay' ? payOnPage(world, id, { outcome, later }) : authenticate(world, id, outcome === 'confirm')
    response.writeHead(303, { location }).end()
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    reply(response, 409, cause.body)
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_emulated' }).end(JSON.stringify(body))
}
