import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { type InvoiceRow, type InvoiceRowFilter, readInvoiceRows } from '#app/db/documents/invoice-rows.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { projectSections } from '#app/domain/invoice/project-shares.ts'
import { money, sum } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type {
  InvoiceDeliveryView,
  InvoiceDetail,
  InvoiceLineView,
  InvoiceList,
  InvoiceListItem,
  InvoicePdf,
  InvoiceSectionView,
  RelatedDocument,
} from './shape.ts'

/** What of the documents a list shows. A cursor that cannot be read starts at the newest. */
export type InvoiceFilter = Omit<InvoiceRowFilter, 'before' | 'id'> & { readonly cursor?: string | null }

/** Documents the scope may see, newest first, `limit` (1 to 200) at a time. A cursor that cannot be read starts at the newest. */
export async function listInvoices(ctx: TenantContext, filter: InvoiceFilter): Promise<InvoiceList> {
  const limit = Math.min(Math.max(filter.limit, 1), 200)
  const before = readCursor(filter.cursor)
  const rows = await inIndexOrder(ctx, () => readInvoiceRows(ctx, { ...filter, before, limit: limit + 1 }))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(toItem),
    nextCursor: rows.length > limit && last ? writeCursor({ issueDate: last.issueDate, id: last.id }) : null,
  }
}

/** The months in which the scope has documents, newest first, at most 120; as `YYYY-MM`. */
export async function listInvoiceMonths(ctx: TenantContext): Promise<string[]> {
  // One look into the index for each month, not one at each document.
  const rows = await ctx.db.$queryRaw<{ month: string }[]>`
    with recursive months as (
      select max(issue_date) as day from invoices where tenant_id = ${ctx.tenantId}::uuid
      union all
      select (select max(i.issue_date) from invoices i where i.tenant_id = ${ctx.tenantId}::uuid and i.issue_date < date_trunc('month', m.day::timestamp)::date)
      from months m where m.day is not null
    )
    select to_char(day, 'YYYY-MM') as month from months where day is not null limit 120`
  return rows.map(({ month }) => month)
}

/** One invoice with its lines by section, taxes and deliveries; undefined when the scope holds no such invoice. */
export async function readInvoice(ctx: TenantContext, id: string): Promise<InvoiceDetail | undefined> {
  const [row] = await readInvoiceRows(ctx, { limit: 1, id })
  const stored = row && (await readFinalisedInvoice(ctx, id))
  if (!row || !stored) return undefined
  const { invoice, contentHash } = stored
  return {
    ...toItem(row),
    language: invoice.language,
    reason: invoice.reason,
    ...(await readRelated(ctx, id)),
    seller: invoice.seller,
    buyer: invoice.buyer,
    sections: sectionsOf(invoice),
    byProject: byProjectOf(invoice),
    taxes: invoice.taxes.map((tax) => ({ ...tax, rate: tax.rate.toFixed() })),
    deliveries: await readDeliveries(ctx, id),
    settledByBalance: money(await readBalanceUsed(ctx, id), invoice.total.currency),
    contentHash,
    finalisedAt: invoice.finalisedAt,
  }
}

/** Where the PDF of an invoice lies; undefined when the scope holds no such invoice or its PDF is not made yet. */
export async function readInvoicePdf(ctx: TenantContext, id: string): Promise<InvoicePdf | undefined> {
  const [row] = await ctx.db.$queryRaw<{ fileKey: string; number: string }[]>`
    select d.file_key as "fileKey", i.number from documents d join invoices i on i.tenant_id = d.tenant_id and i.id = d.invoice_id
    where d.tenant_id = ${ctx.tenantId}::uuid and d.invoice_id = ${id}::uuid and d.format = 'pdf'`
  return row && { fileKey: row.fileKey, filename: `${row.number}.pdf` }
}

type RelatedRow = Omit<RelatedDocument, 'total'> & { isReferredTo: boolean; currency: string; totalMinor: bigint }

async function readRelated(ctx: TenantContext, id: string): Promise<Pick<InvoiceDetail, 'refersTo' | 'referredToBy'>> {
  const rows = await ctx.db.$queryRaw<RelatedRow[]>`
    select r.id, r.document_type as "documentType", r.number, r.issue_date::text as "issueDate", r.currency, r.total_minor as "totalMinor",
      r.id = i.refers_to_id as "isReferredTo"
    from invoices i join invoices r on r.tenant_id = i.tenant_id and (r.id = i.refers_to_id or r.refers_to_id = i.id)
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = ${id}::uuid order by r.finalised_at, r.id limit 200`
  const related = rows.map(({ currency, totalMinor, ...row }) => ({ ...row, total: money(totalMinor, currency) }))
  return { refersTo: related.find((row) => row.isReferredTo) ?? null, referredToBy: related.filter((row) => !row.isReferredTo) }
}

async function readBalanceUsed(ctx: TenantContext, invoiceId: string): Promise<bigint> {
  const [row] = await ctx.db.$queryRaw<{ minor: bigint }[]>`
    select coalesce(sum(amount_minor - returned_minor), 0)::bigint as minor from grant_uses
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid`
  return row?.minor ?? 0n
}

function readDeliveries(ctx: TenantContext, invoiceId: string): Promise<InvoiceDeliveryView[]> {
  return ctx.db.$queryRaw<InvoiceDeliveryView[]>`
    select recipient, state, created_at as "createdAt", accepted_at as "acceptedAt" from deliveries
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid order by created_at, id`
}

function toItem({ currency, netMinor, taxMinor, totalMinor, paidMinor, creditedMinor, appliedMinor, ...row }: InvoiceRow): InvoiceListItem {
  return {
    ...row,
    publicId: toPublicId('invoice', row.id),
    net: money(netMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
    paid: money(paidMinor, currency),
    credited: money(creditedMinor, currency),
    settledByCredit: money(appliedMinor, currency),
  }
}

function sectionsOf(invoice: FinalisedInvoice): InvoiceSectionView[] {
  const sections = new Map<string, FinalisedLine[]>()
  for (const line of invoice.lines) sections.set(line.sectionAccountId, [...(sections.get(line.sectionAccountId) ?? []), line])
  return [...sections].map(([accountId, lines]) => ({
    accountId,
    name: lines[0]?.subject.section ?? '',
    lines: lines.map(toLineView),
    net: sum(
      invoice.net.currency,
      lines.map((line) => line.net),
    ),
  }))
}

function byProjectOf({ lines, net }: FinalisedInvoice): InvoiceSectionView[] | null {
  const sections = projectSections(lines, net.currency)
  return sections?.map((section) => ({ ...section, lines: section.lines.map(toLineView) })) ?? null
}

/** A line as pages show it. */
export function toLineView({ sectionAccountId: _, period, ...line }: FinalisedLine): InvoiceLineView {
  return {
    ...line,
    quantity: line.quantity.toFixed(),
    includedQuantity: line.includedQuantity.toFixed(),
    billedQuantity: line.billedQuantity.toFixed(),
    unitPrice: line.unitPrice.toFixed(),
    taxRate: line.taxRate.toFixed(),
    periodStart: period.start,
    periodEnd: period.end,
  }
}
