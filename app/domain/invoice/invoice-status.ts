import type { Money } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'

/** Where a finalised document stands. Its content never changes; only this does. `issued` asks for no payment. */
export type InvoiceStatus = 'open' | 'partly-paid' | 'paid' | 'void' | 'uncollectible' | 'issued'

/** The same as people see it: what is open past its due date is overdue. */
export type ShownStatus = InvoiceStatus | 'overdue'

/** Every one of them, in the order lists offer them. */
export const shownStatuses: readonly ShownStatus[] = ['open', 'partly-paid', 'overdue', 'paid', 'uncollectible', 'void', 'issued']

const followers: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  open: ['partly-paid', 'paid', 'void', 'uncollectible'],
  'partly-paid': ['open', 'paid', 'uncollectible'],
  // A chargeback or a returned transfer takes the payment away again.
  paid: ['open', 'partly-paid'],
  void: [],
  // What was given up may still be paid.
  uncollectible: ['partly-paid', 'paid'],
  // A pro-forma may be withdrawn.
  issued: ['void'],
}

/** `to`, when a document may go there from `from`; staying is allowed, so that a repeat is harmless. */
export function changeStatus(from: InvoiceStatus, to: InvoiceStatus): Result<InvoiceStatus, 'status-change-not-allowed'> {
  return from === to || followers[from].includes(to) ? ok(to) : err('status-change-not-allowed')
}

/** The status a payable document has by what was settled of it, by payments and credits: one over nothing is paid. */
export function statusOf({ total, paid }: { total: Money; paid: Money }): 'open' | 'partly-paid' | 'paid' {
  if (paid.minor >= total.minor) return 'paid'
  return paid.minor > 0n ? 'partly-paid' : 'open'
}

/** What people see on `today`, a date of the seller's zone; the due date itself is in time. */
export function shownStatus({ status, dueDate, today }: { status: InvoiceStatus; dueDate: LocalDate; today: LocalDate }): ShownStatus {
  const isOpen = status === 'open' || status === 'partly-paid'
  return isOpen && dueDate < today ? 'overdue' : status
}
