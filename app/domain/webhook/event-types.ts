import type { DocumentType } from '../invoice/document-type.ts'
import type { InvoiceStatus } from '../invoice/invoice-status.ts'

/** What endpoints can ask to be told of. The names are an interface: they stay. */
export const webhookEventTypes = [
  'invoice.finalised',
  'credit-note.finalised',
  'debit-note.finalised',
  'pro-forma.finalised',
  'invoice.paid',
  'invoice.voided',
  'budget.threshold-reached',
  'export.ready',
] as const
export type WebhookEventType = (typeof webhookEventTypes)[number]

/** What happened inside, with the document as it stands now. */
export type InternalEvent = {
  readonly name: 'invoice/finalised' | 'invoice/voided' | 'invoice/settled' | 'payment.allocated'
  readonly documentType: DocumentType
  readonly status: InvoiceStatus
}

const finalised: Partial<Record<DocumentType, WebhookEventType>> = {
  invoice: 'invoice.finalised',
  'credit-note': 'credit-note.finalised',
  'debit-note': 'debit-note.finalised',
  'pro-forma': 'pro-forma.finalised',
}

/** The one place where internal events become public ones: internals may change, this list may not. Null: nobody is told. */
export function webhookTypeOf({ name, documentType, status }: InternalEvent): WebhookEventType | null {
  if (name === 'invoice/finalised') return finalised[documentType] ?? null
  if (documentType === 'credit-note') return null
  if (name === 'invoice/voided') return status === 'void' ? 'invoice.voided' : null
  return status === 'paid' ? 'invoice.paid' : null
}
