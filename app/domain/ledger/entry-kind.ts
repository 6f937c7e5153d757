/** Which fact of business an entry books. */
export const entryKinds = [
  'invoice',
  'credit-note',
  'debit-note',
  'void',
  'payment',
  'allocation',
  'refund',
  'top-up',
  'prepaid-use',
  'credit-grant',
  'credit-expiry',
  'write-off',
  'gateway-payout',
  'gateway-fee',
  'dispute-loss',
  'purchase',
  'settlement',
  'payout',
  'deferral',
  'exchange',
  'rounding',
  'reversal',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** Kinds that book what became of a document: they stand as long as its state does. A deferral stands as long as what its months earn. */
const documentKinds: readonly EntryKind[] = ['invoice', 'credit-note', 'debit-note', 'void', 'write-off', 'deferral']

/** Kinds that book what became of a payment: they stand as long as its allocations and refunds do. */
const paymentKinds: readonly EntryKind[] = ['payment', 'allocation', 'refund', 'rounding']

/** Kinds that book what became of a prepaid balance: they stand as long as its grants do. */
const balanceKinds: readonly EntryKind[] = ['top-up', 'prepaid-use', 'credit-grant', 'credit-expiry']

/** What must be known of an entry to reverse it. */
export type ReversalFacts = { readonly kind: EntryKind; readonly isReversed: boolean }
export type NotReversible = 'belongs-to-document' | 'belongs-to-payment' | 'belongs-to-balance' | 'is-reversal' | 'already-reversed'

/**
 * Why an entry cannot be reversed by hand; null when it can. What a document booked is taken back by a credit note or by voiding the
 * document, which changes both; what a payment or a balance booked, on their pages. A reversal is not reversed: what was right all along is
 * booked anew.
 */
export function whyNotReversible({ kind, isReversed }: ReversalFacts): NotReversible | null {
  if (documentKinds.includes(kind)) return 'belongs-to-document'
  if (paymentKinds.includes(kind)) return 'belongs-to-payment'
  if (balanceKinds.includes(kind)) return 'belongs-to-balance'
  if (kind === 'reversal') return 'is-reversal'
  return isReversed ? 'already-reversed' : null
}
