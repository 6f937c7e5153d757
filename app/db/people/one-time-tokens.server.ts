import { createHash } from 'node:crypto'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type TokenPurpose = 'confirm-email' | 'reset-password' | 'invite'

const minute = 60_000
const lifetimeMs = { 'confirm-email': 24 * 60 * minute, 'reset-password': 60 * minute, invite: 7 * 24 * 60 * minute } as const

/** What is stored of a secret token: SHA-256, hex. Enough for tokens of 128 random bits and more, which nobody can guess. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** How long a link of this purpose works, in milliseconds. */
export function lifetimeMsOf(purpose: TokenPurpose): number {
  return lifetimeMs[purpose]
}

/** Makes `token` valid once for `userId`, for 24 h, 1 h (reset) or 7 days (invite) from now. The same token again changes nothing. */
export async function saveOneTimeToken(
  ctx: TenantContext,
  request: { userId: string; purpose: TokenPurpose; token: string },
): Promise<void> {
  await ctx.db.oneTimeToken.createMany({
    data: [
      {
        tenantId: ctx.tenantId,
        id: newId(),
        userId: request.userId,
        purpose: request.purpose,
        tokenHash: hashOfToken(request.token),
        createdAt: ctx.now,
        expiresAt: new Date(ctx.now.getTime() + lifetimeMs[request.purpose]),
      },
    ],
    skipDuplicates: true,
  })
}

type TokenQuery = { readonly token: string; readonly purposes: readonly TokenPurpose[] }

/** Who a token that is still good belongs to, without using it; null otherwise. */
export async function peekOneTimeToken(ctx: TenantContext, query: TokenQuery): Promise<string | null> {
  const found = await ctx.db.oneTimeToken.findFirst({
    where: {
      tenantId: ctx.tenantId,
      tokenHash: hashOfToken(query.token),
      purpose: { in: [...query.purposes] },
      usedAt: null,
      expiresAt: { gt: ctx.now },
    },
    select: { userId: true },
  })
  return found?.userId ?? null
}

/** Uses a token up: of two calls at once one gets the user's id, the other null. Null as well when it expired or never was. */
export async function useOneTimeToken(ctx: TenantContext, query: TokenQuery): Promise<string | null> {
  const used = await ctx.db.$queryRaw<{ userId: string }[]>`
    update one_time_tokens set used_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and token_hash = ${hashOfToken(query.token)} and purpose = any (${[...query.purposes]}::text[])
      and used_at is null and expires_at > ${ctx.now}
    returning user_id::text as "userId"`
  return used[0]?.userId ?? null
}

/** Ends every unused link of these purposes that the person may still have in a mailbox. */
export async function voidOneTimeTokens(ctx: TenantContext, userId: string, purposes: readonly TokenPurpose[]): Promise<void> {
  await ctx.db.oneTimeToken.updateMany({
    where: { tenantId: ctx.tenantId, userId, purpose: { in: [...purposes] }, usedAt: null },
    data: { usedAt: ctx.now },
  })
}
