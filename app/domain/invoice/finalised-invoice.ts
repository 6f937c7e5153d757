import type { BankDetails } from '../bank/bank-details.ts'
import type { SaleUnit } from '../catalog/service-sale.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'
import type { DocumentType } from './document-type.ts'
import type { IssueSettlement } from './issue-settlement.ts'
import type { ProjectShare } from './project-shares.ts'

/** A name by language tag, e.g. `{ en: "Web 1", de: "Web 1" }`. */
export type Names = Readonly<Record<string, string>>

/** The seller as it stood on the day of issue. */
export type InvoiceSeller = {
  readonly tenantId: string
  readonly slug: string
  readonly legalName: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  readonly email: string
  readonly timeZone: string
  /** Where it is paid; absent while the seller has told no account. */
  readonly bank?: BankDetails
  /** The parent, when it issues the document: name, address, tax ids and account above are its own. Absent on the seller's own documents. */
  readonly issuer?: IssuerReference
}

/** Whose legal facts stand on a document, and what its numbers begin with. */
export type IssuerReference = { readonly tenantId: string; readonly slug: string; readonly numberPrefix: string }

/** The payer as it stood on the day of issue. */
export type InvoiceBuyer = {
  readonly accountId: string
  readonly kind: 'personal' | 'business' | 'enterprise'
  readonly name: string
  readonly email: string
  readonly addressLines: readonly string[]
  readonly country: string
  readonly vatId: string | null
  /** The buyer's own words for it, e.g. a cost centre; absent when it gave none. */
  readonly reference?: string
  /** Number of the buyer's purchase order. */
  readonly purchaseOrder?: string
}

/** `item` was typed by staff, `credit` is an amount credited without naming a line. */
export type InvoiceLineKind = 'setup' | 'recurring' | 'renewal' | 'cancellation' | 'usage' | 'correction' | 'discount' | 'item' | 'credit'

/** What a discount line says; decimals and minor units as texts. `order` is its place in the order of application. */
export type DiscountSubject = {
  readonly name: Names
  readonly order: number
  readonly method: 'percent' | 'amount' | 'units'
  readonly percent: string | null
  readonly baseMinor: string
  /** What of a fixed amount carries over, in its own currency. */
  readonly leftMinor: string | null
  readonly leftCurrency: string | null
  /** Why it took nothing; null when it did. */
  readonly refusal: string | null
}

/** A meter that the seller defined, in the words it had when the document was made. */
export type NamedMeter = { readonly names: Names; readonly unit: string; readonly unitWords: Names }

/** What a line is about, in facts: the words are found when the document is made. Plain JSON. */
export type LineSubject = {
  /** Who used it: the payer, or one of its departments. */
  readonly section: string
  readonly product: Names | null
  /** Only of a fee for a service that is ordered by itself: what it is counted in. Its name says it all. */
  readonly soldAs?: SaleUnit
  readonly meter: string | null
  /** Only of a meter that is none of the product's. */
  readonly ownMeter?: NamedMeter
  /** Name of the subscription, or of the one resource; null when many resources add up. */
  readonly resource: string | null
  readonly resources: number
  /** First day of the month the usage or fee belongs to. */
  readonly billingPeriod: LocalDate
  /** Only of a discount line. */
  readonly discount?: DiscountSubject
  /** Only of a correction that a re-rating made: which fee or use it is of, and the period of the invoice it stands on. */
  readonly reRated?: { readonly feeKind: FeeKind; readonly start: LocalDate; readonly end: LocalDate }
  /** Which projects it was in; only where the payer wants documents so, and never of a credit. */
  readonly projects?: readonly ProjectShare[]
  /** What staff typed; only of an `item` line, and of lines that credit one. */
  readonly text?: string
}

/** One line as shown. Quantities in `unit`, unit price in major units, `net` rounded once. */
export type FinalisedLine = {
  readonly id: string
  readonly sectionAccountId: string
  readonly kind: InvoiceLineKind
  readonly subject: LineSubject
  readonly quantity: Decimal
  readonly unit: string
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly net: Money
  readonly taxCategory: string
  readonly taxRate: Decimal
  readonly period: Period
}

/** VAT of one rate: percent, base and tax. `reason` says why this treatment. */
export type FinalisedTax = {
  readonly category: string
  readonly rate: Decimal
  readonly base: Money
  readonly tax: Money
  readonly reason: string
}

/** The document that another one credits or debits. */
export type DocumentReference = { readonly number: string; readonly issueDate: LocalDate }

/** A document that never changes any more (B21). Dates are the seller's; the period's end is exclusive. A credit note's amounts are positive. */
export type FinalisedInvoice = {
  readonly id: string
  readonly accountId: string
  readonly contractId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly issueDate: LocalDate
  readonly dueDate: LocalDate
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly finalisedAt: Date
  readonly language: string
  /** What a credit or debit note changes; null for documents that stand alone. */
  readonly refersTo: DocumentReference | null
  /** Why it was made, in the issuer's words; null when there is nothing to explain. */
  readonly reason: string | null
  readonly seller: InvoiceSeller
  readonly buyer: InvoiceBuyer
  readonly lines: readonly FinalisedLine[]
  readonly taxes: readonly FinalisedTax[]
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  /** What settled it on the day of issue, in that order; absent where nothing did. */
  readonly settlements?: readonly IssueSettlement[]
}
