import type { DocumentFrame, LabelledValue } from './invoice-document.ts'

/** One row of a statement, as printed. `detail` is the small print under the description. */
export type StatementDocumentRow = {
  readonly date: string
  readonly description: string
  readonly detail?: string
  readonly amount: string
  readonly balance: string
}

/**
 * A list of entries between two balances, already formatted in the document's language: a statement of account, or the statement that
 * explains a payout to a reseller. `opening` stands above the rows, `closing` below them, printed largest.
 */
export type StatementDocument = DocumentFrame & {
  readonly columns: { readonly date: string; readonly description: string; readonly amount: string; readonly balance: string }
  readonly opening: LabelledValue
  readonly rows: readonly StatementDocumentRow[]
  /** Sums between the rows and the closing balance. */
  readonly totals: readonly LabelledValue[]
  readonly closing: LabelledValue
}
