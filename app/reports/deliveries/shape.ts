import type { DeliveryPreference, RecipientDocument } from '#app/domain/delivery/recipients.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'

export type DeliveryState = 'sending' | 'accepted' | 'bounced' | 'withheld'

/** One mail with one document, as staff see it. */
export type DeliveryView = {
  readonly id: string
  readonly invoiceId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly accountId: string
  readonly accountName: string
  readonly recipient: string
  readonly recipientName: string | null
  readonly manner: 'attached' | 'linked'
  readonly state: DeliveryState
  readonly messageId: string | null
  readonly statusCode: string | null
  readonly reason: string | null
  readonly isAskedFor: boolean
  readonly createdAt: Date
  /** When the state was reached; the opening while it waits. */
  readonly at: Date
  /** How often the link in the mail gave its document; never for mails with files. */
  readonly openedCount: number
  readonly firstOpenedAt: Date | null
  readonly lastOpenedAt: Date | null
}

export type DeliveryList = { readonly rows: readonly DeliveryView[]; readonly nextCursor: string | null }

/** Whom an account's documents go to, and how. */
export type DeliverySettings = {
  readonly account: { readonly id: string; readonly name: string; readonly email: string }
  readonly preference: DeliveryPreference
  readonly recipients: readonly {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly language: string | null
    readonly documents: readonly RecipientDocument[]
  }[]
  readonly bounced: readonly { readonly address: string; readonly reason: string; readonly bouncedAt: Date }[]
}

/** What a mailed link leads to. */
export type LinkedDocumentView = {
  readonly isExpired: boolean
  readonly documentType: DocumentType
  readonly number: string
  readonly pdf: string
  readonly xml: string | null
}
