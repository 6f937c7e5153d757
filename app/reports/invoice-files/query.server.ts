import type { TenantContext } from '#app/db/context.server.ts'
import type { DocumentProblem } from '#app/db/documents/deliveries.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'

/** A document as it was finalised; undefined when the scope holds no such one. */
export async function readDocument(ctx: TenantContext, invoiceId: string): Promise<FinalisedInvoice | undefined> {
  return (await readFinalisedInvoice(ctx, invoiceId))?.invoice
}

/** What keeps the files of a document from being as they should be, worst first; for the office alone. */
export function readDocumentProblems(ctx: TenantContext, invoiceId: string): Promise<DocumentProblem[]> {
  return ctx.db.$queryRaw<DocumentProblem[]>`
    select problem, detail, is_parked as "isParked" from document_problems
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and resolved_at is null
    order by is_parked desc, noticed_at limit 10`
}

/** The finalised documents of a seller whose period begins in the month of `monthStart`, in order of number. */
export async function documentsOfMonth(ctx: TenantContext, monthStart: string): Promise<{ id: string; number: string }[]> {
  return ctx.db.$queryRaw<{ id: string; number: string }[]>`
    select id, number from invoices
    where tenant_id = ${ctx.tenantId}::uuid and period_start >= ${monthStart}::date
      and period_start < (${monthStart}::date + interval '1 month')
    order by document_type, year, sequence limit 100000`
}
