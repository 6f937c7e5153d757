import type { Money } from '#app/domain/money/money.ts'
import type { RateKind } from '#app/domain/tax/tax-rate.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** First day and the day after the last one. */
export type TaxPeriod = { readonly from: LocalDate; readonly to: LocalDate }

/** What was sold at one rate of one country for one reason, and its tax; what was credited or voided is taken off. */
export type TaxReportLine = {
  /** Whose tax it is: the buyer's country where its rate is charged, else the seller's. */
  readonly country: string
  readonly category: string
  readonly rate: string
  readonly reason: string
  readonly base: Money
  readonly tax: Money
  readonly documents: number
}

/** What one buyer in another member state was sold under reverse charge. */
export type RecapitulativeLine = { readonly accountId: string; readonly name: string; readonly vatId: string | null; readonly base: Money }

/** Tax of one category and rate by the documents and by the books; `corrections` are write-offs and bookings by hand. */
export type TaxCheckLine = {
  readonly category: string
  readonly rate: string
  readonly documents: Money
  readonly booked: Money
  readonly corrections: Money
}

export type TaxReport = {
  readonly period: TaxPeriod
  readonly lines: readonly TaxReportLine[]
  readonly recapitulative: readonly RecapitulativeLine[]
  readonly checks: readonly TaxCheckLine[]
}

/** Which documents stand behind a line. */
export type TaxDocumentFilter = {
  readonly country: string
  readonly category: string
  readonly rate: string
  readonly reason: string
  readonly currency: string
}

export type TaxDocument = {
  readonly invoiceId: string
  readonly number: string
  readonly bookedOn: LocalDate
  readonly buyer: string
  /** What was booked: the document itself, or that it is void. */
  readonly kind: 'invoice' | 'debit-note' | 'credit-note' | 'void'
  readonly base: Money
  readonly tax: Money
}

export type TaxRateRow = {
  /** Null of a rate that ships. */
  readonly id: string | null
  readonly country: string
  readonly kind: RateKind
  readonly percent: string
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly source: string | null
  readonly isInForce: boolean
}

export type TaxSchemeRow = { readonly country: string; readonly taxName: string; readonly idName: string }

export type TaxRegistrationRow = {
  readonly id: string
  readonly kind: string
  readonly country: string | null
  readonly number: string | null
  readonly from: LocalDate
  readonly to: LocalDate | null
}

export type TaxedBook = {
  readonly id: string
  readonly name: string
  readonly currency: string
  readonly behaviour: 'inclusive' | 'exclusive'
  /** Whether something was charged by it: then it stays as it is. */
  readonly isInUse: boolean
}

export type VatIdCheckView = {
  readonly id: string
  readonly vatId: string
  readonly register: string
  readonly outcome: 'valid' | 'invalid' | 'unavailable'
  readonly problem: string | null
  readonly consultationNumber: string | null
  readonly registeredName: string | null
  readonly registeredAddress: string | null
  readonly answer: string
  readonly checkedAt: Date
}

export type ExemptionView = {
  readonly id: string
  readonly country: string
  readonly ground: string
  readonly certificateNumber: string
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly hasPaper: boolean
  readonly isWithdrawn: boolean
}

/** How an account would be taxed today, and why. */
export type AccountTax = {
  readonly accountId: string
  readonly name: string
  readonly country: string
  readonly vatId: string | null
  readonly vatIdStatus: 'none' | 'valid' | 'invalid' | 'pending'
  readonly sellerCountry: string
  readonly treatment: { readonly category: string; readonly rate: string; readonly reason: string } | null
  readonly checks: readonly VatIdCheckView[]
  readonly exemptions: readonly ExemptionView[]
}
