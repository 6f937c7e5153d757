import type { TenantContext } from '#app/db/context.server.ts'
import type { FocusRow } from '#app/domain/focus/focus-row.ts'
import type { ListPrice } from '#app/domain/focus/list-price.ts'
import { type DocumentRows, rowsOfDocument } from '#app/domain/focus/rows-of-document.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type ChargePage, type ChargePlace, focusCharges } from './charges.server.ts'
import { type FocusDocumentRow, type FocusScope, focusDocuments } from './documents.server.ts'
import { focusLines, focusTaxes } from './lines.server.ts'
import { focusListPrices } from './list-prices.server.ts'

/** Runs a read in a transaction of its own, with the rights of whoever the file is for. */
export type Reading = <T>(work: (ctx: TenantContext) => Promise<T>) => Promise<T>

/**
 * The rows of a FOCUS file, some at a time, however long it is: a row for each charge, for each line without charges, for tax by rate, and
 * one for what rounding took or gave. A hundred documents at a time, in order of id. Documents do not change, so that pages of several
 * transactions fit together.
 */
export async function* focusRows(read: Reading, scope: FocusScope): AsyncGenerator<FocusRow[]> {
  const list = await read((ctx) => focusListPrices(ctx, scope.monthStart))
  for (let afterId: string | null = null; ; ) {
    const after: string | null = afterId
    const documents: FocusDocumentRow[] = await read((ctx) => focusDocuments(ctx, scope, after))
    const last = documents.at(-1)
    if (!last) return
    yield* rowsOfPage(read, documents, list)
    afterId = last.document.id
  }
}

async function* rowsOfPage(read: Reading, documents: readonly FocusDocumentRow[], list: readonly ListPrice[]): AsyncGenerator<FocusRow[]> {
  const byId = new Map(documents.map(({ document }) => [document.id, rowsOfDocument(document, list)]))
  const languages = new Map(documents.map(({ document, language }) => [document.id, language]))
  let after: ChargePlace | null = null
  do {
    const place: ChargePlace | null = after
    const page: ChargePage = await read((ctx) => focusCharges(ctx, languages, place))
    yield page.charges.map(({ invoiceId, charge }) => rowsOf(byId, invoiceId).ofCharge(charge))
    after = page.last
  } while (after !== null)
  yield await restOfPage(read, byId, languages)
}

/** What is not a charge: lines without one, rounding, tax. Rounding counts charges and lines, so it comes after them. */
async function restOfPage(
  read: Reading,
  byId: ReadonlyMap<string, DocumentRows>,
  languages: ReadonlyMap<string, string>,
): Promise<FocusRow[]> {
  const [lines, taxes] = await read(async (ctx) => [await focusLines(ctx, languages), await focusTaxes(ctx, [...byId.keys()])])
  return [
    ...lines.map(({ invoiceId, line }) => rowsOf(byId, invoiceId).ofLine(line)),
    ...[...byId.values()].flatMap((document) => document.ofRounding() ?? []),
    ...taxes.map(({ invoiceId, tax }) => rowsOf(byId, invoiceId).ofTax(tax)),
  ]
}

function rowsOf(byId: ReadonlyMap<string, DocumentRows>, id: string): DocumentRows {
  const rows = byId.get(id)
  invariant(rows, `focus: document ${id} is not of this page`)
  return rows
}
