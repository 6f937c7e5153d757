import type { BankDetails } from '../bank/bank-details.ts'
import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { PostalAddress } from '../shared/postal-address.ts'
import type { LocalDate } from '../time/local-date.ts'
import type { DocumentReference } from './finalised-invoice.ts'

/**
 * What a document is to a machine (UNTDID 1001): pro-forma, invoice, credit note, debit note, prepayment, self-billed. A debit note is
 * 383; formats that want a corrected invoice (384) instead say so themselves.
 */
export type ElectronicTypeCode = '325' | '380' | '381' | '383' | '386' | '389'

/** A party of the document. `vatId` carries its country's prefix, `taxNumber` is any other number a tax office gave. */
export type ElectronicParty = {
  readonly name: string
  readonly tradingName: string | null
  readonly address: PostalAddress
  readonly email: string
  readonly vatId: string | null
  readonly taxNumber: string | null
  /** In the register of companies. */
  readonly registration: string | null
  /** What the other side calls it, e.g. a customer number. */
  readonly identifier: string | null
  readonly contact: { readonly name: string; readonly phone: string } | null
}

/** Days are inclusive here, as the standard has them. */
export type ElectronicPeriod = { readonly start: LocalDate; readonly end: LocalDate }

export type TaxKey = { readonly category: string; readonly rate: Decimal }

/** `net` is what counts; `quantity × unitPrice` gives it, rounded, for a price that is never negative. */
export type ElectronicLine = TaxKey & {
  readonly name: string
  readonly description: string | null
  readonly quantity: Decimal
  /** As the meters name it, `month` or `piece`. */
  readonly unit: string
  readonly unitPrice: Decimal
  readonly net: Money
  readonly period: ElectronicPeriod | null
}

/** A discount on the whole document, or one taken back: `amount` is never negative. */
export type ElectronicAdjustment = TaxKey & {
  readonly kind: 'allowance' | 'charge'
  readonly reason: string
  readonly amount: Money
  readonly percent: { readonly rate: Decimal; readonly base: Money } | null
}

/** Tax of one category and rate; `exemption` says why there is none. */
export type ElectronicTax = TaxKey & { readonly base: Money; readonly tax: Money; readonly exemption: string | null }

/** BT-106 to BT-115 of EN 16931, in order. */
export type ElectronicTotals = {
  readonly lines: Money
  readonly allowances: Money
  readonly charges: Money
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly paid: Money
  readonly due: Money
}

/** How it is settled: a transfer, against what the other side owes, or it is paid already. `terms` are the words for it. */
export type ElectronicPayment = { readonly terms: string; readonly reference: string } & (
  | { readonly means: 'transfer'; readonly bank: BankDetails | null }
  | { readonly means: 'set-off' | 'paid' }
)

/** One document as EN 16931 sees it, before a syntax is chosen. All amounts are in `currency`. */
export type ElectronicInvoice = {
  readonly typeCode: ElectronicTypeCode
  readonly number: string
  readonly issueDate: LocalDate
  /** Null where nothing falls due. */
  readonly dueDate: LocalDate | null
  readonly currency: string
  readonly notes: readonly string[]
  readonly buyerReference: string
  readonly purchaseOrder: string | null
  readonly refersTo: DocumentReference | null
  readonly period: ElectronicPeriod
  readonly seller: ElectronicParty
  readonly buyer: ElectronicParty
  readonly payment: ElectronicPayment
  readonly lines: readonly ElectronicLine[]
  readonly adjustments: readonly ElectronicAdjustment[]
  readonly taxes: readonly ElectronicTax[]
  readonly totals: ElectronicTotals
}
