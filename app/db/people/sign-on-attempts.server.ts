import type { SignedOnFacts } from '#app/domain/people/signed-on.ts'
import type { TenantContext } from '../context.server.ts'
import { hashOfToken } from './one-time-tokens.server.ts'

export type AttemptPurpose = 'sign-in' | 'sign-out'
/** What finds an attempt: the word that went along, and the browser that began. */
export type AttemptQuery = { readonly word: string; readonly providerId: string; readonly purpose: AttemptPurpose; readonly host: string }
export type AttemptFacts = {
  readonly returnTo: string
  readonly requestId: string | null
  readonly nonce: string | null
  readonly verifier: string | null
}
export type AttemptRow = AttemptFacts & { readonly browserHash: string; readonly answer: SignedOnFacts | null }

/** How long a person may take at a directory, in milliseconds. */
const lifetimeMs = 15 * 60_000

export type NewSignOnAttempt = AttemptQuery & AttemptFacts & { readonly browser: string; readonly answer?: SignedOnFacts }

/** Opens an attempt under a word never used before. What nobody came back for is forgotten on the way. */
export async function openSignOnAttempt(ctx: TenantContext, attempt: NewSignOnAttempt): Promise<void> {
  const { tenantId, now } = ctx
  const { word, browser, answer, ...rest } = attempt
  await ctx.db.signOnAttempt.deleteMany({ where: { tenantId, expiresAt: { lte: now } } })
  const kept = answer ? { answer: { ...answer, groups: [...answer.groups] } } : {}
  const times = { createdAt: now, expiresAt: new Date(now.getTime() + lifetimeMs) }
  await ctx.db.signOnAttempt.createMany({
    data: [{ tenantId, id: hashOfToken(word), browserHash: hashOfToken(browser), ...rest, ...kept, ...times }],
  })
}

/** An attempt that still waits for its answer, without ending it. */
export async function findSignOnAttempt(ctx: TenantContext, query: AttemptQuery): Promise<AttemptRow | null> {
  const row = await ctx.db.signOnAttempt.findFirst({
    where: where(ctx, query),
    select: { returnTo: true, requestId: true, nonce: true, verifier: true, browserHash: true, answer: true },
  })
  return row as AttemptRow | null
}

/** Keeps what a directory said until the browser picks it up; of two answers the first counts, and is true. */
export async function keepSignOnAnswer(ctx: TenantContext, query: AttemptQuery, answer: SignedOnFacts): Promise<boolean> {
  const { tenantId, id, providerId, purpose, host, expiresAt } = where(ctx, query)
  const changed = await ctx.db.$executeRaw`
    update sign_on_attempts set answer = ${JSON.stringify(answer)}::jsonb
    where tenant_id = ${tenantId}::uuid and id = ${id} and provider_id = ${providerId}::uuid and purpose = ${purpose} and host = ${host}
      and expires_at > ${expiresAt.gt} and answer is null`
  return changed === 1
}

/** Ends the attempt of this very browser: of two calls at once one gets it, the other null. */
export async function takeSignOnAttempt(
  ctx: TenantContext,
  query: AttemptQuery & { readonly browser: string },
): Promise<AttemptRow | null> {
  const { tenantId, id, providerId, purpose, host, expiresAt } = where(ctx, query)
  const taken = await ctx.db.$queryRaw<AttemptRow[]>`
    delete from sign_on_attempts
    where tenant_id = ${tenantId}::uuid and id = ${id} and provider_id = ${providerId}::uuid and purpose = ${purpose} and host = ${host}
      and expires_at > ${expiresAt.gt} and browser_hash = ${hashOfToken(query.browser)}
    returning return_to as "returnTo", request_id as "requestId", nonce, verifier, browser_hash as "browserHash", answer`
  return taken[0] ?? null
}

function where(ctx: TenantContext, { word, providerId, purpose, host }: AttemptQuery) {
  return { tenantId: ctx.tenantId, id: hashOfToken(word), providerId, purpose, host, expiresAt: { gt: ctx.now } }
}
