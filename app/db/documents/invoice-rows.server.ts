import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { ShownStatus } from '#app/domain/invoice/invoice-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/** One document in a list. */
export type InvoiceRow = {
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
  appliedMinor: bigint
  status: ShownStatus
  hasPdf: boolean
}

/** What of the documents a list shows; amounts in minor units, tax included. Months are `YYYY-MM`, of the issue date. */
export type InvoiceRowFilter = {
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
  /** The row the page begins after. */
  readonly before?: { readonly issueDate: LocalDate; readonly id: string } | null | undefined
  readonly id?: string | undefined
}

/** The status people see, on the seller's own day. */
const shownStatus = (ctx: TenantContext) => Prisma.sql`case when s.status in ('open', 'partly-paid')
  and i.due_date < (${ctx.now} at time zone t.time_zone)::date then 'overdue' else s.status end`

/** Documents of the scope as `filter` asks, newest first. */
export function readInvoiceRows(ctx: TenantContext, filter: InvoiceRowFilter): Promise<InvoiceRow[]> {
  return ctx.db.$queryRaw<InvoiceRow[]>`
    select i.id, i.document_type as "documentType", i.number, i.account_id as "accountId", i.buyer ->> 'name' as "buyerName",
      i.issue_date::text as "issueDate", i.due_date::text as "dueDate", i.period_start::text as "periodStart",
      i.period_end::text as "periodEnd", i.currency, i.net_minor as "netMinor", i.tax_minor as "taxMinor", i.total_minor as "totalMinor",
      s.paid_minor as "paidMinor", s.credited_minor as "creditedMinor", s.applied_minor as "appliedMinor", ${shownStatus(ctx)} as status,
      exists (select 1 from documents d where d.tenant_id = i.tenant_id and d.invoice_id = i.id and d.format = 'pdf') as "hasPdf"
    from invoices i
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    join tenants t on t.tenant_id = i.tenant_id
    where i.tenant_id = ${ctx.tenantId}::uuid ${conditions(ctx, filter)}
    order by i.issue_date desc, i.id desc limit ${filter.limit}`
}

function conditions(ctx: TenantContext, filter: InvoiceRowFilter): Prisma.Sql {
  const { id, accountId, documentType, status, month, currency, leastMinor, mostMinor, number, before } = filter
  const wanted = [
    id ? Prisma.sql`and i.id = ${id}::uuid` : null,
    accountId ? Prisma.sql`and i.account_id = ${accountId}::uuid` : null,
    documentType ? Prisma.sql`and i.document_type = ${documentType}` : null,
    status ? Prisma.sql`and ${shownStatus(ctx)} = ${status}` : null,
    month
      ? Prisma.sql`and i.issue_date >= ${`${month}-01`}::date and i.issue_date < (${`${month}-01`}::date + interval '1 month')::date`
      : null,
    currency ? Prisma.sql`and i.currency = ${currency}` : null,
    leastMinor === undefined ? null : Prisma.sql`and i.total_minor >= ${leastMinor}`,
    mostMinor === undefined ? null : Prisma.sql`and i.total_minor <= ${mostMinor}`,
    number ? Prisma.sql`and starts_with(i.number, ${number})` : null,
    before ? Prisma.sql`and (i.issue_date, i.id) < (${before.issueDate}::date, ${before.id}::uuid)` : null,
  ]
  return Prisma.join([Prisma.empty, ...wanted.filter((each) => each !== null)], ' ')
}
