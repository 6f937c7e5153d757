import type { TenantContext } from '#app/db/context.server.ts'
import { readThresholds, spentLately, standingSteps } from '#app/db/credit/credit-crossings.server.ts'
import { type CreditLimitRow, limitsOf } from '#app/db/credit/credit-limits.server.ts'
import { type CreditPosition, positionsOf } from '#app/db/credit/credit-positions.server.ts'
import { listReservations, type ReservationRow } from '#app/db/credit/credit-reservations.server.ts'
import { readPaymentMode } from '#app/db/payments/payment-modes.server.ts'
import { openDepartmentsOf } from '#app/db/people/accounts.server.ts'
import { levelFollowers } from '#app/db/sellers/level-limits.server.ts'
import { readPartnerLevels } from '#app/db/sellers/partner-levels.server.ts'
import { readResellers } from '#app/db/sellers/partner-standings.server.ts'
import { usedPercent } from '#app/domain/credit/exposure.ts'
import { daysLeft, reachedAt } from '#app/domain/credit/forecast.ts'
import type { CreditStep, CreditThresholds } from '#app/domain/credit/thresholds.ts'
import { zero } from '#app/domain/money/money.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { chargeDueFees } from './charge-due-fees.server.ts'
import { noteDocumentTax } from './document-tax.server.ts'
import { type Exposure, exposureAt } from './read-exposure.server.ts'
import { rateDays } from './watch-credit.server.ts'

/** Where an account stands, with the day on which its limit is reached at the rate of the last days; null when that is not in sight. */
export type CreditStandingView = Exposure & {
  /** Money in hand alone counts: the limit of the contract does not. */
  readonly isPrepaid: boolean
  readonly baseLimitMinor: bigint
  readonly usedPercent: number | null
  readonly reachedOn: LocalDate | null
  readonly zone: string
}

export type CreditPage = {
  readonly account: { readonly id: string; readonly name: string }
  /** False for a department: its enterprise is judged beside it. */
  readonly isWhole: boolean
  readonly standing: CreditStandingView
  readonly steps: readonly CreditStep[]
  readonly limits: readonly CreditLimitRow[]
  readonly reservations: readonly ReservationRow[]
  readonly thresholds: CreditThresholds
  readonly today: LocalDate
  readonly departments: readonly { readonly id: string; readonly name: string; readonly hasLimit: boolean }[]
  /** The level a reseller has: its limit is the contract's unless that has one of its own. Null for who is none, or has none. */
  readonly level: { readonly name: string; readonly isFollowed: boolean } | null
}

/** Everything about the credit of an account that has a limit of its own; null without one. Runs in the office's scope. */
export async function readCreditPage(ctx: TenantContext, accountId: string): Promise<CreditPage | null> {
  const known = (await positionsOf(ctx, [accountId])).get(accountId)
  if (!known) return null
  await chargeDueFees(ctx, { contractIds: [known.contractId] })
  await noteDocumentTax(ctx, [known.contractId])
  const position = (await positionsOf(ctx, [accountId])).get(accountId) ?? known
  const account = await ctx.db.account.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { id: true, name: true, childTenantId: true },
  })
  const standing = await standingOf(ctx, position)
  return {
    account: { id: account.id, name: account.name },
    isWhole: position.isWhole,
    standing,
    steps: [...(await standingSteps(ctx, position.id)).keys()],
    limits: await limitsOf(ctx, position.id),
    reservations: await listReservations(ctx, position.id),
    thresholds: await readThresholds(ctx, { contractId: position.contractId, isReseller: account.childTenantId !== null }),
    today: localDateOf(ctx.now, standing.zone),
    departments: await departmentsOf(ctx, accountId),
    level: account.childTenantId === null ? null : await levelOf(ctx, accountId),
  }
}

async function levelOf(ctx: TenantContext, accountId: string): Promise<CreditPage['level']> {
  const [reseller] = await readResellers(ctx, [accountId])
  const level = (await readPartnerLevels(ctx)).find(({ id }) => id === reseller?.levelId)
  return level ? { name: level.name, isFollowed: (await levelFollowers(ctx, [accountId])).length > 0 } : null
}

async function departmentsOf(ctx: TenantContext, parentAccountId: string): Promise<CreditPage['departments']> {
  const departments = await openDepartmentsOf(ctx, parentAccountId)
  const limited = await positionsOf(
    ctx,
    departments.map(({ id }) => id),
  )
  return departments.map((department) => ({ ...department, hasLimit: limited.has(department.id) }))
}

/** Where the one account that the scope may read stands: what a reseller sees of its own credit at its parent. */
export async function readOwnCredit(ctx: TenantContext, accountId: string): Promise<CreditStandingView | null> {
  const position = (await positionsOf(ctx, [accountId])).get(accountId)
  return position ? standingOf(ctx, position) : null
}

async function standingOf(ctx: TenantContext, position: CreditPosition): Promise<CreditStandingView> {
  const isPrepaid = ((await readPaymentMode(ctx, position.contractId))?.mode ?? 'postpaid') !== 'postpaid'
  const exposure = exposureAt(isPrepaid ? { ...position, limit: zero(position.currency) } : position)
  const { timeZone: zone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const left = daysLeft(exposure.available, { spentMinor: await spentLately(ctx, position, rateDays), days: rateDays })
  const reached = reachedAt(ctx.now, left)
  return {
    ...exposure,
    isPrepaid,
    baseLimitMinor: position.baseLimit.minor,
    usedPercent: usedPercent(exposure.limit, exposure.exposure),
    reachedOn: reached && localDateOf(reached, zone),
    zone,
  }
}
