import type { TenantContext } from '#app/db/context.server.ts'
import type { HoldEffect, HoldSource } from '#app/domain/hold/hold-effect.ts'

export type StandingRow = {
  readonly key: string
  readonly source: HoldSource
  readonly effect: HoldEffect
  readonly reason: string
  readonly placedAt: Date
}
export type AgreementRow = { readonly kind: 'pause' | 'promise'; readonly untilOn: string; readonly reason: string }

export type AccountStanding = {
  readonly name: string
  readonly holds: readonly StandingRow[]
  readonly agreements: readonly AgreementRow[]
}

/** What holds an account back now, and what was agreed with it; null when there is no such account. */
export async function readStanding(ctx: TenantContext, accountId: string): Promise<AccountStanding | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } }, select: { name: true } })
  if (!account) return null
  const holds = await ctx.db.accountHold.findMany({
    where: { tenantId, accountId, liftedAt: null },
    select: { key: true, source: true, effect: true, reason: true, placedAt: true },
    orderBy: { placedAt: 'desc' },
    take: 50,
  })
  const agreements = await ctx.db.dunningAgreement.findMany({
    where: { tenantId, accountId, state: 'standing' },
    select: { kind: true, untilOn: true, reason: true },
    orderBy: { kind: 'asc' },
  })
  return {
    name: account.name,
    holds: holds as StandingRow[],
    agreements: agreements.map(({ kind, untilOn, reason }) => ({
      kind: kind as AgreementRow['kind'],
      untilOn: untilOn.toISOString().slice(0, 10),
      reason,
    })),
  }
}
