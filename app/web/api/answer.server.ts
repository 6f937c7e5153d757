import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { clock } from '#app/config/clock.server.ts'
import { may } from '#app/domain/tenancy/permissions.ts'
import type { Language } from '#app/i18n/languages.ts'
import { type ApiClient, useApiKey } from '#app/services/access/api-keys.server.ts'
import { onceOnly, type RepeatedRequest } from '#app/services/access/once-only.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/wiring.server.ts'
import { bodyWithin } from '../request/body-within.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import type { Endpoint } from './endpoint.ts'
import { type EndpointName, endpoints } from './endpoints.ts'
import { type FieldProblem, type ProblemCode, problem } from './problems.server.ts'
import { type Allowance, countRequest } from './rate-limit.ts'

type Endpoints = typeof endpoints
type QueryOf<N extends EndpointName> = z.output<Endpoints[N]['query']>
type BodyOf<N extends EndpointName> = Endpoints[N]['body'] extends z.ZodObject ? z.output<Endpoints[N]['body']> : null
type AnswerOf<N extends EndpointName> = Endpoints[N]['answer'] extends z.ZodType ? z.input<Endpoints[N]['answer']> : FileAnswer

/** Makes the answer that is a file, once the rows were read. */
type FileAnswer = () => Promise<Response>

/** Who asks, whatever is asked for. */
export type Asker = {
  readonly tenantId: string
  readonly client: ApiClient
  readonly language: Language
  readonly timeZone: string
  /** Runs `look` with the rows of the key's account only, outside the transaction of the work. */
  inScope<T>(look: (ctx: TenantContext) => Promise<T>): Promise<T>
}
/** What the work behind an endpoint is given. */
type Call<N extends EndpointName> = Asker & { readonly query: QueryOf<N>; readonly body: BodyOf<N> }

/** Refuses from within the work of an endpoint; what was written is undone. */
export type Refused = {
  readonly ok: false
  readonly error: ProblemCode
  readonly errors?: readonly FieldProblem[]
  readonly headers?: Record<string, string>
}
export const refused = (error: ProblemCode, errors?: readonly FieldProblem[], headers?: Record<string, string>): Refused => ({
  ok: false,
  error,
  ...(errors && { errors }),
  ...(headers && { headers }),
})

type Work<N extends EndpointName> = (ctx: TenantContext, call: Call<N>) => Promise<AnswerOf<N> | Refused>

/** Work that needs something known before its transaction begins, which writes nothing. */
type PreparedWork<N extends EndpointName, Ready> = {
  /** A refusal counts unless the same request was answered before. */
  readonly before: (call: Call<N>) => Promise<Ready | Refused>
  /** Whose rows the work sees: the key's account, or all of its seller, once `before` has looked whose the thing is. */
  readonly scope: 'buyer' | 'seller'
  readonly work: (ctx: TenantContext, call: Call<N>, ready: Ready) => Promise<AnswerOf<N> | Refused>
}
type AnyCall = Asker & { readonly query: unknown; readonly body: unknown }
type AnyWork = {
  readonly before: (call: AnyCall) => Promise<unknown>
  readonly scope: 'buyer' | 'seller'
  readonly work: (ctx: TenantContext, call: AnyCall, ready: unknown) => Promise<unknown>
}

/** Answers a request for an endpoint with the rows of the key's account only. */
export function answerApi<N extends EndpointName>(request: Request, name: N, work: Work<N>): Promise<Response> {
  return answerPrepared(request, name, { before: async () => null, scope: 'buyer', work })
}

/** The same where something has to be known first. */
export async function answerPrepared<N extends EndpointName, Ready>(
  request: Request,
  name: N,
  work: PreparedWork<N, Ready>,
): Promise<Response> {
  const endpoint: Endpoint = endpoints[name]
  const { tenantId } = await tenantOf(request)
  const store = countRequest('store', tenantId, clock.now().getTime())
  if (!store.isAllowed) return problem(request, 'too-many-requests', store)
  if (request.method.toLowerCase() !== endpoint.method) return methodNotAllowed(request, endpoint.path)
  const client = await clientOf(request, tenantId)
  if (typeof client === 'string') return problem(request, client)
  const allowance = countRequest('key', `${tenantId} ${client.keyId}`, clock.now().getTime())
  const answer = allowance.isAllowed
    ? await answerClient(request, { endpoint, client, work: work as unknown as AnyWork })
    : await problem(request, 'too-many-requests')
  return withAllowance(answer, allowance)
}

/** Names the methods that the address has. */
export function methodNotAllowed(request: Request, path: string): Promise<Response> {
  const methods = Object.values<Endpoint>(endpoints).flatMap((endpoint) => (endpoint.path === path ? endpoint.method.toUpperCase() : []))
  return problem(request, 'method-not-allowed', { headers: { Allow: [...new Set(methods)].join(', ') } })
}

function withAllowance(answer: Response, { headers }: Allowance): Response {
  for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value)
  return answer
}

async function clientOf(request: Request, tenantId: string): Promise<ApiClient | ProblemCode> {
  const [, secret] = /^Bearer (lvk_[\w-]{43})$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (!secret) return request.headers.has('authorization') ? 'key-invalid' : 'key-missing'
  const address = request.headers.get('x-client-address') ?? ''
  const used = await inTenant(tenantId, (ctx) => useApiKey(ctx, { secret, address }))
  return used.ok ? used.value : used.error
}

