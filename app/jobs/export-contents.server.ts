import type { BookedEntry } from '#app/domain/accounting-export/booked-entry.ts'
import { datevHead, datevRows, datevRowsAtMost } from '#app/domain/accounting-export/datev.ts'
import { journalHead, journalObject, journalRows } from '#app/domain/accounting-export/journal-rows.ts'
import { toWindows1252 } from '#app/domain/accounting-export/windows-1252.ts'
import { focusCells, focusHead } from '#app/domain/focus/focus-row.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { readAging } from '#app/reports/aging/query.server.ts'
import { agingTable } from '#app/reports/aging/table.ts'
import { readBatch } from '#app/reports/exports/batch.server.ts'
import { type EntryPage, type EntryScope, nextEntries, readNumbering } from '#app/reports/exports/entries.server.ts'
import { focusRows, type Reading } from '#app/reports/focus/rows.server.ts'
import { readMargin } from '#app/reports/margin/query.server.ts'
import { boughtSide } from '#app/reports/margin/sides.server.ts'
import { marginTable } from '#app/reports/margin/table.ts'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import { revenueTable } from '#app/reports/revenue/table.ts'
import { withDepartments } from '#app/services/accounts/with-departments.server.ts'
import { inParent, parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { csvLines, inPanel, inTenant, writeSheet } from '#app/wiring.server.ts'

/** A part of a file, and how many rows it holds. */
export type FilePart = { readonly bytes: Uint8Array; readonly rows: number }

export type FileWish = { readonly month: string } & (
  | {
      readonly kind: 'focus'
      readonly side: 'sell' | 'buy'
      readonly accountId: string | null
      /** What the account itself may read of its months, with its departments. */
      readonly isBuyers: boolean
    }
  | { readonly kind: 'accounting'; readonly format: 'datev' | 'csv' | 'jsonl'; readonly currency: string | null }
  | { readonly kind: 'revenue' | 'margin' }
  | { readonly kind: 'aging'; readonly day: string }
)

const utf8 = new TextEncoder()
/** Tells a spreadsheet that the file is UTF-8. */
const byteOrderMark = '\ufeff'

/** The content of a file that was asked for, some rows at a time. */
export function fileParts(tenantId: string, wish: FileWish): AsyncGenerator<FilePart> {
  if (wish.kind === 'focus') return focusParts(tenantId, wish)
  return wish.kind === 'accounting' ? accountingParts(tenantId, wish) : reportParts(tenantId, wish)
}

type FocusWish = FileWish & { kind: 'focus' }

async function* focusParts(tenantId: string, wish: FocusWish): AsyncGenerator<FilePart> {
  yield { bytes: utf8.encode(csvLines([focusHead('1.2')])), rows: 0 }
  const scope = { monthStart: `${wish.month}-01`, accountId: wish.isBuyers ? null : wish.accountId }
  for await (const rows of focusRows(await readingOf(tenantId, wish), scope))
    yield { bytes: utf8.encode(csvLines(rows.map((row) => focusCells(row, '1.2')))), rows: rows.length }
}

/** What a seller buys it reads as its own account in its parent's books; a buyer's file holds what its panel shows. */
async function readingOf(tenantId: string, { side, accountId, isBuyers }: FocusWish): Promise<Reading> {
  if (isBuyers && accountId) {
    const accountIds = await inTenant(tenantId, (ctx) => withDepartments(ctx, accountId))
    return (work) => inPanel(tenantId, accountIds, work)
  }
  if (side === 'sell') return (work) => inTenant(tenantId, work)
  const parent = await parentAccountOf(tenantId)
  invariant(parent, `tenant ${tenantId} buys from nobody`)
  return (work) => inParent(parent, work)
}

async function* accountingParts(
  tenantId: string,
  { month, format, currency }: FileWish & { kind: 'accounting' },
): AsyncGenerator<FilePart> {
  const scope = { monthStart: `${month}-01`, currency }
  if (format === 'datev') return yield* datevParts(tenantId, month, currency)
  if (format === 'csv') yield { bytes: utf8.encode(byteOrderMark + csvLines([journalHead])), rows: 0 }
  for await (const entries of entryPages(tenantId, scope)) {
    const rows = entries.flatMap((entry) => (format === 'csv' ? journalRows(entry) : []))
    const text = format === 'csv' ? csvLines(rows) : entries.map((entry) => `${JSON.stringify(journalObject(entry))}\n`).join('')
    yield { bytes: utf8.encode(text), rows: format === 'csv' ? rows.length : entries.length }
  }
}

async function* datevParts(tenantId: string, month: string, currency: string | null): AsyncGenerator<FilePart> {
  const batch = await inTenant(tenantId, (ctx) => readBatch(ctx, month, currency))
  yield { bytes: toWindows1252(datevHead(batch)), rows: 0 }
  let written = 0
  for await (const entries of entryPages(tenantId, { monthStart: `${month}-01`, currency: batch.currency })) {
    const rows = entries.flatMap(datevRows)
    written += rows.length
    invariant(written <= datevRowsAtMost, `a batch of DATEV holds ${datevRowsAtMost} rows at most`)
    yield { bytes: toWindows1252(rows.join('')), rows: rows.length }
  }
}

async function* entryPages(tenantId: string, scope: EntryScope): AsyncGenerator<readonly BookedEntry[]> {
  const numbering = await inTenant(tenantId, readNumbering)
  let after: EntryPage['last'] = null
  do {
    const place = after
    const page: EntryPage = await inTenant(tenantId, (ctx) => nextEntries(ctx, scope, { numbering, after: place }))
    yield page.entries
    after = page.last
  } while (after !== null)
}

type ReportWish = FileWish & { kind: 'revenue' | 'margin' | 'aging' }

async function* reportParts(tenantId: string, wish: ReportWish): AsyncGenerator<FilePart> {
  const table = await reportTable(tenantId, wish)
  yield { bytes: await writeSheet(table, 'csv'), rows: table.length - 1 }
}

async function reportTable(tenantId: string, wish: ReportWish) {
  const { month } = wish
  if (wish.kind === 'aging') {
    const asked = { asOf: wish.day, currency: null, accountId: null }
    return agingTable(await inTenant(tenantId, (ctx) => readAging(ctx, asked, null)))
  }
  if (wish.kind === 'revenue') {
    const filter = { from: month, to: month, by: 'product', accountId: null, product: null } as const
    return revenueTable(filter, (await inTenant(tenantId, (ctx) => readRevenue(ctx, filter, null))).rows)
  }
  const parent = await parentAccountOf(tenantId)
  const bought = parent ? await inParent(parent, (ctx) => boughtSide(ctx, `${month}-01`, 'product')) : []
  return marginTable(month, 'product', await inTenant(tenantId, (ctx) => readMargin(ctx, { month, by: 'product', bought })))
}
