import type { Money } from '#app/domain/money/money.ts'
import type { CampaignState } from '#app/domain/promo/campaign.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import type { PromotionState, PromotionTerms } from '#app/domain/promo/promotion.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** Days are the seller's; the last day is part of it, null means until it is ended. */
export type Days = { readonly first: LocalDate; readonly last: LocalDate | null }

export type PromotionListRow = {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly terms: PromotionTerms
  readonly scopes: readonly DiscountScope[]
  readonly state: PromotionState
  readonly days: Days
  readonly redeemed: number
  readonly limit: number | null
  readonly campaign: { readonly id: string; readonly name: string } | null
  /** What redemptions that stand were promised, by currency. */
  readonly costs: readonly Money[]
}

export type CampaignListRow = {
  readonly id: string
  readonly name: string
  readonly code: string
  readonly state: CampaignState
  readonly days: Days
  readonly redeemed: number
  readonly budget: Money | null
  readonly spent: Money | null
}

export type PromotionDetail = Omit<PromotionListRow, 'campaign'> & {
  readonly campaignId: string | null
  readonly productGroups: readonly string[]
  readonly channels: readonly string[]
  readonly isFirstOrderOnly: boolean
  readonly isNewCustomersOnly: boolean
  readonly priority: number
  readonly stackGroup: string | null
  readonly isStackable: boolean
  readonly accountLimit: number | null
  readonly codes: number
  /** What invoices took off so far, by currency. */
  readonly given: readonly Money[]
}

export type RedemptionRow = {
  readonly id: string
  readonly at: Date
  readonly account: { readonly id: string; readonly name: string }
  readonly promotion: string
  readonly promoCode: string | null
  readonly state: 'held' | 'applied' | 'released'
  readonly promised: Money
  readonly given: Money
}

export type CampaignDetail = CampaignListRow & {
  readonly segments: readonly string[]
  readonly countries: readonly string[]
  readonly promotions: readonly PromotionListRow[]
}

/** A special discount of one customer, or what a code promised it. */
export type AccountDiscountRow = {
  readonly id: string
  readonly name: string
  /** Decimal text; null for an amount. */
  readonly percent: string | null
  readonly amount: Money | null
  readonly left: Money | null
  readonly scopes: readonly DiscountScope[]
  readonly productGroups: readonly string[]
  readonly days: Days
  readonly isOver: boolean
  readonly isFromCode: boolean
  readonly isStackable: boolean
  readonly reason: string
  readonly given: readonly Money[]
}

/** What the editor offers to choose from. */
export type PromotionChoices = {
  readonly currencies: readonly string[]
  readonly campaigns: readonly { readonly id: string; readonly name: string }[]
  readonly productGroups: readonly string[]
  readonly channels: readonly { readonly id: string; readonly code: string; readonly name: string }[]
  readonly today: LocalDate
}

export type CodeRow = {
  readonly id: string
  readonly code: string
  readonly state: 'active' | 'disabled'
  readonly redeemed: number
  readonly maxRedemptions: number | null
}
