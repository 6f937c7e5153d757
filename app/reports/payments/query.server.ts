import type { TenantContext } from '#app/db/context.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { OpenDocument } from '#app/domain/payment/allocation.ts'
import { type PaymentMethod, type PaymentState, paymentStateOf, unappliedOf } from '#app/domain/payment/payment.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { readCursor, writeCursor } from '../ledger/cursor.ts'
import type { AllocationView, PaymentDetail, PaymentList, PaymentRow, RefundView, SettlementView } from './shape.ts'

/** What of the payments a list shows; what is left out filters nothing. */
export type PaymentFilter = {
  readonly accountId?: string | undefined
  readonly method?: PaymentMethod | undefined
  readonly state?: PaymentState | undefined
  readonly month?: string | undefined
  readonly cursor?: string | null
  readonly limit: number
}

type Row = Omit<PaymentRow, 'amount' | 'unapplied' | 'refunded' | 'state'> & {
  currency: string
  amountMinor: bigint
  allocatedMinor: bigint
  refundedMinor: bigint
}

/** Payments the scope may see, newest first, `limit` at a time. A cursor that cannot be read starts at the newest. */
export async function listPayments(ctx: TenantContext, filter: PaymentFilter): Promise<PaymentList> {
  const { accountId = null, method = null, state = null, month = null, limit } = filter
  const before = readCursor(filter.cursor ?? null)
  const rows = await inIndexOrder(
    ctx,
    () => ctx.db.$queryRaw<Row[]>`
    select p.id, p.account_id as "accountId", a.name as "buyerName", p.received_on::text as "receivedOn", p.method, p.reference, p.currency,
      p.amount_minor as "amountMinor", p.allocated_minor as "allocatedMinor", p.refunded_minor as "refundedMinor"
    from payments p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    where p.tenant_id = ${ctx.tenantId}::uuid and (${accountId}::uuid is null or p.account_id = ${accountId}::uuid)
      and (${method}::text is null or p.method = ${method}) and (${state}::text is null or ${state} = case
        when p.refunded_minor = p.amount_minor then 'returned' when p.allocated_minor + p.refunded_minor = p.amount_minor then 'applied'
        when p.allocated_minor = 0 then 'unapplied' else 'partly-applied' end)
      ${ofMonth(month)}
      and (${before?.id ?? null}::uuid is null or (p.received_on, p.id) < (${before?.bookedOn ?? null}::date, ${before?.id ?? null}::uuid))
    order by p.received_on desc, p.id desc limit ${limit + 1}`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const isMore = rows.length > limit && last
  return { rows: page.map(rowOf), nextCursor: isMore ? writeCursor({ bookedOn: last.receivedOn, id: last.id }) : null }
}

/** Left out where no month is asked for: of a parameter that may be null the planner would not use the index. */
function ofMonth(month: string | null): Sql {
  if (month === null) return sql``
  const start = `${month}-01`
  return sql`and p.received_on >= ${start}::date and p.received_on < (${start}::date + interval '1 month')::date`
}

function rowOf({ currency, amountMinor, allocatedMinor, refundedMinor, ...facts }: Row): PaymentRow {
  const sums = {
    amount: money(amountMinor, currency),
    allocated: money(allocatedMinor, currency),
    refunded: money(refundedMinor, currency),
  }
  return { ...facts, amount: sums.amount, unapplied: unappliedOf(sums), refunded: sums.refunded, state: paymentStateOf(sums) }
}

/** The months in which the scope has payments, newest first, at most 120; as `YYYY-MM`. */
export async function listPaymentMonths(ctx: TenantContext): Promise<string[]> {
  // One look into the index for each month, not one at each payment.
  const rows = await ctx.db.$queryRaw<{ month: string }[]>`
    with recursive months as (
      select max(received_on) as day from payments where tenant_id = ${ctx.tenantId}::uuid
      union all
      select (select max(p.received_on) from payments p where p.tenant_id = ${ctx.tenantId}::uuid and p.received_on < date_trunc('month', m.day::timestamp)::date)
      from months m where m.day is not null
    )
    select to_char(day, 'YYYY-MM') as month from months where day is not null limit 120`
  return rows.map(({ month }) => month)
}

type DetailRow = Row & { payerName: string | null; payerIban: string | null; recordedBy: string | null; createdAt: Date }

/** One payment with what it settles and what of it went back; undefined when the scope holds no such payment. For the office. */
export async function readPayment(ctx: TenantContext, id: string): Promise<PaymentDetail | undefined> {
  const [row] = await ctx.db.$queryRaw<DetailRow[]>`
    select p.id, p.account_id as "accountId", a.name as "buyerName", p.received_on::text as "receivedOn", p.method, p.reference, p.currency,
      p.amount_minor as "amountMinor", p.allocated_minor as "allocatedMinor", p.refunded_minor as "refundedMinor", p.payer_name as "payerName", p.payer_iban as "payerIban", u.name as "recordedBy", p.created_at as "createdAt"
    from payments p join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
    left join users u on u.tenant_id = p.tenant_id and u.id::text = p.recorded_by
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${id}::uuid`
  if (!row) return undefined
  const { currency, allocatedMinor } = row
  const { payerName, payerIban, recordedBy, createdAt } = row
  return {
    ...rowOf(row),
    payerName,
    payerIban: payerIban && openField(ctx, 'payments.payer_iban', id, payerIban),
    recordedBy,
    createdAt,
    allocated: money(allocatedMinor, currency),
    allocations: await readAllocations(ctx, id),
    refunds: await readRefunds(ctx, id),
  }
}

type AllocationRow = Omit<AllocationView, 'amount' | 'rounding'> & { currency: string; amountMinor: bigint; roundingMinor: bigint }

async function readAllocations(ctx: TenantContext, paymentId: string): Promise<AllocationView[]> {
  const rows = await ctx.db.$queryRaw<AllocationRow[]>`
    select l.id, l.invoice_id as "invoiceId", i.number, l.currency, l.amount_minor as "amountMinor", l.rounding_minor as "roundingMinor",
      l.created_at as at, u.name as by, l.reversed_at as "reversedAt", l.reversal_reason as "reversalReason"
    from payment_allocations l join invoices i on i.tenant_id = l.tenant_id and i.id = l.invoice_id
    left join users u on u.tenant_id = l.tenant_id and u.id::text = l.allocated_by
    where l.tenant_id = ${ctx.tenantId}::uuid and l.payment_id = ${paymentId}::uuid order by l.id limit 500`
  return rows.map(({ currency, amountMinor, roundingMinor, ...view }) => ({
    ...view,
    amount: money(amountMinor, currency),
    rounding: money(roundingMinor, currency),
  }))
}

async function readRefunds(ctx: TenantContext, paymentId: string): Promise<RefundView[]> {
  const rows = await ctx.db.$queryRaw<(Omit<RefundView, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select r.id, r.kind, r.currency, r.amount_minor as "amountMinor", r.refunded_on::text as "refundedOn", r.reason, u.name as by
    from payment_refunds r left join users u on u.tenant_id = r.tenant_id and u.id::text = r.refunded_by
    where r.tenant_id = ${ctx.tenantId}::uuid and r.payment_id = ${paymentId}::uuid and r.reversed_at is null
    order by r.id limit 500`
  return rows.map(({ currency, amountMinor, ...view }) => ({ ...view, amount: money(amountMinor, currency) }))
}

type SettlementRow = Omit<SettlementView, 'amount'> & { currency: string; amountMinor: bigint }

/** What settled a document, oldest first: payments, and other documents' credit; what was taken back is marked. At most 200. */
export async function listSettlements(ctx: TenantContext, invoiceId: string): Promise<SettlementView[]> {
  const rows = await ctx.db.$queryRaw<SettlementRow[]>`
    select * from (
      select l.id, 'payment' as kind, p.id as "sourceId", p.received_on::text as day, p.method, p.reference, l.currency,
        l.amount_minor as "amountMinor", l.reversed_at is not null as "isReversed"
      from payment_allocations l join payments p on p.tenant_id = l.tenant_id and p.id = l.payment_id
      where l.tenant_id = ${ctx.tenantId}::uuid and l.invoice_id = ${invoiceId}::uuid
      union all
      select c.id, 'credit', n.id, (c.created_at at time zone t.time_zone)::date::text, null, n.number, c.currency, c.amount_minor,
        c.reversed_at is not null
      from credit_uses c join invoices n on n.tenant_id = c.tenant_id and n.id = c.credit_note_id
      join tenants t on t.tenant_id = c.tenant_id
      where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = ${invoiceId}::uuid) s
    order by s.day, s.id limit 200`
  return rows.map(({ currency, amountMinor, ...view }) => ({ ...view, amount: money(amountMinor, currency) }))
}

/** The currencies a buyer's documents and contracts are in, its own first. */
export async function currenciesOf(ctx: TenantContext, accountId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    select currency from (
      select c.currency, 0 as place from contracts c where c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = ${accountId}::uuid
      union all
      select i.currency, 1 from invoices i where i.tenant_id = ${ctx.tenantId}::uuid and i.account_id = ${accountId}::uuid
      union all
      select t.currency, 2 from tenants t where t.tenant_id = ${ctx.tenantId}::uuid) s
    group by currency order by min(place), currency limit 20`
  return rows.map(({ currency }) => currency)
}

/** A buyer found by a part of its name or by a document's number. */
export type FoundBuyer = { readonly id: string; readonly name: string }

/** Buyers whose name contains `words`, or of whom a document has that number; at most 20. */
export function findBuyers(ctx: TenantContext, words: string): Promise<FoundBuyer[]> {
  const pattern = `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`
  return ctx.db.$queryRaw<FoundBuyer[]>`
    select a.id, a.name from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid and (a.name ilike ${pattern} or exists (
      select 1 from invoices i where i.tenant_id = a.tenant_id and i.account_id = a.id and i.number = ${words}))
    order by a.name, a.id limit 20`
}

/** The day it is for the seller. */
export async function readToday(ctx: TenantContext): Promise<LocalDate> {
  const [row] = await ctx.db.$queryRaw<{ today: LocalDate }[]>`
    select (${ctx.now}::timestamptz at time zone t.time_zone)::date::text as today from tenants t where t.tenant_id = ${ctx.tenantId}::uuid`
  return row?.today ?? ''
}

/** Documents of a buyer that ask for money, the one due first first; at most 200. */
export async function listOpenDocuments(ctx: TenantContext, accountId: string): Promise<OpenDocument[]> {
  const rows = await ctx.db.$queryRaw<{ id: string; number: string; dueDate: LocalDate; currency: string; openMinor: bigint }[]>`
    select i.id, i.number, i.due_date::text as "dueDate", i.currency, s.total_minor - s.paid_minor as "openMinor"
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = ${accountId}::uuid and s.status in ('open', 'partly-paid', 'uncollectible')
      and i.document_type in ('invoice', 'debit-note')
    order by i.due_date, i.number limit 200`
  return rows.map(({ currency, openMinor, ...facts }) => ({ ...facts, open: money(openMinor, currency) }))
}
