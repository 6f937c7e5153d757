import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceStatus } from '#app/domain/invoice/invoice-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A document of the parent as it shows itself to its buyer, amounts in minor units of `currency`. */
export type BoughtDocument = {
  readonly parentDocumentId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly refersToNumber: string | null
  readonly issueDate: LocalDate
  readonly dueDate: LocalDate
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly currency: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly totalMinor: bigint
  readonly taxes: readonly BoughtTax[]
  readonly status: InvoiceStatus
  readonly paidMinor: bigint
}

/** Tax of a document by category and rate in percent. */
export type BoughtTax = { readonly category: string; readonly rate: string; readonly baseMinor: string; readonly taxMinor: string }

/** Documents of one buyer in order of id, after `afterId`: what a parent tells its child, read in the parent as the child's account. */
export function readDocumentsOfBuyer(
  ctx: TenantContext,
  { accountId, afterId, limit }: { readonly accountId: string; readonly afterId: string | null; readonly limit: number },
): Promise<BoughtDocument[]> {
  return ctx.db.$queryRaw<BoughtDocument[]>`
    select i.id as "parentDocumentId", i.document_type as "documentType", i.number, r.number as "refersToNumber",
      i.issue_date::text as "issueDate", i.due_date::text as "dueDate", i.period_start::text as "periodStart", i.period_end::text as "periodEnd",
      i.currency, i.net_minor as "netMinor", i.tax_minor as "taxMinor", i.total_minor as "totalMinor", s.status, s.paid_minor as "paidMinor",
      (select coalesce(jsonb_agg(jsonb_build_object('category', t.category, 'rate', trim_scale(t.rate)::text, 'baseMinor', t.base_minor::text,
          'taxMinor', t.tax_minor::text) order by t.category, t.rate), '[]'::jsonb)
        from invoice_taxes t where t.tenant_id = i.tenant_id and t.invoice_id = i.id) as taxes
    from invoices i
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    left join invoices r on r.tenant_id = i.tenant_id and r.id = i.refers_to_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.account_id = ${accountId}::uuid
      and (${afterId}::uuid is null or i.id > ${afterId}::uuid)
    order by i.id limit ${limit}`
}

/** Keeps documents of the parent; of those that are there already the state is renewed where it changed. */
export async function keepParentDocuments(ctx: TenantContext, documents: readonly BoughtDocument[]): Promise<void> {
  const column = (pick: (document: BoughtDocument) => string | null) => sqlArray(documents, pick)
  await ctx.db.$executeRaw`
    insert into parent_documents as kept (tenant_id, created_at, refreshed_at, id, parent_document_id, document_type, number, refers_to_number,
      issue_date, due_date, period_start, period_end, currency, net_minor, tax_minor, total_minor, taxes, status, paid_minor)
    select ${ctx.tenantId}::uuid, ${ctx.now}, ${ctx.now}, d.*
    from unnest(${column(() => newId())}::uuid[], ${column((d) => d.parentDocumentId)}::uuid[], ${column((d) => d.documentType)}::text[],
      ${column((d) => d.number)}::text[], ${column((d) => d.refersToNumber)}::text[], ${column((d) => d.issueDate)}::date[],
      ${column((d) => d.dueDate)}::date[], ${column((d) => d.periodStart)}::date[], ${column((d) => d.periodEnd)}::date[],
      ${column((d) => d.currency)}::text[], ${column((d) => d.netMinor.toString())}::bigint[], ${column((d) => d.taxMinor.toString())}::bigint[],
      ${column((d) => d.totalMinor.toString())}::bigint[], ${column((d) => JSON.stringify(d.taxes))}::jsonb[], ${column((d) => d.status)}::text[],
      ${column((d) => d.paidMinor.toString())}::bigint[]) as d
    on conflict (tenant_id, parent_document_id) do update
      set status = excluded.status, paid_minor = excluded.paid_minor, refreshed_at = excluded.refreshed_at
      where (kept.status, kept.paid_minor) is distinct from (excluded.status, excluded.paid_minor)`
}

/** What documents of the parent came to, by the parent's id. */
export async function parentDocumentsById(ctx: TenantContext, ids: readonly string[]): Promise<ReadonlyMap<string, BoughtAmounts>> {
  const rows = await ctx.db.parentDocument.findMany({
    where: { tenantId: ctx.tenantId, parentDocumentId: { in: [...ids] } },
    select: { parentDocumentId: true, currency: true, totalMinor: true, taxes: true },
    take: ids.length,
  })
  return new Map(rows.map(({ taxes, ...row }) => [row.parentDocumentId, { ...row, taxes: taxes as BoughtTax[] }]))
}

export type BoughtAmounts = Pick<BoughtDocument, 'currency' | 'totalMinor' | 'taxes'>

/** The resellers right below this tenant, by the accounts they have here. */
export function resellerAccounts(ctx: TenantContext): Promise<{ accountId: string }[]> {
  return ctx.db.$queryRaw`
    select a.id as "accountId" from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.child_tenant_id is not null order by a.id limit 10000`
}

/** Which of `accountIds` are resellers. */
export async function resellersAmong(ctx: TenantContext, accountIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select a.id from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = any (${accountIds}::uuid[]) and a.child_tenant_id is not null order by a.id`
  return rows.map(({ id }) => id)
}

/** A kept document in a list; `id` is the parent's. */
export type ParentDocumentRow = Omit<BoughtDocument, 'parentDocumentId' | 'refersToNumber' | 'taxes' | 'paidMinor'> & {
  readonly id: string
}

export type ParentDocumentFilter = {
  readonly limit: number
  readonly before: { readonly issueDate: LocalDate; readonly id: string } | null
}

/** Documents of the parent, newest first. */
export function listParentDocuments(ctx: TenantContext, { limit, before }: ParentDocumentFilter): Promise<ParentDocumentRow[]> {
  const after = before
    ? Prisma.sql`and (d.issue_date, d.parent_document_id) < (${before.issueDate}::date, ${before.id}::uuid)`
    : Prisma.empty
  return ctx.db.$queryRaw<ParentDocumentRow[]>`
    select d.parent_document_id as id, d.document_type as "documentType", d.number, d.issue_date::text as "issueDate",
      d.due_date::text as "dueDate", d.period_start::text as "periodStart", d.period_end::text as "periodEnd", d.currency,
      d.net_minor as "netMinor", d.tax_minor as "taxMinor", d.total_minor as "totalMinor", d.status
    from parent_documents d where d.tenant_id = ${ctx.tenantId}::uuid ${after}
    order by d.issue_date desc, d.parent_document_id desc limit ${limit}`
}
