import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/finalised-invoices.server.ts'
import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { money, sum } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { type Position, readCursor, writeCursor } from './cursor.ts'
import type {
  InvoiceDeliveryView,
  InvoiceDetail,
  InvoiceLineView,
  InvoiceList,
  InvoiceListItem,
  InvoicePdf,
  InvoiceSectionView,
  InvoiceStatus,
} from './shape.ts'

export type InvoiceFilter = { readonly accountId?: string; readonly limit: number; readonly cursor?: string | null }

type Row = {
  id: string
  number: string
  accountId: string
  buyerName: string
  issueDate: LocalDate
  dueDate: LocalDate
  periodStart: LocalDate
  periodEnd: LocalDate
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  paidMinor: bigint
  status: InvoiceStatus
  hasPdf: boolean
}

/** Invoices the scope may see, newest first, `limit` (1 to 200) at a time. A cursor that cannot be read starts at the newest. */
export async function listInvoices(ctx: TenantContext, filter: InvoiceFilter): Promise<InvoiceList> {
  const limit = Math.min(Math.max(filter.limit, 1), 200)
  const rows = await readRows(ctx, { accountId: filter.accountId ?? null, before: readCursor(filter.cursor), limit: limit + 1, id: null })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(toItem),
    nextCursor: rows.length > limit && last ? writeCursor({ issueDate: last.issueDate, id: last.id }) : null,
  }
}

type RowFilter = { readonly accountId: string | null; readonly before: Position | null; readonly limit: number; readonly id: string | null }

function readRows(ctx: TenantContext, filter: RowFilter): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select i.id, i.number, i.account_id as "accountId", i.buyer ->> 'name' as "buyerName", i.issue_date::text as "issueDate",
      i.due_date::text as "dueDate", i.period_start::text as "periodStart", i.period_end::text as "periodEnd", i.currency,
      i.net_minor as "netMinor", i.tax_minor as "taxMinor", i.total_minor as "totalMinor", s.paid_minor as "paidMinor", s.status,
      exists (select 1 from documents d where d.tenant_id = i.tenant_id and d.invoice_id = i.id and d.format = 'pdf') as "hasPdf"
    from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid
      and (${filter.accountId}::uuid is null or i.account_id = ${filter.accountId}::uuid)
      and (${filter.id}::uuid is null or i.id = ${filter.id}::uuid)
      and (${filter.before?.id ?? null}::uuid is null or (i.issue_date, i.id) < (${filter.before?.issueDate ?? null}::date, ${filter.before?.id ?? null}::uuid))
    order by i.issue_date desc, i.id desc limit ${filter.limit}`
}

/** One invoice with its lines by section, taxes and deliveries; undefined when the scope holds no such invoice. */
export async function readInvoice(ctx: TenantContext, id: string): Promise<InvoiceDetail | undefined> {
  const [row] = await readRows(ctx, { accountId: null, before: null, limit: 1, id })
  const stored = row && (await readFinalisedInvoice(ctx, id))
  if (!row || !stored) return undefined
  const { invoice, contentHash } = stored
  return {
    ...toItem(row),
    language: invoice.language,
    seller: invoice.seller,
    buyer: invoice.buyer,
    sections: sectionsOf(invoice),
    taxes: invoice.taxes.map((tax) => ({ ...tax, rate: tax.rate.toFixed() })),
    deliveries: await readDeliveries(ctx, id),
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

function readDeliveries(ctx: TenantContext, invoiceId: string): Promise<InvoiceDeliveryView[]> {
  return ctx.db.$queryRaw<InvoiceDeliveryView[]>`
    select recipient, state, created_at as "createdAt", accepted_at as "acceptedAt" from deliveries
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid order by created_at, id`
}

function toItem({ currency, netMinor, taxMinor, totalMinor, paidMinor, ...row }: Row): InvoiceListItem {
  return {
    ...row,
    publicId: toPublicId('invoice', row.id),
    net: money(netMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
    paid: money(paidMinor, currency),
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

function toLineView({ sectionAccountId: _, period, ...line }: FinalisedLine): InvoiceLineView {
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
