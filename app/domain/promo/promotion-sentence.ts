import type { DiscountScope } from './discount.ts'
import { type PromotionTerms, periodsOf } from './promotion.ts'

/** What a promotion does, as a key of the namespace `promotion` and the facts it names; the words are found where it is shown. */
export type PromotionSentence = {
  readonly key: `sentence.${PromotionTerms['kind']}`
  readonly percent: string | null
  readonly amounts: readonly { readonly currency: string; readonly minor: string }[]
  readonly units: string | null
  readonly meter: string | null
  readonly scopes: readonly DiscountScope[]
  /** Null: as long as the subscription lives, or until an amount is used up. */
  readonly periods: number | null
}

/** The facts of the sentence that says what `terms` on `scopes` do. */
export function promotionSentence(terms: PromotionTerms, scopes: readonly DiscountScope[]): PromotionSentence {
  const amounts = terms.kind === 'amount' ? Object.entries(terms.amounts).map(([currency, minor]) => ({ currency, minor })) : []
  return {
    key: `sentence.${terms.kind}`,
    percent: terms.kind === 'percent' ? terms.percent : null,
    amounts: amounts.sort((a, b) => (a.currency < b.currency ? -1 : 1)),
    units: terms.kind === 'free-units' ? terms.units : null,
    meter: terms.kind === 'free-units' ? terms.meter : null,
    scopes,
    periods: periodsOf(terms),
  }
}
