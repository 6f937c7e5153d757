/** What a document is. Each type counts in a series of its own. */
export type DocumentType = 'invoice' | 'credit-note' | 'debit-note' | 'pro-forma' | 'prepayment-receipt' | 'self-billed'
