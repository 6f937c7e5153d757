import type { TenantContext } from '#app/db/context.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { AttemptState } from '#app/domain/payment-attempt/attempt-state.ts'
import { pageByTime, readTimeCursor } from './time-cursor.ts'

/** A try at a gateway as lists show it. */
export type AttemptListRow = {
  readonly id: string
  readonly accountId: string
  readonly buyerName: string
  readonly gateway: string
  readonly kind: 'checkout' | 'off-session' | 'setup'
  readonly state: AttemptState
  readonly amount: Money
  readonly failureCode: string | null
  readonly paymentRef: string | null
  readonly createdAt: Date
}

type Columns = Omit<AttemptListRow, 'amount'> & { currency: string; amountMinor: bigint }

export type AttemptFilter = {
  readonly state: AttemptState | null
  /** A gateway's name of it, our id, or a part of the buyer's name. */
  readonly text: string | null
  /** As typed, in whole units. */
  readonly amount: string | null
  readonly accountId: string | null
  readonly from: Date | null
  readonly before: Date | null
}

/** Attempts, the newest first, `limit` at a time. A cursor that cannot be read starts at the newest. */
export async function listAttempts(
  ctx: TenantContext,
  filter: AttemptFilter,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<{ readonly rows: readonly AttemptListRow[]; readonly nextCursor: string | null }> {
  const { state, text, accountId, from, before } = filter
  const after = readTimeCursor(page.cursor)
  const minors = filter.amount === null ? null : minorsOf(filter.amount)
  const pattern = text && `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await inIndexOrder(
    ctx,
    () => ctx.db.$queryRaw<Columns[]>`
    select a.id, a.account_id as "accountId", b.name as "buyerName", g.gateway, a.kind, a.state, a.currency, a.amount_minor as "amountMinor",
      a.failure_code as "failureCode", a.payment_ref as "paymentRef", a.created_at as "createdAt"
    from payment_attempts a
    join accounts b on b.tenant_id = a.tenant_id and b.id = a.account_id
    join gateway_accounts g on g.tenant_id = a.tenant_id and g.id = a.gateway_account_id
    where a.tenant_id = ${ctx.tenantId}::uuid and (${state}::text is null or a.state = ${state})
      and (${accountId}::uuid is null or a.account_id = ${accountId}::uuid)
      and (${minors}::bigint[] is null or a.amount_minor = any (${minors}::bigint[]))
      and (${text}::text is null or a.payment_ref = ${text} or a.checkout_ref = ${text} or a.id::text = ${text} or b.name ilike ${pattern})
      and (${from}::timestamptz is null or a.created_at >= ${from}) and (${before}::timestamptz is null or a.created_at < ${before})
      and (${after?.id ?? null}::uuid is null or (a.created_at, a.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by a.created_at desc, a.id desc limit ${page.limit + 1}`,
  )
  return pageByTime(rows.map(rowOf), page.limit, ({ createdAt }) => createdAt)
}

function rowOf({ currency, amountMinor, ...facts }: Columns): AttemptListRow {
  return { ...facts, amount: money(amountMinor, currency) }
}

/** What a typed sum is in minor units of currencies without decimals, with two and with three. */
function minorsOf(typed: string): string[] {
  const text = typed.replace(',', '.')
  if (!/^\d{1,12}(\.\d{1,3})?$/.test(text)) return []
  return [0, 2, 3].flatMap((decimals) => {
    const minor = new Decimal(text).times(new Decimal(10).pow(decimals))
    return minor.isInteger() ? [minor.toFixed()] : []
  })
}

/** A try with what came of it. */
export type AttemptDetail = AttemptListRow & {
  readonly purpose: 'invoices' | 'order' | 'top-up' | 'method'
  readonly captured: Money
  readonly refunded: Money
  readonly checkoutRef: string | null
  readonly paymentId: string | null
  readonly finishedAt: Date | null
  readonly documents: readonly { readonly id: string; readonly number: string }[]
  readonly entries: readonly { readonly id: string; readonly kind: string; readonly bookedOn: string }[]
}

type DetailColumns = Columns &
  Omit<AttemptDetail, keyof AttemptListRow | 'captured' | 'refunded' | 'documents' | 'entries'> & {
    capturedMinor: bigint
    refundedMinor: bigint
  }

/** One attempt with the documents it is for and what was booked; undefined when the scope holds none of that id. */
export async function readAttemptDetail(ctx: TenantContext, id: string): Promise<AttemptDetail | undefined> {
  const [row] = await ctx.db.$queryRaw<DetailColumns[]>`
    select a.id, a.account_id as "accountId", b.name as "buyerName", g.gateway, a.kind, a.purpose, a.state, a.currency,
      a.amount_minor as "amountMinor", a.captured_minor as "capturedMinor", a.refunded_minor as "refundedMinor",
      a.failure_code as "failureCode", a.payment_ref as "paymentRef", a.checkout_ref as "checkoutRef", a.payment_id as "paymentId",
      a.created_at as "createdAt", a.finished_at as "finishedAt"
    from payment_attempts a
    join accounts b on b.tenant_id = a.tenant_id and b.id = a.account_id
    join gateway_accounts g on g.tenant_id = a.tenant_id and g.id = a.gateway_account_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${id}::uuid`
  if (!row) return undefined
  const { capturedMinor, refundedMinor, ...rest } = row
  const { purpose, checkoutRef, paymentId, finishedAt, currency } = rest
  return {
    ...rowOf(rest),
    purpose,
    checkoutRef,
    paymentId,
    finishedAt,
    captured: money(capturedMinor, currency),
    refunded: money(refundedMinor, currency),
    documents: await documentsOf(ctx, id),
    entries: paymentId ? await entriesOf(ctx, paymentId) : [],
  }
}

function documentsOf(ctx: TenantContext, attemptId: string) {
  return ctx.db.$queryRaw<{ id: string; number: string }[]>`
    select i.id, i.number from payment_attempt_targets t join invoices i on i.tenant_id = t.tenant_id and i.id = t.target_id
    where t.tenant_id = ${ctx.tenantId}::uuid and t.attempt_id = ${attemptId}::uuid and t.kind = 'invoice' order by i.number limit 100`
}

function entriesOf(ctx: TenantContext, paymentId: string) {
  return ctx.db.$queryRaw<{ id: string; kind: string; bookedOn: string }[]>`
    select e.id, e.kind, e.booked_on::text as "bookedOn" from ledger_entries e
    where e.tenant_id = ${ctx.tenantId}::uuid and e.source_key = any (
      select 'payment:' || ${paymentId}::text union all
      select 'refund:' || r.id from payment_refunds r where r.tenant_id = ${ctx.tenantId}::uuid and r.payment_id = ${paymentId}::uuid
      union all select 'allocation:' || l.id from payment_allocations l
      where l.tenant_id = ${ctx.tenantId}::uuid and l.payment_id = ${paymentId}::uuid)
    order by e.booked_on, e.id limit 200`
}
