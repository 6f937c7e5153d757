import type { CreditStep, CreditThresholds } from '#app/domain/credit/thresholds.ts'
import { usualThresholds } from '#app/domain/credit/thresholds.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { exposureOfRow, limitOfRow } from './credit-positions.server.ts'

/** Where steps may have to be taken: what may come to three quarters of the limit with any tax, and whatever steps stand at. */
export async function positionsToWatch(
  ctx: TenantContext,
  page: { readonly accountId: string | null; readonly afterId: string | null; readonly limit: number },
): Promise<WatchedPosition[]> {
  return ctx.db.$queryRaw<WatchedPosition[]>`
    select p.id, p.contract_id as "contractId", p.account_id as "accountId", a.child_tenant_id is not null as "isReseller"
    from credit_positions p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.has_limit and (${page.accountId}::uuid is null or p.account_id = ${page.accountId}::uuid)
      and (${page.afterId}::uuid is null or p.id > ${page.afterId}::uuid)
      and ((${exposureOfRow} + round(p.rated_net * 0.3 * 10::numeric ^ p.minor_digits)) * 4 >= ${limitOfRow(ctx.now)} * 3
          and (${exposureOfRow} > 0 or p.rated_net > 0 or p.prepaid_minor > 0)
        or exists (select from credit_crossings c where c.tenant_id = p.tenant_id and c.position_id = p.id and c.cleared_at is null))
    order by p.id limit ${page.limit}`
}

export type WatchedPosition = {
  readonly id: string
  readonly contractId: string
  readonly accountId: string
  readonly isReseller: boolean
}

/** What each contract agreed on its limit, or the usual. */
export async function readThresholds(
  ctx: TenantContext,
  { contractId, isReseller }: { readonly contractId: string; readonly isReseller: boolean },
): Promise<CreditThresholds> {
  const row = await ctx.db.creditThresholds.findUnique({ where: { tenantId_contractId: { tenantId: ctx.tenantId, contractId } } })
  if (!row) return usualThresholds({ isReseller })
  const { warnPercents, suspendPercent, suspendHours, policy, prepaidDays } = row
  return { warnPercents, suspendPercent, suspendHours, policy: policy as CreditThresholds['policy'], prepaidDays }
}

/** Keeps what a contract agreed on its limit in place of what held before. */
export async function saveThresholds(ctx: TenantContext, contractId: string, thresholds: CreditThresholds): Promise<void> {
  const { tenantId } = ctx
  const kept = { ...thresholds, warnPercents: [...thresholds.warnPercents], changedBy: actorName(ctx.actor), changedAt: ctx.now }
  const known = await ctx.db.creditThresholds.updateMany({ where: { tenantId, contractId }, data: kept })
  if (known.count === 0) await ctx.db.creditThresholds.createMany({ data: [{ tenantId, contractId, ...kept }] })
}

/** What was used under a position's contract in the `days` before now, net, in minor units: by its own account alone where it is a department. */
export async function spentLately(ctx: TenantContext, position: Pick<WatchedPosition, 'id'>, days: number): Promise<bigint> {
  const since = new Date(ctx.now.getTime() - days * 86_400_000)
  const [row] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    select coalesce(round(sum(c.amount) * (1 + p.tax_rate / 100) * 10::numeric ^ p.minor_digits), 0)::bigint as minor
    from credit_positions p
    left join charges c on c.tenant_id = p.tenant_id and c.contract_id = p.contract_id and (p.is_whole or c.account_id = p.account_id)
      and c.period_start >= ${since} and c.period_start < ${ctx.now}
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${position.id}::uuid
    group by p.tax_rate, p.minor_digits`
  return row?.minor ?? 0n
}

/** The steps that stand at a position and since when. */
export async function standingSteps(ctx: TenantContext, positionId: string): Promise<ReadonlyMap<CreditStep, Date>> {
  const rows = await ctx.db.creditCrossing.findMany({
    where: { tenantId: ctx.tenantId, positionId, clearedAt: null },
    select: { step: true, crossedAt: true },
    orderBy: { crossedAt: 'asc' },
  })
  return new Map(rows.map(({ step, crossedAt }) => [step as CreditStep, crossedAt]))
}

export type Crossing = {
  readonly positionId: string
  readonly accountId: string
  readonly exposureMinor: bigint
  readonly limitMinor: bigint
}

/** Notes steps that were crossed now; one that stands is crossed once. Returns what was new: the row of each step. */
export async function insertCrossings(
  ctx: TenantContext,
  crossing: Crossing,
  steps: readonly CreditStep[],
): Promise<{ readonly id: string; readonly step: CreditStep }[]> {
  const { tenantId, now } = ctx
  const rows = steps.map((step) => ({ ...crossing, tenantId, id: newId(), step, crossedAt: now }))
  const made = await ctx.db.creditCrossing.createManyAndReturn({ data: rows, skipDuplicates: true, select: { id: true, step: true } })
  return made.map(({ id, step }) => ({ id, step: step as CreditStep }))
}

/** A crossed step with whose it is, and whether the seller's staff was told. */
export type ToldCrossing = {
  readonly accountId: string
  readonly customer: string
  readonly step: CreditStep
  readonly exposure: Money
  readonly limit: Money
  readonly isStaffTold: boolean
}

/** A crossed step by its id; null when there is none. */
export async function crossingById(ctx: TenantContext, id: string): Promise<ToldCrossing | null> {
  const row = await ctx.db.creditCrossing.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: {
      accountId: true,
      step: true,
      exposureMinor: true,
      limitMinor: true,
      staffToldAt: true,
      account: { select: { name: true } },
      position: { select: { currency: true } },
    },
  })
  if (!row) return null
  const { accountId, step, account, position, exposureMinor, limitMinor, staffToldAt } = row
  const amounts = { exposure: money(exposureMinor, position.currency), limit: money(limitMinor, position.currency) }
  return { accountId, step: step as CreditStep, customer: account.name, ...amounts, isStaffTold: staffToldAt !== null }
}

/** Notes that the seller's staff was told of a step. */
export async function noteStaffTold(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.creditCrossing.updateMany({ where: { tenantId: ctx.tenantId, id, staffToldAt: null }, data: { staffToldAt: ctx.now } })
}

/** Notes that steps stand no more. */
export async function clearCrossings(ctx: TenantContext, positionId: string, steps: readonly CreditStep[]): Promise<void> {
  await ctx.db.creditCrossing.updateMany({
    where: { tenantId: ctx.tenantId, positionId, step: { in: [...steps] }, clearedAt: null },
    data: { clearedAt: ctx.now },
  })
}
