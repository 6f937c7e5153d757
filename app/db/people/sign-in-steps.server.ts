import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { hashOfToken } from './one-time-tokens.server.ts'

export type StepPurpose = 'second-step' | 'passkey-sign-in' | 'passkey-registration' | 'link-identity'

export type StepQuery = { readonly token: string; readonly purpose: StepPurpose; readonly host: string }
export type StepRow = { readonly userId: string | null; readonly challenge: string | null; readonly origin?: object | null }

/** The sign-in at a directory that a session comes from; the hint is sealed, as base64. */
export type DirectoryOrigin = { readonly identityId: string; readonly providerSession: string | null; readonly logoutHint: string | null }

/** How long a sign-in waits for its next step, in milliseconds. */
const stepLifetimeMs = 10 * 60_000

/** Opens a step under a token never used before. What nobody came back for is forgotten on the way. */
export async function openStep(ctx: TenantContext, step: StepQuery & StepRow): Promise<void> {
  const { tenantId, now } = ctx
  const { token, origin, ...rest } = step
  await ctx.db.signInStep.deleteMany({ where: { tenantId, expiresAt: { lte: now } } })
  const expiresAt = new Date(now.getTime() + stepLifetimeMs)
  await ctx.db.signInStep.createMany({
    data: [{ tenantId, id: hashOfToken(token), ...rest, origin: origin ?? Prisma.DbNull, createdAt: now, expiresAt }],
  })
}

/** A step that still waits at this host, without ending it; null otherwise. */
export function findStep(ctx: TenantContext, query: StepQuery): Promise<StepRow | null> {
  return ctx.db.signInStep.findFirst({ where: waiting(ctx, query), select: { userId: true, challenge: true } })
}

/** Ends a step: of two calls at once one gets it, the other null. */
export async function takeSignInStep(ctx: TenantContext, query: StepQuery): Promise<StepRow | null> {
  const taken = await ctx.db.$queryRaw<StepRow[]>`
    delete from sign_in_steps
    where tenant_id = ${ctx.tenantId}::uuid and id = ${hashOfToken(query.token)} and purpose = ${query.purpose} and host = ${query.host}
      and expires_at > ${ctx.now}
    returning user_id::text as "userId", challenge, origin`
  return taken[0] ?? null
}

function waiting(ctx: TenantContext, { token, purpose, host }: StepQuery) {
  return { tenantId: ctx.tenantId, id: hashOfToken(token), purpose, host, expiresAt: { gt: ctx.now } }
}
