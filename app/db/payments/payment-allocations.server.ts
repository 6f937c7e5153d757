import type { InvoiceStatus } from '#app/domain/invoice/invoice-status.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { OpenDocument } from '#app/domain/payment/allocation.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** What of a payment settles a document. */
export type Allocation = {
  readonly id: string
  readonly paymentId: string
  readonly invoiceId: string
  readonly accountId: string
  readonly amount: Money
  /** Beyond the amount, what was forgiven (above zero) or kept (below zero). */
  readonly rounding: Money
  readonly isReversed: boolean
}

type AllocationColumns = Omit<Allocation, 'amount' | 'rounding'> & {
  readonly currency: string
  readonly amountMinor: bigint
  readonly roundingMinor: bigint
}

/** Saves an allocation. */
export async function insertAllocation(ctx: TenantContext, allocation: Omit<Allocation, 'id' | 'isReversed'>): Promise<Allocation> {
  const { paymentId, invoiceId, accountId, amount, rounding } = allocation
  const id = newId()
  await ctx.db.$executeRaw`
    insert into payment_allocations (tenant_id, id, account_id, payment_id, invoice_id, currency, amount_minor, rounding_minor, allocated_by,
      created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${accountId}::uuid, ${paymentId}::uuid, ${invoiceId}::uuid, ${amount.currency},
      ${amount.minor}, ${rounding.minor}, ${actorName(ctx.actor)}, ${ctx.now})`
  return { ...allocation, id, isReversed: false }
}

/** One allocation; undefined when the tenant has none of that id. */
export async function readAllocation(ctx: TenantContext, id: string): Promise<Allocation | undefined> {
  const [row] = await ctx.db.$queryRaw<AllocationColumns[]>`
    select id, payment_id as "paymentId", invoice_id as "invoiceId", account_id as "accountId", currency, amount_minor as "amountMinor",
      rounding_minor as "roundingMinor", reversed_at is not null as "isReversed"
    from payment_allocations where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return row && allocationOf(row)
}

/** What of a payment settles documents now, the newest first. */
export async function standingAllocations(ctx: TenantContext, paymentId: string): Promise<Allocation[]> {
  const rows = await ctx.db.$queryRaw<AllocationColumns[]>`
    select id, payment_id as "paymentId", invoice_id as "invoiceId", account_id as "accountId", currency, amount_minor as "amountMinor",
      rounding_minor as "roundingMinor", false as "isReversed"
    from payment_allocations where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid and reversed_at is null
    order by id desc`
  return rows.map(allocationOf)
}

function allocationOf({ currency, amountMinor, roundingMinor, ...facts }: AllocationColumns): Allocation {
  return { ...facts, amount: money(amountMinor, currency), rounding: money(roundingMinor, currency) }
}

/** Notes that an allocation is taken back; false when it was before. */
export async function markReversed(ctx: TenantContext, allocationId: string, reason: string): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update payment_allocations set reversed_at = ${ctx.now}, reversed_by = ${actorName(ctx.actor)}, reversal_reason = ${reason}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${allocationId}::uuid and reversed_at is null`
  return changed === 1
}

/** Adds `minor` units (below zero: takes them away) to what of a document is settled; false when that goes beyond its total or below nothing. */
export async function addSettled(
  ctx: TenantContext,
  { invoiceId, minor, status }: { invoiceId: string; minor: bigint; status: InvoiceStatus },
): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update invoice_states set paid_minor = paid_minor + ${minor}, status = ${status}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and paid_minor + ${minor} between 0 and total_minor`
  return changed === 1
}

type OpenColumns = { id: string; number: string; dueDate: LocalDate; currency: string; openMinor: bigint }

const openAtMost = 500

/** Documents of a buyer in `currency` that ask for money, the one due first first; at most 500. */
export async function openDocuments(ctx: TenantContext, accountId: string, currency: string): Promise<OpenDocument[]> {
  const rows = await ctx.db.$queryRaw<OpenColumns[]>`
    select i.id, i.number, i.due_date::text as "dueDate", i.currency, s.total_minor - s.paid_minor as "openMinor"
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = ${accountId}::uuid and s.status in ('open', 'partly-paid')
      and i.document_type in ('invoice', 'debit-note') and i.currency = ${currency}
    order by i.due_date, i.number limit ${openAtMost}`
  return rows.map(({ currency: code, openMinor, ...facts }) => ({ ...facts, open: money(openMinor, code) }))
}

/** The document of that number and currency that asks for money, and whose it is; undefined when there is none. */
export async function openDocumentOfNumber(
  ctx: TenantContext,
  { number, currency }: { readonly number: string; readonly currency: string },
): Promise<(OpenDocument & { readonly accountId: string }) | undefined> {
  const [row] = await ctx.db.$queryRaw<(OpenColumns & { accountId: string })[]>`
    select i.id, i.account_id as "accountId", i.number, i.due_date::text as "dueDate", i.currency, s.total_minor - s.paid_minor as "openMinor"
    from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.number = ${number} and i.currency = ${currency}
      and s.status in ('open', 'partly-paid') and i.document_type in ('invoice', 'debit-note')`
  if (!row) return undefined
  const { currency: code, openMinor, ...facts } = row
  return { ...facts, open: money(openMinor, code) }
}