type Asked = { readonly endpoint: Endpoint; readonly client: ApiClient; readonly work: AnyWork }

async function answerClient(request: Request, { endpoint, client, work }: Asked): Promise<Response> {
  if (endpoint.permission && !may(client.rights, endpoint.permission)) return problem(request, 'permission-missing')
  const query = endpoint.query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!query.success) return problem(request, 'invalid-request', { errors: fieldProblems(query.error, '?') })
  const body = await bodyOf(request, endpoint)
  if (body instanceof Response) return body
  const repeated = repeatedRequest(request, { endpoint, client, body: body.text })
  if (typeof repeated === 'string') {
    return repeated === 'invalid'
      ? problem(request, 'invalid-request', { errors: [{ pointer: 'Idempotency-Key', code: 'invalid' }] })
      : problem(request, repeated)
  }

  const tenant = await tenantOf(request)
  const { tenantId, timeZone } = tenant
  const actor = { kind: 'user', userId: client.userId, apiKeyId: client.keyId } as const
  const inScope: Asker['inScope'] = (look) => inPanel(tenantId, client.accountIds, look, { actor, projectIds: client.projectIds })
  const language = await languageOf(request, tenant)
  const call = { tenantId, timeZone, language, client, inScope, query: query.data, body: body.value }
  const ready = await work.before(call)
  const run = (ctx: TenantContext) =>
    onceOnly(ctx, repeated, async () => (isRefused(ready) ? ready : textOf(endpoint, await work.work(ctx, call, ready))))
  const done = work.scope === 'buyer' ? await inScope(run) : await inTenant(tenantId, run, { actor })
  if (!done.ok) return problem(request, done.error, done as Pick<Refused, 'errors' | 'headers'>)
  if (typeof done.value.answer === 'function') return done.value.answer()
  return jsonResponse(request, { status: endpoint.status, ...done.value, text: done.value.answer })
}

/** What is sent: cut to the endpoint's schema, so that nothing leaves that it does not name. */
async function textOf(endpoint: Endpoint, result: unknown) {
  if (isRefused(result)) return result
  if (!endpoint.answer) return { ok: true as const, value: result as FileAnswer }
  return { ok: true as const, value: JSON.stringify(endpoint.answer.parse(result)) }
}

function isRefused(result: unknown): result is Refused {
  return typeof result === 'object' && result !== null && 'ok' in result && result.ok === false
}

type Sent = { readonly status: number; readonly text: string; readonly isReplayed: boolean }

function jsonResponse(request: Request, { status, text, isReplayed }: Sent): Response {
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  if (isReplayed) headers.set('Idempotency-Replayed', 'true')
  const { next_cursor: next } = JSON.parse(text) as { next_cursor?: string | null }
  if (next) {
    const url = new URL(request.url)
    url.searchParams.set('cursor', next)
    headers.set('Link', `<${url.pathname}${url.search}>; rel="next"`)
  }
  return new Response(text, { status, headers })
}

const largestBody = 100_000

async function bodyOf(request: Request, { body: schema }: Endpoint): Promise<{ value: unknown; text: string } | Response> {
  if (!schema) return { value: null, text: '' }
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return problem(request, 'unsupported-media-type')
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) return problem(request, 'too-large')
  const text = (await bodyWithin(request, largestBody)).toString('utf8')
  const parsed = schema.safeParse(jsonOf(text))
  return parsed.success ? { value: parsed.data, text } : problem(request, 'invalid-request', { errors: fieldProblems(parsed.error, '/') })
}

/** Undefined for what is no JSON, which no schema takes. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What is wrong with each field, by its place in the query or the body. */
export function fieldProblems(error: z.ZodError, mark: '?' | '/'): FieldProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ pointer: `${mark}${key}`, code: 'unknown' }))
    return [{ pointer: `${mark}${issue.path.join('/')}`, code: /^[a-z0-9-]+$/.test(issue.message) ? issue.message : 'invalid' }]
  })
}

type Repeating = { readonly endpoint: Endpoint; readonly client: ApiClient; readonly body: string }

function repeatedRequest(
  request: Request,
  { endpoint, client, body }: Repeating,
): RepeatedRequest | 'invalid' | 'idempotency-key-missing' | null {
  const key = request.method === 'GET' ? null : request.headers.get('idempotency-key')
  if (key === null) return endpoint.costs ? 'idempotency-key-missing' : null
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) return 'invalid'
  const asked = `${request.method} ${new URL(request.url).pathname}\n${body}`
  const requestHash = createHash('sha256').update(asked).digest('hex')
  const keeping = endpoint.tellsSecret ? { keptAs: withoutSecret } : {}
  return { apiKeyId: client.keyId, accountId: client.accountId, key, requestHash, status: endpoint.status, ...keeping }
}

/** An answer as it is kept: what it tells once is nowhere afterwards. */
function withoutSecret(answer: string): string {
  return JSON.stringify({ ...(JSON.parse(answer) as object), secret: null })
}
