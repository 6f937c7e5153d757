import type { DocumentType } from '../invoice/document-type.ts'

/** What a recipient can be sent. */
export const recipientDocuments = ['invoice', 'credit-note', 'statement'] as const
export type RecipientDocument = (typeof recipientDocuments)[number]

/** Files inside the mail, or links in it that work for a while without signing in. */
export const deliveryManners = ['attached', 'linked'] as const
export type DeliveryManner = (typeof deliveryManners)[number]

/** How an account wants its documents. */
export type DeliveryPreference = {
  readonly manner: DeliveryManner
  readonly hasXml: boolean
  /** Invoices tell apart what was used in each project. */
  readonly byProject: boolean
}

/** What counts for an account that never said anything. */
export const usualPreference: DeliveryPreference = { manner: 'attached', hasXml: false, byProject: false }

/** Whom documents go to; `language` null is the document's own. */
export type Recipient = { readonly name: string; readonly email: string; readonly language: string | null }

/** At most so many recipients has an account. */
export const mostRecipients = 20

/** How long a mailed link works, in days. */
export const linkDays = 30

/** The kind a recipient chooses by: whatever asks for money or tells of it goes with the invoices. */
export function recipientDocumentOf(type: DocumentType): RecipientDocument {
  return type === 'credit-note' ? 'credit-note' : 'invoice'
}

/** An address as it is kept and compared: mailboxes that differ in capitals alone are one. */
export function plainAddress(email: string): string {
  return email.trim().toLowerCase()
}
