import type { BankDetails } from '#app/domain/bank/bank-details.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { DocumentReference } from '#app/domain/invoice/finalised-invoice.ts'
import type { IssueSettlement } from '#app/domain/invoice/issue-settlement.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { MeterCode } from '#app/domain/usage/meters.ts'
import type { Unit } from '#app/domain/usage/units.ts'
import type { Language } from './languages.ts'

/** The seller as its brand pack and its tenant row know it. */
export type InvoiceSeller = {
  /** Trading name and look: what the document wears. `accent` is `#rrggbb`. */
  readonly brand: { readonly name: string; readonly accent: string; readonly logoSvg?: string }
  readonly legalName: string
  readonly address: { readonly street: string; readonly postalCode: string; readonly city: string; readonly country: string }
  readonly taxIds: readonly { readonly kind: 'vat' | 'trn'; readonly value: string }[]
  readonly registration?: { readonly number: string; readonly court: string } | undefined
  readonly management: readonly string[]
  readonly email: string
  readonly phone?: string | undefined
  readonly website?: string | undefined
  readonly bank?: BankDetails
}

export type InvoiceBuyer = {
  readonly name: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly taxId?: string
  /** The account's public id. */
  readonly customerNumber: string
  /** The buyer's own words for it, and the number of its purchase order. */
  readonly reference?: string
  readonly purchaseOrder?: string
}

/** A meter of the product by its code, or one that the seller defined by its name. */
export type SubjectMeter = MeterCode | { readonly name: string }

/** What a line says about itself; a meter's name comes in the document's language, a product's name is the seller's own. */
export type InvoiceLineSubject =
  | { readonly kind: 'setup' | 'recurring' | 'renewal' | 'cancellation'; readonly product: string }
  /** A service that is ordered by itself: its name says it all. */
  | { readonly kind: 'service'; readonly product: string }
  | { readonly kind: 'usage'; readonly meter: SubjectMeter; readonly product?: string }
  | { readonly kind: 'correction'; readonly product?: string; readonly meter?: SubjectMeter }
  /** A correction of the price: what of, and the period of the invoice that brings it. Days are local, the end exclusive. */
  | (ReRatedLine & { readonly kind: 're-rated' })
  /** Words that staff typed, as they are. */
  | { readonly kind: 'item'; readonly text: string }
  | DiscountLineSubject

type ReRatedLine = {
  readonly product?: string
  readonly meter?: SubjectMeter
  readonly feeKind: FeeKind
  readonly start: LocalDate
  readonly end: LocalDate
}

/** A discount by name and place in the order of application; `percent` only of a percentage, `left` only of a fixed amount. */
export type DiscountLineSubject = {
  readonly kind: 'discount'
  readonly name: string
  readonly order: number
  readonly base: Money
  readonly percent?: Decimal
  readonly left?: Money
  readonly isOtherCurrency: boolean
}

export type InvoiceLineFacts = {
  readonly subject: InvoiceLineSubject
  readonly resourceName?: string
  /** `[start, end)` the line covers. */
  readonly period?: { readonly start: Date; readonly end: Date }
  /** Measured, then what of it was included, then what the price is applied to. */
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unit: Unit | 'month'
  /** What the seller calls one unit; without it the unit stands. */
  readonly unitWord?: string
  readonly unitPrice: Decimal
  readonly amount: Money
}

/**
 * `title` (a department) stands only where a document has more than one user; `project` where it is told apart by project, null for what is
 * in none.
 */
export type InvoiceSectionFacts = {
  readonly title?: string
  readonly project?: string | null
  readonly lines: readonly InvoiceLineFacts[]
  readonly subtotal?: Money
}

export type TaxTreatment = 'standard' | 'reverse-charge' | 'outside-scope' | 'zero-rated' | 'exempt'

/** `reason` says why that treatment, by its code; absent where nothing is known of it. */
export type InvoiceTaxFacts = {
  readonly treatment: TaxTreatment
  readonly reason?: string
  readonly ratePercent: Decimal
  readonly base: Money
  readonly tax: Money
}

/** One finalised document, as values; days are `YYYY-MM-DD` in the seller's zone. */
export type InvoiceFacts = {
  readonly documentType: DocumentType
  /** The document that this one changes. */
  readonly refersTo?: DocumentReference
  /** Why it was made, in the issuer's words. */
  readonly reason?: string
  readonly language: Language
  /** The seller's IANA zone: line periods are shown in it. */
  readonly zone: string
  readonly seller: InvoiceSeller
  readonly buyer: InvoiceBuyer
  readonly number: string
  readonly issueDate: string
  readonly dueDate: string
  /** First day, and the day after the last one. */
  readonly periodStart: string
  readonly periodEnd: string
  readonly finalisedAt: Date
  readonly currency: string
  readonly sections: readonly InvoiceSectionFacts[]
  readonly taxes: readonly InvoiceTaxFacts[]
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  /** What settled it on the day of issue. */
  readonly settlements?: readonly IssueSettlement[]
  /** How the buyer pays: by bank transfer, or by a card that is charged without its doing. */
  readonly payment: 'transfer' | 'card'
}
