import type { Money } from '#app/domain/money/money.ts'

export type ChargeCategory = 'Usage' | 'Purchase' | 'Tax' | 'Credit' | 'Adjustment'

export type ChargeListFilter = {
  readonly accountId?: string | undefined
  readonly productId?: string | undefined
  readonly category?: ChargeCategory | undefined
  readonly month?: string | undefined
  readonly invoiced?: 'yes' | 'no' | undefined
  readonly page: number
}
export type ChargeRow = {
  readonly id: string
  readonly publicId: string
  readonly accountId: string
  readonly accountName: string
  readonly resourceName: string | null
  /** The meter's code, or the kind of fee: `setup`, `recurring`. */
  readonly description: string
  readonly category: ChargeCategory
  readonly isCorrection: boolean
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly quantity: string
  readonly unit: string
  readonly unitPrice: string
  /** Running amount before rounding, decimal text in major units. */
  readonly amount: string
  readonly currency: string
  /** Which price version was taken, e.g. "retail v3". */
  readonly reason: string
  readonly invoiceId: string | null
  readonly invoiceNumber: string | null
}
export type ChargeList = {
  readonly rows: readonly ChargeRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
  readonly totals: readonly Money[]
  /** The month that is shown, asked for or not; null for all months of an account. */
  readonly month: string | null
  readonly months: readonly string[]
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  /** Names of the product asked for, by language. */
  readonly product: Readonly<Record<string, string>> | null
}
