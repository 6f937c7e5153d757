import { Decimal } from '../money/decimal.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { DiscountScope } from './discount.ts'
import { type PromotionTerms, periodsOf } from './promotion.ts'

/** What makes a promotion one that cannot be saved; each belongs to one field. */
export type PromotionProblem =
  | 'percent-out-of-range'
  | 'amount-missing'
  | 'units-missing'
  | 'no-scope'
  | 'end-before-start'
  | 'limit-out-of-range'
  | 'budget-needs-periods'
  | 'budget-needs-amount'

export type CheckedPromotion = {
  readonly terms: PromotionTerms
  readonly scopes: readonly DiscountScope[]
  readonly startsOn: LocalDate
  /** The last day. */
  readonly endsOn: LocalDate | null
  readonly maxRedemptions: number | null
  readonly maxPerAccount: number | null
  /** Whether its campaign has a budget: then what one redemption costs must be known beforehand. */
  readonly hasBudget: boolean
}

/** Everything wrong with a promotion, in the order of its fields; nothing when it may be saved. */
export function promotionProblems(promotion: CheckedPromotion): PromotionProblem[] {
  const { terms, scopes, startsOn, endsOn, maxRedemptions, maxPerAccount, hasBudget } = promotion
  const checks: readonly (readonly [PromotionProblem, boolean])[] = [
    ['percent-out-of-range', terms.kind === 'percent' && !isPercent(terms.percent)],
    ['amount-missing', terms.kind === 'amount' && !isAmount(terms.amounts)],
    ['units-missing', terms.kind === 'free-units' && new Decimal(terms.units).lte(0)],
    ['no-scope', (terms.kind === 'percent' || terms.kind === 'amount') && scopes.length === 0],
    ['end-before-start', endsOn !== null && endsOn < startsOn],
    ['limit-out-of-range', !isLimit(maxRedemptions) || !isLimit(maxPerAccount)],
    ['budget-needs-periods', hasBudget && terms.kind === 'percent' && periodsOf(terms) === null],
    ['budget-needs-amount', hasBudget && terms.kind === 'free-units'],
  ]
  return checks.filter(([, isBroken]) => isBroken).map(([problem]) => problem)
}

function isPercent(text: string): boolean {
  const percent = new Decimal(text)
  return percent.gt(0) && percent.lte(100)
}

function isAmount(amounts: Readonly<Record<string, string>>): boolean {
  const minors = Object.values(amounts)
  return minors.length > 0 && minors.every((minor) => BigInt(minor) > 0n)
}

function isLimit(limit: number | null): boolean {
  return limit === null || (Number.isInteger(limit) && limit >= 1 && limit <= 1_000_000_000)
}
