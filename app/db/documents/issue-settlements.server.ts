import type { IssueSettlement } from '#app/domain/invoice/issue-settlement.ts'
import { money } from '#app/domain/money/money.ts'

/** What settled a document on its day, as its row keeps it: minor units as texts, the currency is the document's. */
export type StoredSettlement =
  | { readonly kind: 'credit-note'; readonly number: string; readonly amountMinor: string }
  | { readonly kind: 'balance'; readonly source: Extract<IssueSettlement, { kind: 'balance' }>['source']; readonly amountMinor: string }

/** A settlement as a document says it. */
export function settlementOf({ amountMinor, ...facts }: StoredSettlement, currency: string): IssueSettlement {
  return { ...facts, amount: money(BigInt(amountMinor), currency) }
}

/** Settlements as a row keeps them; null for none. */
export function storedSettlements(settlements: readonly IssueSettlement[] | undefined): string | null {
  if (!settlements || settlements.length === 0) return null
  return JSON.stringify(settlements.map(({ amount, ...facts }) => ({ ...facts, amountMinor: amount.minor.toString() })))
}
