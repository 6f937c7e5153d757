import type { HoldEffect, HoldSource, StandingHold } from '#app/domain/hold/hold-effect.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type HoldRow = {
  readonly accountId: string
  readonly source: HoldSource
  readonly effect: HoldEffect
  readonly reason: string
  readonly key: string
}

/** Whether the account is there; its row is held until the transaction ends, so that its holds change one after the other. */
export async function lockAccount(ctx: TenantContext, accountId: string): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select 1 from accounts where tenant_id = ${ctx.tenantId}::uuid and id = ${accountId}::uuid for no key update`
  return rows.length > 0
}

/** The effect of the standing hold with this key; null when there is none. */
export async function standingEffect(
  ctx: TenantContext,
  { accountId, key }: Pick<HoldRow, 'accountId' | 'key'>,
): Promise<HoldEffect | null> {
  const hold = await ctx.db.accountHold.findFirst({
    where: { tenantId: ctx.tenantId, accountId, key, liftedAt: null },
    select: { effect: true },
  })
  return (hold?.effect as HoldEffect | undefined) ?? null
}

/** Writes a hold that stands from now on. */
export async function insertHold(ctx: TenantContext, hold: HoldRow): Promise<void> {
  const placed = { placedBy: actorName(ctx.actor), placedAt: ctx.now }
  await ctx.db.accountHold.createMany({ data: [{ tenantId: ctx.tenantId, id: newId(), ...hold, ...placed }] })
}

/** Ends the standing hold with this key; false when there is none. */
export async function endHold(ctx: TenantContext, { accountId, key }: Pick<HoldRow, 'accountId' | 'key'>): Promise<boolean> {
  const ended = await ctx.db.accountHold.updateMany({
    where: { tenantId: ctx.tenantId, accountId, key, liftedAt: null },
    data: { liftedAt: ctx.now, liftedBy: actorName(ctx.actor) },
  })
  return ended.count > 0
}

type SourcedHold = StandingHold & { readonly source: HoldSource }

/** What stands against each account, its enterprise's included. Accounts without holds are left out. */
export async function standingHoldsOf(ctx: TenantContext, accountIds: readonly string[]): Promise<Map<string, SourcedHold[]>> {
  const rows = await ctx.db.$queryRaw<(SourcedHold & { accountId: string })[]>`
    select a.id::text as "accountId", h.source, h.effect, (h.placed_at at time zone t.time_zone)::date::text as "placedOn"
    from accounts a
    join tenants t on t.tenant_id = a.tenant_id
    join account_holds h on h.tenant_id = a.tenant_id and h.account_id in (a.id, a.parent_account_id) and h.lifted_at is null
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = any (${[...accountIds]}::uuid[])
    order by a.id, h.placed_at, h.id`
  const holds = new Map<string, SourcedHold[]>()
  for (const { accountId, ...hold } of rows) holds.set(accountId, [...(holds.get(accountId) ?? []), hold])
  return holds
}

/** The account and the departments that follow it. */
export async function familyOf(ctx: TenantContext, accountId: string): Promise<{ id: string; childTenantId: string | null }[]> {
  return ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, OR: [{ id: accountId }, { parentAccountId: accountId }] },
    select: { id: true, childTenantId: true },
    orderBy: { id: 'asc' },
  })
}

/** Shows in the list of accounts whether services stand still; a closed account stays closed. */
export async function showSuspended(ctx: TenantContext, accountIds: readonly string[], isSuspended: boolean): Promise<void> {
  const [from, to] = isSuspended ? ['active', 'suspended'] : ['suspended', 'active']
  await ctx.db.account.updateMany({ where: { tenantId: ctx.tenantId, id: { in: [...accountIds] }, status: from }, data: { status: to } })
}

/** Accounts whose services may have to be stopped or started: with a hold that stops services, or with servers that stand still. */
export async function accountsToApply(ctx: TenantContext, afterId: string | null, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select a.id::text as id from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and (${afterId}::uuid is null or a.id > ${afterId}::uuid)
      and (exists (select from account_holds h where h.tenant_id = a.tenant_id and h.account_id = a.id and h.lifted_at is null
          and h.effect <> 'block-orders')
        or exists (select from service_suspensions s where s.tenant_id = a.tenant_id and s.account_id = a.id and s.resumed_at is null
          and s.cause = 'hold'))
    order by a.id limit ${limit}`
  return rows.map(({ id }) => id)
}
