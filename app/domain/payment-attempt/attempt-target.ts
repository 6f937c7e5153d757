import type { Money } from '../money/money.ts'

/** What an attempt is for. */
export type AttemptPurpose = 'invoices' | 'order' | 'top-up' | 'method'

/** What an attempt pays, and how much of it. While the attempt is open nothing else pays the same. */
export type AttemptTarget = { readonly kind: 'invoice' | 'order' | 'wallet' | 'method'; readonly id: string; readonly amount: Money }
