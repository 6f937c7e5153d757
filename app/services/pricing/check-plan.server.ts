import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import { lineKey, openPriceDesk, type PriceDesk, rateCardCode } from '#app/db/catalog/price-desk.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { checkSellPrice, isOverridable, type PriceRange, type SellPriceProblem } from '#app/domain/pricing/markup/check-sell-price.ts'
import { pickMarkup } from '#app/domain/pricing/markup/markup-rule.ts'
import { costsLess } from '#app/domain/pricing/plan-file/costs-less.ts'
import { type PlanFile, type PlanProblem, readPlan } from '#app/domain/pricing/plan-file/plan-file.ts'
import { type PlanRule, planRules } from '#app/domain/pricing/plan-file/plan-rules.ts'

export type CheckPlanInput = { readonly priceBookId: string; readonly plan: unknown; readonly at: Date }

/** A plan against its book: what is wrong, what a reason can overcome, and its prices when nothing is wrong. */
export type CheckedPlan = {
  readonly plan: PlanFile | undefined
  readonly productId: string | null
  readonly desk: PriceDesk | undefined
  readonly problems: readonly PlanProblem[]
  /** Prices below buy price or floor: allowed with a reason. */
  readonly losses: readonly PlanProblem[]
}

/** Reads a plan and holds it against the book: currency, product, members, buy prices and the parent's range. Writes nothing. */
export async function checkPlan(ctx: TenantContext, { priceBookId, plan: typed, at }: CheckPlanInput): Promise<CheckedPlan> {
  const desk = await openPriceDesk(ctx, { priceBookId, at })
  const read = readPlan(typed, await readOwnMeters(ctx))
  const known = desk.ok ? desk.value : undefined
  if (!read.ok) return { plan: undefined, productId: null, desk: known, problems: read.problems, losses: [] }

  const plan = read.value
  const products = new Map([...(known?.products.values() ?? [])].map(({ code, id }) => [code, id]))
  const productId = plan.kind === 'rate-card' ? null : (products.get(plan.code) ?? null)
  const problems: PlanProblem[] = []
  if (known && plan.currency !== known.book.currency) problems.push({ pointer: '/currency', code: 'other-currency' })
  if (plan.kind === 'plan' && productId === null) problems.push({ pointer: '/code', code: 'unknown-product' })
  for (const [index, member] of (plan.bundle ?? []).entries())
    if (!products.has(member.code)) problems.push({ pointer: `/bundle/${index}/code`, code: 'unknown-product' })
  const found = known ? priceProblems(known, plan, productId) : []
  const isLoss = ({ code }: PlanProblem) => isOverridable(code as 'below-buy')
  return {
    plan,
    productId,
    desk: known,
    problems: [...problems, ...found.filter((problem) => !isLoss(problem))],
    losses: found.filter(isLoss),
  }
}

function priceProblems(desk: PriceDesk, plan: PlanFile, productId: string | null): PlanProblem[] {
  return planRules(plan, productId).flatMap((rule, index) =>
    sellProblems(desk, plan.currency, rule).map((code) => ({ pointer: pointerTo(plan, rule, index), code })),
  )
}

function sellProblems(desk: PriceDesk, currency: string, rule: PlanRule): SellPriceProblem[] {
  const { productId, feeKind } = rule
  const bought = desk.buyCurrency === currency ? (desk.bought.get(lineKey(productId, rule))?.fee ?? null) : null
  if (rule.model.kind !== 'per-unit' || (bought && bought.model.kind !== 'per-unit'))
    return bought && costsLess(rule, bought) ? ['below-buy'] : []
  const productGroup = productId === null ? null : (desk.products.get(productId)?.productGroup ?? null)
  const floor = pickMarkup(desk.markupRules, { productId, productGroup, feeKind })?.floor ?? null
  return checkSellPrice({ sell: rule, bought, floor, range: rangeOf(desk, currency, productId), taxPercent: desk.taxIn(productId) })
}

/** The sell prices the parent allows for the product, when they are in the book's currency. */
function rangeOf({ offers }: PriceDesk, currency: string, productId: string | null): PriceRange {
  const offer = offers.find(
    (one) => one.currency === currency && (productId === null ? one.code === rateCardCode : one.productId === productId),
  )
  return { floor: offer?.priceFloor ?? null, ceiling: offer?.priceCeiling ?? null }
}

function pointerTo(plan: PlanFile, rule: PlanRule, index: number): string {
  return rule.feeKind === 'usage' ? `/usage/${index - plan.fees.length}/model` : `/fees/${index}/price`
}
