import type { DocumentType } from '../invoice/document-type.ts'
import { type InvoiceStatus, type ShownStatus, statusOf } from '../invoice/invoice-status.ts'
import { add, type Money, money, subtract, sum } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'
import { lesser, type Payment, unappliedOf } from './payment.ts'

/** Differences up to this many minor units may be rounded away when a document is settled to the unit. */
export const roundingLimitMinor = 5n

/** A document that asks for a payment, and what of it is settled. */
export type SettledDocument = {
  readonly accountId: string
  readonly documentType: DocumentType
  readonly status: InvoiceStatus
  readonly total: Money
  readonly paid: Money
}

/** How much of a payment settles a document. `rounding`: forgiven (above zero) or kept (below zero), so that nothing is left open. */
export type Share = { readonly amount: Money; readonly rounding: Money }

export type AllocationProblem =
  | 'amount-not-positive'
  | 'other-account'
  | 'other-currency'
  | 'invoice-not-payable'
  | 'more-than-unapplied'
  | 'more-than-open'
  | 'rounding-too-large'

/** What is open of a document. */
export function openOf({ total, paid }: Pick<SettledDocument, 'total' | 'paid'>): Money {
  return subtract(total, paid)
}

/** Whether a document can be settled by payments: one that asks for money and is not withdrawn. What was given up may still be paid. */
export function isPayable({ documentType, status }: { readonly documentType: DocumentType; readonly status: ShownStatus }): boolean {
  return (
    (documentType === 'invoice' || documentType === 'debit-note') && ['open', 'partly-paid', 'overdue', 'uncollectible'].includes(status)
  )
}

/**
 * Whether `share` of `payment` may settle `document`; the answer is what the document is settled by, rounding included. Refuses another
 * buyer's or currency's document, more than the payment has unapplied or the document has open, and rounding that is too large or
 * leaves something open.
 */
export function checkShare(
  payment: Pick<Payment, 'accountId' | 'amount' | 'allocated' | 'refunded'>,
  document: SettledDocument,
  { amount, rounding }: Share,
): Result<Money, AllocationProblem> {
  if (document.accountId !== payment.accountId) return err('other-account')
  const { currency } = payment.amount
  if (document.total.currency !== currency || amount.currency !== currency || rounding.currency !== currency) return err('other-currency')
  if (amount.minor <= 0n) return err('amount-not-positive')
  if (!isPayable(document)) return err('invoice-not-payable')
  if (amount.minor > unappliedOf(payment).minor) return err('more-than-unapplied')
  const settled = add(amount, rounding)
  const open = openOf(document)
  if (settled.minor > open.minor) return err('more-than-open')
  return isSmall(rounding) && (rounding.minor === 0n || settled.minor === open.minor) ? ok(settled) : err('rounding-too-large')
}

function isSmall({ minor }: Money): boolean {
  return minor <= roundingLimitMinor && minor >= -roundingLimitMinor
}

/** What rounds the difference between `amount` and what is open away; nothing when they differ by more than the limit. */
export function roundingFor(amount: Money, open: Money): Money {
  const difference = subtract(open, amount)
  return isSmall(difference) ? difference : money(0n, amount.currency)
}

export type OpenDocument = { readonly id: string; readonly dueDate: LocalDate; readonly number: string; readonly open: Money }

/**
 * `available` spread over `documents` until it is used up: the one due first comes first, then by number. Documents that get nothing are
 * left out; the shares never exceed what is available nor what each has open.
 * @throws InvariantError when a document is in another currency.
 */
export function oldestFirst(available: Money, documents: readonly OpenDocument[]): { readonly id: string; readonly amount: Money }[] {
  const shares: { id: string; amount: Money }[] = []
  for (const { id, open } of documents.toSorted(byDueDate)) {
    const left = subtract(
      available,
      sum(
        available.currency,
        shares.map(({ amount }) => amount),
      ),
    )
    const amount = lesser(left, open)
    if (amount.minor > 0n) shares.push({ id, amount })
  }
  return shares
}

function byDueDate(a: OpenDocument, b: OpenDocument): number {
  return a.dueDate.localeCompare(b.dueDate) || a.number.localeCompare(b.number)
}

/**
 * The status of a document once `paid` of it is settled. One that was given up stays so until all of it is paid, and is given up again
 * when such a payment is taken back.
 */
export function settledStatus(document: { total: Money; paid: Money; isGivenUp: boolean }): InvoiceStatus {
  const status = statusOf(document)
  return document.isGivenUp && status !== 'paid' ? 'uncollectible' : status
}

export type CreditUseProblem =
  | 'credit-not-usable'
  | 'more-than-credit'
  | Exclude<AllocationProblem, 'more-than-unapplied' | 'rounding-too-large'>

/** Why `amount` of what is left of `note` may not settle `document`; null when it may. What was given up is not settled by credit. */
export function checkCreditUse(note: SettledDocument, document: SettledDocument, amount: Money): CreditUseProblem | null {
  if (note.documentType !== 'credit-note' || note.status === 'void') return 'credit-not-usable'
  if (document.accountId !== note.accountId) return 'other-account'
  if (document.total.currency !== note.total.currency || amount.currency !== note.total.currency) return 'other-currency'
  if (amount.minor <= 0n) return 'amount-not-positive'
  if (!isPayable(document) || document.status === 'uncollectible') return 'invoice-not-payable'
  if (amount.minor > openOf(note).minor) return 'more-than-credit'
  return amount.minor > openOf(document).minor ? 'more-than-open' : null
}
