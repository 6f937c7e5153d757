import type { TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/finalised-invoices.server.ts'
import { Prisma } from '#app/db/generated/client.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import type { ShownStatus } from '#app/domain/invoice/invoice-status.ts'
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
  RelatedDocument,
} from './shape.ts'

type Row = {
  id: string
  documentType: DocumentType
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
  creditedMinor: bigint
  status: ShownStatus
  hasPdf: boolean
}

/** What of the documents a list shows; amounts in minor units, tax included. Months are `YYYY-MM`, of the issue date. */
export type InvoiceFilter = {
  readonly accountId?: string | undefined
  readonly documentType?: DocumentType | undefined
  readonly status?: ShownStatus | undefined
  readonly month?: string | undefined
  readonly currency?: string | undefined
  readonly leastMinor?: bigint | undefined
  readonly mostMinor?: bigint | undefined
  /** The whole number, or how it begins. */
  readonly number?: string | undefined
  readonly limit: number
  readonly cursor?: string | null
}

/** Documents the scope may see, newest first, `limit` (1 to 200) at a time. A cursor that cannot be read starts at the newest. */
export async function listInvoices(ctx: TenantContext, filter: InvoiceFilter): Promise<InvoiceList> {
  const limit = Math.min(Math.max(filter.limit, 1), 200)
  const rows = await readRows(ctx, { ...filter, before: readCursor(filter.cursor), limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(toItem),
    nextCursor: rows.length > limit && last ? writeCursor({ issueDate: last.issueDate, id: last.id }) : null,
  }
}

type RowFilter = Omit<InvoiceFilter, 'cursor'> & { readonly before?: Position | null; readonly id?: string }

/** The status people see, on the seller's own day. */
const shownStatus = (ctx: TenantContext) => Prisma.sql`case when s.status in ('open', 'partly-paid')
  and i.due_date < (${ctx.now} at time zone t.time_zone)::date then 'overdue' else s.status end`

function readRows(ctx: TenantContext, filter: RowFilter): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select i.id, i.document_type as "documentType", i.number, i.account_id as "accountId", i.buyer ->> 'name' as "buyerName",
      i.issue_date::text as "issueDate", i.due_date::text as "dueDate", i.period_start::text as "periodStart",
      i.period_end::text as "periodEnd", i.currency, i.net_minor as "netMinor", i.tax_minor as "taxMinor", i.total_minor as "totalMinor",
      s.paid_minor as "paidMinor", s.credited_minor as "creditedMinor", ${shownStatus(ctx)} as status,
      exists (select 1 from documents d where d.tenant_id = i.tenant_id and d.invoice_id = i.id and d.format = 'pdf') as "hasPdf"
    from invoices i
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    join tenants t on t.tenant_id = i.tenant_id
    where i.tenant_id = ${ctx.tenantId}::uuid ${conditions(ctx, filter)}
    order by i.issue_date desc, i.id desc limit ${filter.limit}`
}

function conditions(ctx: TenantContext, filter: RowFilter): Prisma.Sql {
  const { id, accountId, documentType, status, month, currency, leastMinor, mostMinor, number, before } = filter
  const wanted = [
    id ? Prisma.sql`and i.id = ${id}::uuid` : null,
    accountId ? Prisma.sql`and i.account_id = ${accountId}::uuid` : null,
    documentType ? Prisma.sql`and i.document_type = ${documentType}` : null,
    status ? Prisma.sql`and ${shownStatus(ctx)} = ${status}` : null,
    month ? Prisma.sql`and i.issue_date >= ${`${month}-01`}::date and i.issue_date < (${`${month}-01`}::date + interval '1 month')` : null,
    currency ? Prisma.sql`and i.currency = ${currency}` : null,
    leastMinor === undefined ? null : Prisma.sql`and i.total_minor >= ${leastMinor}`,
    mostMinor === undefined ? null : Prisma.sql`and i.total_minor <= ${mostMinor}`,
    number ? Prisma.sql`and starts_with(i.number, ${number})` : null,
    before ? Prisma.sql`and (i.issue_date, i.id) < (${before.issueDate}::date, ${before.id}::uuid)` : null,
  ]
  return Prisma.join([Prisma.empty, ...wanted.filter((each) => each !== null)], ' ')
}

/** The months in which the scope has documents, newest first, at most 120; as `YYYY-MM`. */
export async function listInvoiceMonths(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ month: string }[]>`
    select distinct to_char(issue_date, 'YYYY-MM') as month from invoices where tenant_id = ${ctx.tenantId}::uuid order by month desc limit 120`
  return rows.map(({ month }) => month)
}

/** One invoice with its lines by section, taxes and deliveries; undefined when the scope holds no such invoice. */
export async function readInvoice(ctx: TenantContext, id: string): Promise<InvoiceDetail | undefined> {
  const [row] = await readRows(ctx, { limit: 1, id })
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

function readDeliveries(ctx: TenantContext, invoiceId: string): Promise<InvoiceDeliveryView[]> {
  return ctx.db.$queryRaw<InvoiceDeliveryView[]>`
    select recipient, state, created_at as "createdAt", accepted_at as "acceptedAt" from deliveries
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid order by created_at, id`
}

function toItem({ currency, netMinor, taxMinor, totalMinor, paidMinor, creditedMinor, ...row }: Row): InvoiceListItem {
  return {
    ...row,
    publicId: toPublicId('invoice', row.id),
    net: money(netMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
    paid: money(paidMinor, currency),
    credited: money(creditedMinor, currency),
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
