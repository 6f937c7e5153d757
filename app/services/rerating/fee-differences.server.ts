import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import { bookOfVersion } from '#app/db/catalog/price-versions.server.ts'
import { readChargedFees } from '#app/db/charges/charged-fees.server.ts'
import type { NewFee } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { BillableContract } from '#app/db/documents/billing-facts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { ownersOfCharges, type ReRateScope } from '#app/db/usage/rerating.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { baseKeyOf, type ChargedFee } from '#app/domain/rating/settle-fees.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { contractMonths } from '#app/domain/subscription/subscription-cycle.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'
import { dueFees } from '../billing/due-fees.server.ts'

/** A fee that comes to something else by the prices in force: what was charged of it, and the charge that makes it right. */
export type FeeDifference = { readonly before: Decimal; readonly fee: NewFee }

export type FeeQuestion = { readonly contract: BillableContract; readonly billingPeriod: LocalDate; readonly scope: ReRateScope }

type Charged = ReadonlyMap<string, ChargedFee>

const longestServiceMs = 370 * 86_400_000
const none = new Decimal(0)

/**
 * What a month's fees come to by another price than they were charged by, in the scope of a re-rating: their targets less
 * what was charged. Where the close of the month was charged by a price that is withdrawn, that is taken back and charged by
 * the one that took its place. What was never charged, or has the same price, is left to the billing run.
 */
export async function feeDifferences(ctx: TenantContext, question: FeeQuestion): Promise<FeeDifference[]> {
  const { contract, billingPeriod } = question
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const zone = seller.timeZone
  const start = startOfDay(billingPeriod, zone)
  const span = { start, end: billingMonthAt(contractMonths(contract, zone), start).end }
  const known = await readChargedFees(ctx, [contract.id], new Date(start.getTime() - longestServiceMs))
  const charged: Charged = known.get(contract.id) ?? new Map()
  const due = await dueFees(ctx, { contracts: [contract], zone, periodOf: () => span, spanOf: () => span, isRepricing: true })
  const ofMonth = due.filter(({ rated }) => rated.billingPeriod === billingPeriod)
  return [...(await repriced(ctx, question, { charged, due: ofMonth })), ...(await reclosed(ctx, question, { charged, due: ofMonth }))]
}

type FeeFacts = { readonly charged: Charged; readonly due: readonly NewFee[] }

/** Fees whose price is another one now. */
async function repriced(ctx: TenantContext, { scope }: FeeQuestion, { charged, due }: FeeFacts): Promise<FeeDifference[]> {
  const differences: FeeDifference[] = []
  for (const fee of due) {
    const before = charged.get(baseKeyOf(fee.rated.sourceKey))
    if (!before || before.last.priceRuleId === fee.rated.priceRuleId || fee.rated.reason.kind !== 'fee') continue
    if (await isInScope(ctx, scope, before, fee)) differences.push({ before: before.amount, fee })
  }
  return differences
}

/** Standing charges and true-ups of withdrawn prices, taken back, and those of the prices in their place. */
async function reclosed(
  ctx: TenantContext,
  { contract, billingPeriod, scope }: FeeQuestion,
  { charged, due }: FeeFacts,
): Promise<FeeDifference[]> {
  const closings = [...charged].filter(([key, { last }]) => isClosing(key) && last.billingPeriod === billingPeriod)
  if (closings.length === 0) return []
  const standing = new Set((await readRulesOfContract(ctx, contract.id)).map(({ id }) => id))
  const withdrawn = closings.filter(([, { last, amount }]) => !standing.has(last.priceRuleId) && !amount.isZero())
  const owners = await ownersOfCharges(
    ctx,
    withdrawn.map(([key]) => key),
  )
  const differences: FeeDifference[] = []
  for (const [key, before] of withdrawn) {
    const owner = owners.get(key) ?? { accountId: contract.accountId, name: null }
    const rated = { ...before.last, sourceKey: `${key}~${before.count + 1}`, class: 'Correction' as const, amount: before.amount.negated() }
    const fee = { rated, payerAccountId: contract.accountId, ...owner }
    if (await isInScope(ctx, scope, before, fee)) differences.push({ before: before.amount, fee })
  }
  if (differences.length === 0) return []
  const meters = new Set(differences.map(({ fee }) => fee.rated.meter))
  const instead = due.filter(({ rated }) => isClosing(rated.sourceKey) && meters.has(rated.meter))
  const anew = instead.map((fee): FeeDifference => {
    const before = charged.get(baseKeyOf(fee.rated.sourceKey))?.amount ?? none
    return { before, fee: { ...fee, rated: { ...fee.rated, class: 'Correction' } } }
  })
  return [...differences, ...anew]
}

function isClosing(key: string): boolean {
  return key.startsWith('standing:') || key.startsWith('true-up:')
}

async function isInScope(
  ctx: TenantContext,
  scope: ReRateScope,
  { last }: ChargedFee,
  { accountId, payerAccountId, rated }: NewFee,
): Promise<boolean> {
  const allows = (wanted: readonly string[], ...values: (string | null)[]) =>
    wanted.length === 0 || values.some((value) => value !== null && wanted.includes(value))
  if (!allows(scope.accountIds, accountId, payerAccountId) || !allows(scope.productIds, rated.productId)) return false
  if (!allows(scope.meters, rated.meter) || !allows(scope.priceVersionIds, last.priceVersionId)) return false
  return scope.priceBookIds.length === 0 || allows(scope.priceBookIds, (await bookOfVersion(ctx, last.priceVersionId)) ?? null)
}
