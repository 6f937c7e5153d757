import type { TenantContext } from '#app/db/context.server.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceLineKind, LineSubject } from '#app/domain/invoice/finalised-invoice.ts'
import { add, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { ShowbackList, ShowbackListItem, ShowbackView } from './shape.ts'

type Row = {
  id: string
  accountId: string
  name: string
  documentType: DocumentType
  issueDate: LocalDate
  periodStart: LocalDate
  periodEnd: LocalDate
  currency: string
  netMinor: bigint
  taxMinor: bigint
}

export type ShowbackFilter = { readonly limit: number; readonly cursor?: string | null }

/** What accounts of the scope used on documents that others pay, newest first, `limit` (1 to 200) at a time. */
export async function listShowbacks(ctx: TenantContext, filter: ShowbackFilter): Promise<ShowbackList> {
  const limit = Math.min(Math.max(filter.limit, 1), 200)
  const rows = await readRows(ctx, { limit: limit + 1, cursor: filter.cursor ?? null, id: null })
  const last = rows.slice(0, limit).at(-1)
  return {
    rows: rows.slice(0, limit).map(toItem),
    nextCursor: rows.length > limit && last ? writeCursor({ issueDate: last.issueDate, id: last.id }) : null,
  }
}

/** One of them with its lines; undefined when the scope holds no such one. */
export async function readShowback(ctx: TenantContext, id: string): Promise<ShowbackView | undefined> {
  const [row] = await readRows(ctx, { limit: 1, cursor: null, id })
  return row && { ...toItem(row), lines: await readLines(ctx, id) }
}

function readRows(ctx: TenantContext, page: { limit: number; cursor: string | null; id: string | null }): Promise<Row[]> {
  const before = readCursor(page.cursor)
  return ctx.db.$queryRaw<Row[]>`
    select id, account_id as "accountId", name, document_type as "documentType", issue_date::text as "issueDate",
      period_start::text as "periodStart", period_end::text as "periodEnd", currency, net_minor as "netMinor", tax_minor as "taxMinor"
    from showbacks
    where tenant_id = ${ctx.tenantId}::uuid and (${page.id}::uuid is null or id = ${page.id}::uuid)
      and (${before?.id ?? null}::uuid is null or (issue_date, id) < (${before?.issueDate ?? null}::date, ${before?.id ?? null}::uuid))
    order by issue_date desc, id desc limit ${page.limit}`
}

function toItem({ currency, netMinor, taxMinor, documentType, ...row }: Row): ShowbackListItem {
  const [net, tax] = [money(netMinor, currency), money(taxMinor, currency)]
  return { ...row, isCredit: documentType === 'credit-note', net, tax, total: add(net, tax) }
}

type LineRow = Omit<ShowbackView['lines'][number], 'net' | 'subject' | 'kind'> & {
  kind: InvoiceLineKind
  subject: LineSubject
  currency: string
  netMinor: bigint
}

async function readLines(ctx: TenantContext, id: string): Promise<ShowbackView['lines']> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select id, kind, description as subject, trim_scale(quantity)::text as quantity, unit, trim_scale(included_quantity)::text as "includedQuantity",
      trim_scale(billed_quantity)::text as "billedQuantity", trim_scale(unit_price)::text as "unitPrice", currency, net_minor as "netMinor",
      period_start as "periodStart", period_end as "periodEnd"
    from showback_lines where tenant_id = ${ctx.tenantId}::uuid and showback_id = ${id}::uuid order by position limit 2000`
  return rows.map(({ currency, netMinor, ...row }) => ({ ...row, net: money(netMinor, currency) }))
}
