import type { TenantContext } from '#app/db/context.server.ts'
import { listParentDocuments, type ParentDocumentFilter, type ParentDocumentRow } from '#app/db/documents/parent-documents.server.ts'
import { type ShownStatus, shownStatus } from '#app/domain/invoice/invoice-status.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

/** A document of the parent in a list. `id` is the parent's. */
export type Purchase = Pick<ParentDocumentRow, 'id' | 'documentType' | 'number' | 'issueDate' | 'dueDate' | 'periodStart' | 'periodEnd'> & {
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly status: ShownStatus
}

export type PurchaseList = { readonly rows: readonly Purchase[]; readonly nextCursor: string | null }

const cursorForm = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/

/** What the parent charges this tenant, newest first, 50 at a time. A cursor that cannot be read starts at the newest. */
export async function listPurchases(
  ctx: TenantContext,
  { cursor, timeZone }: { readonly cursor: string | null; readonly timeZone: string },
): Promise<PurchaseList> {
  const limit = 50
  const [, issueDate, id] = cursorForm.exec(cursor ?? '') ?? []
  const filter: ParentDocumentFilter = { limit: limit + 1, before: issueDate && id ? { issueDate, id } : null }
  const rows = await listParentDocuments(ctx, filter)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const today = localDateOf(ctx.now, timeZone)
  return {
    rows: page.map((row) => purchaseOf(row, today)),
    nextCursor: rows.length > limit && last ? `${last.issueDate}_${last.id}` : null,
  }
}

function purchaseOf({ currency, netMinor, taxMinor, totalMinor, status, ...row }: ParentDocumentRow, today: string): Purchase {
  const amount = (minor: bigint) => money(minor, currency)
  const shown = shownStatus({ status, dueDate: row.dueDate, today })
  return { ...row, net: amount(netMinor), tax: amount(taxMinor), total: amount(totalMinor), status: shown }
}
