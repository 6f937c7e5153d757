import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceStatus } from '#app/domain/invoice/invoice-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** Where a document stands, in minor units of its currency. */
export type InvoiceStateRow = {
  readonly invoiceId: string
  readonly accountId: string
  readonly contractId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly dueDate: LocalDate
  readonly currency: string
  readonly status: InvoiceStatus
  readonly totalMinor: bigint
  /** Settled by payments and by credits. */
  readonly paidMinor: bigint
  /** Of a payable document: what credit notes took of it, and what of that settled it. */
  readonly creditedMinor: bigint
  readonly appliedMinor: bigint
}

/** Where a document stands, held until the transaction ends: one change of it waits for the other. */
export async function lockInvoiceState(ctx: TenantContext, invoiceId: string): Promise<InvoiceStateRow | undefined> {
  const [row] = await ctx.db.$queryRaw<InvoiceStateRow[]>`
    select s.invoice_id as "invoiceId", s.account_id as "accountId", i.contract_id as "contractId", i.document_type as "documentType",
      i.number, i.due_date::text as "dueDate", i.currency, s.status, s.total_minor as "totalMinor", s.paid_minor as "paidMinor",
      s.credited_minor as "creditedMinor", s.applied_minor as "appliedMinor"
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.invoice_id = ${invoiceId}::uuid for update of s`
  return row
}

/** Moves a document to `status`. A void one gives its place in the contract's periods free. */
export async function changeInvoiceStatus(ctx: TenantContext, invoiceId: string, status: InvoiceStatus): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_states set status = ${status}, changed_at = ${ctx.now}, period_key = case when ${status} = 'void' then null else period_key end
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid`
}

/** Notes a credit on the document it lowers, and what of it settled that. False when it would credit more than there is. */
export async function noteCredit(
  ctx: TenantContext,
  credit: { invoiceId: string; creditNoteId: string; totalMinor: bigint; appliedMinor: bigint; status: InvoiceStatus },
): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update invoice_states set credited_minor = credited_minor + ${credit.totalMinor}, applied_minor = applied_minor + ${credit.appliedMinor},
      paid_minor = paid_minor + ${credit.appliedMinor}, status = ${credit.status}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${credit.invoiceId}::uuid
      and credited_minor + ${credit.totalMinor} <= total_minor and paid_minor + ${credit.appliedMinor} <= total_minor`
  if (changed === 0) return false
  // Of a credit note it says how much of it is used up.
  await ctx.db.$executeRaw`
    update invoice_states set paid_minor = ${credit.appliedMinor}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${credit.creditNoteId}::uuid`
  return true
}

/** Notes what settled documents that were just issued, and the statuses that gives. */
export async function noteSettled(
  ctx: TenantContext,
  settled: readonly { readonly invoiceId: string; readonly minor: bigint; readonly status: InvoiceStatus }[],
): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_states s set paid_minor = s.paid_minor + n.minor, status = n.status, changed_at = ${ctx.now}
    from unnest(${sqlArray(settled, (s) => s.invoiceId)}::uuid[], ${sqlArray(settled, (s) => s.minor.toString())}::bigint[],
      ${sqlArray(settled, (s) => s.status)}::text[]) as n (id, minor, status)
    where s.tenant_id = ${ctx.tenantId}::uuid and s.invoice_id = n.id`
}
