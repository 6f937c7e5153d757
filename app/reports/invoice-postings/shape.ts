import type { Money } from '#app/domain/money/money.ts'

/** One side of an entry that an invoice was booked with: a debit is above zero, a credit below. */
export type InvoicePosting = { readonly id: string; readonly code: string; readonly amount: Money; readonly occurredAt: Date }
