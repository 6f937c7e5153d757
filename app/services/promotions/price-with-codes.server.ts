import { discountsOf } from '#app/db/catalog/discounts.server.ts'
import { readBuyer, readCode } from '#app/db/catalog/promotions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { OrderedItem } from '#app/domain/catalog/bundle.ts'
import type { ProductQuote } from '#app/domain/catalog/quote-product.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { DiscountStep } from '#app/domain/promo/apply-discounts.ts'
import type { Discount } from '#app/domain/promo/discount.ts'
import { type DiscountedQuote, discountQuote, expectedCost, recurringShareOf } from '#app/domain/promo/discount-quote.ts'
import { type BuyerFacts, type CodeFacts, judgeCode, type PromotionRefusal, withUses } from '#app/domain/promo/judge-promotion.ts'
import { normaliseCode } from '#app/domain/promo/promo-code.ts'
import { discountOf, type PromotionSnapshot, periodsOf, snapshotOf } from '#app/domain/promo/promotion.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

export type PriceWithCodesInput = {
  readonly accountId: string
  readonly contractId: string
  readonly zone: string
  readonly quote: Pick<ProductQuote, 'fees' | 'treatment' | 'orderNet'> & Partial<Pick<ProductQuote, 'treatments'>>
  /** What is ordered: the product, what it includes, options. */
  readonly items: readonly OrderedItem[]
  /** The group of each product. */
  readonly productGroups: ReadonlyMap<string, string | null>
  /** As typed, in the order they were typed in. */
  readonly codes: readonly string[]
  /** The first piece of the same order, which makes this one no second order; and what earlier pieces take that nothing holds yet. */
  readonly leadId?: string | null
  readonly earlier?: readonly AcceptedCode[]
}

export type CodeRefusal = PromotionRefusal | 'not-combinable'

/** A code that reduces the order; `cost` is what the budget of its campaign gives for it. */
export type AcceptedCode = { readonly code: string; readonly facts: CodeFacts; readonly snapshot: PromotionSnapshot; readonly cost: Money }

export type PricedWithCodes = {
  readonly discounted: DiscountedQuote
  readonly accepted: readonly AcceptedCode[]
  readonly refused: readonly { readonly code: string; readonly reason: CodeRefusal }[]
}

/** More codes than anybody has are not looked at. */
const mostCodes = 5

type Candidate = { readonly code: string; readonly facts: CodeFacts; readonly snapshot: PromotionSnapshot; readonly discount: Discount }

/**
 * An order's first invoice with the discounts of its contract and with `codes`, by the function that will make that invoice.
 * Every code is either accepted or refused with its reason; a refused one changes nothing. Takes no limit: see `holdRedemptions`.
 */
export async function priceWithCodes(ctx: TenantContext, input: PriceWithCodesInput): Promise<PricedWithCodes> {
  const codes = [...new Set(input.codes.map((code) => normaliseCode(code) ?? code.slice(0, 40)))].slice(0, mostCodes)
  const groupOf = (productId: string) => input.productGroups.get(productId) ?? null
  const standing = await standingDiscounts(ctx, input)
  const buyer: BuyerFacts = {
    ...(await readBuyer(ctx, input.accountId, input.leadId)),
    productGroups: [...new Set(input.items.map(({ productId }) => groupOf(productId)))],
  }

  const refused: { code: string; reason: CodeRefusal }[] = []
  const candidates: Candidate[] = []
  for (const code of codes) {
    const judged = await candidateOf(ctx, { input, buyer, code })
    if ('reason' in judged) refused.push(judged)
    else if (candidates.some(({ facts }) => facts.promotion.id === judged.facts.promotion.id))
      refused.push({ code, reason: 'not-combinable' })
    else candidates.push(judged)
  }

  const fees = input.quote.fees.map((fee) => ({ ...fee, productGroup: groupOf(fee.productId) }))
  const price = (taken: readonly Candidate[], of: 'amount' | 'whole' = 'amount') =>
    discountQuote({
      quote: { ...input.quote, fees: fees.map((fee) => ({ ...fee, amount: fee[of] })) },
      accountId: input.accountId,
      discounts: [...standing, ...taken.map(({ discount }) => discount)],
      at: ctx.now,
      on: localDateOf(ctx.now, input.zone),
    })
  const tried = price(candidates)
  const working = candidates.filter((candidate) => {
    const reason = refusalOf(stepOf(tried, candidate), candidate)
    if (reason) refused.push({ code: candidate.code, reason })
    return !reason
  })
  const discounted = working.length === candidates.length ? tried : price(working)
  const wholePeriod = price(working, 'whole')
  const taken = working.map((each) => accepted(each, { first: stepOf(discounted, each), further: stepOf(wholePeriod, each) }))
  return { discounted, accepted: taken, refused }
}

/** What staff agreed with the payer and is in force for everything it buys. */
async function standingDiscounts(ctx: TenantContext, { contractId, accountId }: PriceWithCodesInput): Promise<Discount[]> {
  const known = await discountsOf(ctx, [contractId])
  return known
    .map(({ discount }) => discount)
    .filter((discount) => discount.subscriptionId === null && (discount.accountId === null || discount.accountId === accountId))
}

async function candidateOf(
  ctx: TenantContext,
  { input, buyer, code }: { input: PriceWithCodesInput; buyer: BuyerFacts; code: string },
): Promise<Candidate | { code: string; reason: CodeRefusal }> {
  const read = await readCode(ctx, code, input.accountId)
  const judged = judgeCode(read && withUses(read, input.earlier?.map(({ facts }) => facts) ?? []), buyer, ctx.now)
  if (!judged.ok) return { code, reason: judged.error }
  const snapshot = snapshotOf(judged.value.promotion, code)
  const discount = discountOf(snapshot, {
    currency: input.quote.orderNet.currency,
    id: judged.value.promotion.id,
    accountId: null,
    subscriptionId: null,
    validFrom: ctx.now,
    validTo: null,
  })
  return discount.ok ? { code, facts: judged.value, snapshot, discount: discount.value } : { code, reason: discount.error }
}

function stepOf({ steps }: DiscountedQuote, { discount }: Candidate): DiscountStep | undefined {
  return steps.find((step) => step.discount === discount)
}

/** Free units show on the invoice of the use, not on the order; anything else must reduce the order. */
function refusalOf(step: DiscountStep | undefined, { snapshot }: Candidate): CodeRefusal | null {
  if (step?.refusal === 'not-combinable') return 'not-combinable'
  if (snapshot.terms.kind === 'free-units') return null
  return step?.refusal ? 'nothing-to-discount' : null
}

/** What a discount takes off the first invoice, and off a whole period as the later ones are. */
type Steps = { readonly first: DiscountStep | undefined; readonly further: DiscountStep | undefined }

function accepted({ code, facts, snapshot, discount }: Candidate, steps: Steps): AcceptedCode {
  return { code, facts, snapshot, cost: costOf(discount, steps, periodsOf(snapshot.terms)) }
}

/** A fixed amount is promised in full: what the first invoice leaves of it carries over. */
function costOf({ value }: Discount, { first, further }: Steps, periods: number | null): Money {
  if (value.method === 'amount') return value.remaining
  invariant(first && further, 'priceWithCodes: a discount without its step')
  return expectedCost(first, recurringShareOf(further), periods)
}
