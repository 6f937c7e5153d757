/** What a document is. Each type counts in a series of its own. */
export type DocumentType = 'invoice' | 'credit-note' | 'debit-note' | 'pro-forma' | 'prepayment-receipt' | 'self-billed'

/** Every type, in the order lists show them. */
export const documentTypes: readonly DocumentType[] = [
  'invoice',
  'credit-note',
  'debit-note',
  'pro-forma',
  'prepayment-receipt',
  'self-billed',
]
