import { bank, type ChartAccount } from '../ledger/chart.ts'
import { type Money, subtract } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** How money came in. */
export const paymentMethods = ['transfer', 'cash', 'cheque', 'card', 'wallet', 'other'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

/** Who paid, as the bank or the person at the counter told; what is not known is null. */
export type Payer = { readonly name: string | null; readonly iban: string | null }

/** Money received of a buyer. `allocated` settles documents, `refunded` went back; what is left is unapplied cash. */
export type Payment = {
  readonly id: string
  readonly accountId: string
  /** The fact behind it; one fact is one payment. */
  readonly sourceKey: string
  readonly method: PaymentMethod
  /** Code of the ledger account the money lies on. */
  readonly heldAt: string
  readonly amount: Money
  readonly allocated: Money
  readonly refunded: Money
  /** The seller's day on which the money came. */
  readonly receivedOn: LocalDate
  readonly reference: string | null
  readonly payer: Payer
  readonly createdAt: Date
}

/** What of a payment settles nothing yet and was not given back. */
export function unappliedOf({ amount, allocated, refunded }: Pick<Payment, 'amount' | 'allocated' | 'refunded'>): Money {
  return subtract(subtract(amount, allocated), refunded)
}

/** Where a payment stands: its use, as lists show it. `returned` when all of it went back. */
export type PaymentState = 'unapplied' | 'partly-applied' | 'applied' | 'returned'
export const paymentStates: readonly PaymentState[] = ['unapplied', 'partly-applied', 'applied', 'returned']

/** The state of a payment by its sums: nothing settled yet, a part, all that was kept, or all of it gone back. */
export function paymentStateOf(payment: Pick<Payment, 'amount' | 'allocated' | 'refunded'>): PaymentState {
  if (payment.refunded.minor === payment.amount.minor) return 'returned'
  if (unappliedOf(payment).minor === 0n) return 'applied'
  return payment.allocated.minor === 0n ? 'unapplied' : 'partly-applied'
}

/** The ledger account of `code` that money lies on: a bank account, what a gateway or the parent holds. */
export function heldAtOf(code: string): ChartAccount {
  return { code, kind: 'asset' }
}

/** The day a payment is booked on: the day it came, or today when the books of that month are closed up to `lastClosed` (YYYY-MM). */
export function bookingDayOf(facts: { receivedOn: LocalDate; lastClosed: string | null; today: LocalDate }): LocalDate {
  const { receivedOn, lastClosed, today } = facts
  return lastClosed !== null && receivedOn.slice(0, 7) <= lastClosed ? today : receivedOn
}

/** The smaller one of two amounts of one currency. */
export function lesser(a: Money, b: Money): Money {
  return subtract(a, b).minor < 0n ? a : b
}

/** Cash that was taken over the counter. */
const cash: ChartAccount = { code: 'cash', kind: 'asset' }

/** Where money that staff record lies: cash in the till, everything else at the bank. */
export function placeOf(method: PaymentMethod): ChartAccount {
  return method === 'cash' ? cash : bank
}
