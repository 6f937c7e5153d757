import type { Money } from '#app/domain/money/money.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'

/** A percentage off the list; of all product groups where `productGroup` is null. `from` is set for what is announced. */
export type ShownDiscount = {
  readonly scope: DiscountScope
  readonly productGroup: string | null
  readonly percent: string
  readonly from: Date | null
}

/** What may be owed at most in a currency; `from` is set for what is announced. */
export type ShownLimit = { readonly limit: Money; readonly from: Date | null }

export type LevelOverview = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly rank: number
  readonly minTurnover: Money | null
  readonly turnoverMonths: number
  readonly maxOverdueDays: number | null
  readonly graceDays: number
  /** In force now, and announced. */
  readonly discounts: readonly ShownDiscount[]
  readonly announced: readonly ShownDiscount[]
  readonly limits: readonly ShownLimit[]
  readonly resellers: number
}

export type ResellerLevel = {
  readonly accountId: string
  readonly name: string
  readonly currency: string
  readonly level: string | null
  readonly since: Date | null
  readonly nextLevel: string | null
  readonly nextFrom: Date | null
}

export type LevelsOverview = {
  readonly levels: readonly LevelOverview[]
  readonly resellers: readonly ResellerLevel[]
  readonly productGroups: readonly string[]
}
