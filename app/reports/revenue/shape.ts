import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { Money } from '#app/domain/money/money.ts'

/** What a row of the report stands for. */
export const revenueViews = ['product', 'account', 'month', 'document'] as const
export type RevenueView = (typeof revenueViews)[number]

/** What was invoiced for one thing in one currency, net. */
export type RevenueRow = {
  /** Names the row within its view and currency: a product's name as documents print it, an account, a month, a document. */
  readonly key: string
  /** A product's names by language; null for what has no product. */
  readonly product: Readonly<Record<string, string>> | null
  /** What stands in place of a product: a meter, `discount`, `item`, `credit`. */
  readonly subject: string | null
  /** Of an account, or of a document's buyer. */
  readonly name: string | null
  readonly number: string | null
  readonly documentType: DocumentType | null
  readonly documents: number
  readonly net: Money
}

export type Revenue = { readonly rows: readonly RevenueRow[]; readonly totals: readonly Money[]; readonly count: number }
