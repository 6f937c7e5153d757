import type { BillableContract } from '#app/db/billing-facts.server.ts'
import { readChargedFees } from '#app/db/charged-fees.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { NewFee } from '#app/db/fee-charges.server.ts'
import { bookOfVersion } from '#app/db/price-versions.server.ts'
import type { ReRateScope } from '#app/db/rerating.server.ts'
import { ownTenant } from '#app/db/tenants.server.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { baseKeyOf } from '#app/domain/rating/settle-fees.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'
import { dueFees } from '../billing/due-fees.server.ts'

/** A fee that comes to something else by the prices in force: what was charged of it, and the charge that makes it right. */
export type FeeDifference = { readonly before: Decimal; readonly fee: NewFee }

export type FeeQuestion = { readonly contract: BillableContract; readonly billingPeriod: LocalDate; readonly scope: ReRateScope }

const longestServiceMs = 370 * 86_400_000

/**
 * What a month's fees come to by another price than they were charged by, in the scope of a re-rating: their targets less
 * what was charged. A fee whose price is the same, or that is not charged yet, is left to the billing run.
 */
export async function feeDifferences(ctx: TenantContext, { contract, billingPeriod, scope }: FeeQuestion): Promise<FeeDifference[]> {
  if (scope.meters.length > 0) return []
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const zone = seller.timeZone
  const start = startOfDay(billingPeriod, zone)
  const cycle = { zone, anchorDay: contract.billingAnchor === 'calendar' ? 1 : contract.billingDay }
  const span = { start, end: billingMonthAt(cycle, start).end }
  const due = await dueFees(ctx, { contracts: [contract], zone, period: span, spanOf: () => span })
  const charged = (await readChargedFees(ctx, [contract.id], new Date(start.getTime() - longestServiceMs))).get(contract.id)

  const differences: FeeDifference[] = []
  for (const fee of due) {
    const before = charged?.get(baseKeyOf(fee.rated.sourceKey))
    const isRepriced = before && before.last.priceRuleId !== fee.rated.priceRuleId && fee.rated.reason.kind === 'fee'
    if (!isRepriced || fee.rated.billingPeriod !== billingPeriod) continue
    if (await isInScope(ctx, fee, { scope, priceVersionId: before.last.priceVersionId })) differences.push({ before: before.amount, fee })
  }
  return differences
}

async function isInScope(
  ctx: TenantContext,
  { accountId, payerAccountId, rated }: NewFee,
  { scope, priceVersionId }: { readonly scope: ReRateScope; readonly priceVersionId: string },
): Promise<boolean> {
  const allows = (wanted: readonly string[], ...values: (string | null)[]) =>
    wanted.length === 0 || values.some((value) => value !== null && wanted.includes(value))
  if (!allows(scope.accountIds, accountId, payerAccountId) || !allows(scope.productIds, rated.productId)) return false
  if (!allows(scope.priceVersionIds, priceVersionId)) return false
  return scope.priceBookIds.length === 0 || allows(scope.priceBookIds, (await bookOfVersion(ctx, priceVersionId)) ?? null)
}
