import type { Money } from '#app/domain/money/money.ts'
import type { PaymentMethod, PaymentState } from '#app/domain/payment/payment.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** A payment as lists show it. */
export type PaymentRow = {
  readonly id: string
  readonly accountId: string
  readonly buyerName: string
  readonly receivedOn: LocalDate
  readonly method: PaymentMethod
  readonly reference: string | null
  readonly amount: Money
  readonly unapplied: Money
  readonly refunded: Money
  readonly state: PaymentState
}

export type PaymentList = { readonly rows: readonly PaymentRow[]; readonly nextCursor: string | null }

/** What of a payment, or of a credit note, settles a document. */
export type AllocationView = {
  readonly id: string
  readonly invoiceId: string
  readonly number: string
  readonly amount: Money
  readonly rounding: Money
  readonly at: Date
  readonly by: string | null
  readonly reversedAt: Date | null
  readonly reversalReason: string | null
}

export type RefundView = {
  readonly id: string
  readonly kind: 'refund' | 'return'
  readonly amount: Money
  readonly refundedOn: LocalDate
  readonly reason: string
  readonly by: string | null
}

export type PaymentDetail = PaymentRow & {
  readonly payerName: string | null
  readonly payerIban: string | null
  readonly allocated: Money
  readonly recordedBy: string | null
  readonly createdAt: Date
  readonly allocations: readonly AllocationView[]
  readonly refunds: readonly RefundView[]
}

/** What settled a document: a payment on a day, or another document's credit. */
export type SettlementView = {
  readonly id: string
  readonly kind: 'payment' | 'credit'
  /** The payment, or the credit note. */
  readonly sourceId: string
  readonly day: LocalDate
  readonly method: PaymentMethod | null
  readonly reference: string | null
  readonly amount: Money
  readonly isReversed: boolean
}
