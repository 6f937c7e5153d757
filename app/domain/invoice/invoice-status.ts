import type { Money } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** Where a finalised invoice stands. Its content never changes; only this does. */
export type InvoiceStatus = 'open' | 'partly-paid' | 'paid' | 'overdue' | 'void' | 'uncollectible'

const followers: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  open: ['partly-paid', 'paid', 'overdue', 'void', 'uncollectible'],
  'partly-paid': ['open', 'paid', 'overdue', 'uncollectible'],
  overdue: ['open', 'partly-paid', 'paid', 'void', 'uncollectible'],
  // A chargeback or a returned transfer takes the payment away again.
  paid: ['open', 'partly-paid', 'overdue'],
  void: [],
  uncollectible: ['partly-paid', 'paid'],
}

/** `to`, when an invoice may go there from `from`; staying is allowed, so that a repeat is harmless. */
export function changeStatus(from: InvoiceStatus, to: InvoiceStatus): Result<InvoiceStatus, 'status-change-not-allowed'> {
  return from === to || followers[from].includes(to) ? ok(to) : err('status-change-not-allowed')
}

/** The status a collectible invoice has by what was paid of it: an invoice over nothing is paid. */
export function statusOf({ total, paid, isPastDue }: { total: Money; paid: Money; isPastDue: boolean }): InvoiceStatus {
  if (paid.minor >= total.minor) return 'paid'
  if (isPastDue) return 'overdue'
  return paid.minor > 0n ? 'partly-paid' : 'open'
}
