import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { InvoiceBuyer, InvoiceSeller } from './invoice-facts.ts'
import type { Language } from './languages.ts'

/** What both kinds of statement are about. Days are in the seller's zone; the period's end is exclusive. All amounts are in `currency`. */
type StatementSubject = {
  readonly language: Language
  /** The seller's IANA zone. */
  readonly zone: string
  readonly seller: InvoiceSeller
  readonly buyer: InvoiceBuyer
  readonly currency: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  /** Stands as creation date in the file. */
  readonly createdAt: Date
}

export type AccountEntryKind =
  | 'invoice'
  | 'debit-note'
  | 'credit-note'
  | 'void'
  | 'self-billed'
  | 'payment'
  | 'refund'
  | 'chargeback'
  | 'write-off'
  | 'account-credit'
  | 'set-off'
  | 'correction'

/** One entry of an account: `amount` is what it adds to what the buyer owes, negative for what it takes off. `number` is that of its document. */
export type AccountEntryFacts = {
  readonly date: LocalDate
  readonly kind: AccountEntryKind
  readonly number?: string
  /** Words of the entry's own, as they are. */
  readonly text?: string
  readonly amount: Money
}

/** An account over a period, in order of date: `opening` plus all entries is `closing`; a positive balance is owed by the buyer. */
export type AccountStatementFacts = StatementSubject & {
  readonly opening: Money
  readonly entries: readonly AccountEntryFacts[]
  readonly closing: Money
}

export type PayoutEntryKind =
  | 'collected'
  | 'buy-price'
  | 'financial-charge'
  | 'refund'
  | 'chargeback'
  | 'dispute-hold'
  | 'reserve-hold'
  | 'hold-released'
  | 'correction'

/** One entry of a payout: `amount` is what it adds to what the reseller gets, negative for what is kept. */
export type PayoutEntryFacts = {
  readonly date: LocalDate
  readonly kind: PayoutEntryKind
  readonly number?: string
  /** Name of the reseller's customer it came from. */
  readonly customer?: string
  readonly amount: Money
}

/**
 * What a reseller (`buyer`) is paid for a period and why, in order of date: `carriedOver` plus all entries is `payout`. A negative payout is
 * carried over to the next one. `number` is that of the self-billed document, `payOn` the day it is paid.
 */
export type PayoutStatementFacts = StatementSubject & {
  readonly number?: string
  readonly carriedOver: Money
  readonly entries: readonly PayoutEntryFacts[]
  readonly payout: Money
  readonly payOn?: LocalDate
}
