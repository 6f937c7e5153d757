import { type Money, money } from '#app/domain/money/money.ts'
import { type PromotionState, PromotionTerms } from '#app/domain/promo/promotion.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { Days, PromotionListRow } from './shape.ts'

type Sum = { readonly currency: string; readonly minor: string }
export type Sums = readonly Sum[] | null

/** Sums by currency as stored JSON. */
export function toMoneys(sums: Sums): Money[] {
  return (sums ?? []).map(({ currency, minor }) => money(BigInt(minor), currency))
}

/** The seller's days of `[startsAt, endsAt)`. */
export function daysOf(startsAt: Date, endsAt: Date | null, zone: string): Days {
  return { first: localDateOf(startsAt, zone), last: endsAt === null ? null : localDateOf(new Date(endsAt.getTime() - 1), zone) }
}

/** A name in `language`, else in any. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? Object.values(names)[0] ?? ''
}

export type PromotionColumns = {
  id: string
  name: Record<string, string>
  code: string
  terms: unknown
  scopes: PromotionListRow['scopes']
  state: PromotionState
  startsAt: Date
  endsAt: Date | null
  redeemed: number
  limit: number | null
  campaignId: string | null
  campaignName: string | null
  costs: Sums
}

/** A row of `promotionColumns` as the pages show it. */
export function toPromotionRow(row: PromotionColumns, page: { language: string; zone: string }): PromotionListRow {
  const { id, code, scopes, state, redeemed, limit } = row
  return {
    id,
    code,
    scopes,
    state,
    redeemed,
    limit,
    name: nameIn(row.name, page.language),
    terms: PromotionTerms.parse(row.terms),
    days: daysOf(row.startsAt, row.endsAt, page.zone),
    campaign: row.campaignId && row.campaignName !== null ? { id: row.campaignId, name: row.campaignName } : null,
    costs: toMoneys(row.costs),
  }
}
