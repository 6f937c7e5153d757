import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { readCursor, writeCursor } from '../ledger/cursor.ts'

/** What a gateway paid out, as lists show it. */
export type GatewayPayoutView = {
  readonly id: string
  readonly gateway: string
  readonly payoutRef: string
  readonly state: 'on-its-way' | 'paid' | 'failed'
  readonly arrivesOn: LocalDate
  readonly amount: Money
  readonly fee: Money
  readonly lines: number
  readonly differences: number
  /** What its lines come to beyond what arrived. */
  readonly gap: Money
}

type Columns = Omit<GatewayPayoutView, 'amount' | 'fee' | 'gap'> & {
  currency: string
  amountMinor: bigint
  feeMinor: bigint
  gapMinor: bigint
}

/** Payouts of gateways, the newest first, `limit` at a time. */
export async function listGatewayPayouts(
  ctx: TenantContext,
  { cursor, limit, id = null }: { readonly cursor: string | null; readonly limit: number; readonly id?: string | null },
): Promise<{ readonly rows: readonly GatewayPayoutView[]; readonly nextCursor: string | null }> {
  const after = readCursor(cursor)
  const rows = await ctx.db.$queryRaw<Columns[]>`
    select p.id, g.gateway, p.payout_ref as "payoutRef", p.state, p.arrives_on::text as "arrivesOn", p.currency, p.amount_minor as "amountMinor",
      p.fee_minor as "feeMinor", l.lines, l.differences, l.net - p.amount_minor as "gapMinor"
    from gateway_payouts p
    join gateway_accounts g on g.tenant_id = p.tenant_id and g.id = p.gateway_account_id
    cross join lateral (select count(*)::int as lines, (count(*) filter (where difference is not null))::int as differences,
      coalesce(sum(amount_minor - fee_minor), 0)::bigint as net
      from gateway_payout_lines l where l.tenant_id = p.tenant_id and l.payout_id = p.id) l
    where p.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or p.id = ${id}::uuid)
      and (${after?.id ?? null}::uuid is null or (p.arrives_on, p.id) < (${after?.bookedOn ?? null}::date, ${after?.id ?? null}::uuid))
    order by p.arrives_on desc, p.id desc limit ${limit + 1}`
  const views = rows.map(({ currency, amountMinor, feeMinor, gapMinor, ...row }) => ({
    ...row,
    amount: money(amountMinor, currency),
    fee: money(feeMinor, currency),
    gap: money(gapMinor, currency),
  }))
  const last = views[limit - 1]
  const nextCursor = views.length > limit && last ? writeCursor({ bookedOn: last.arrivesOn, id: last.id }) : null
  return { rows: views.slice(0, limit), nextCursor }
}

/** One movement of a payout, with what it is in the books. */
export type PayoutLineView = {
  readonly id: string
  readonly kind: 'payment' | 'refund' | 'dispute' | 'fee' | 'other'
  readonly ref: string | null
  readonly amount: Money
  readonly fee: Money
  readonly difference: 'unknown' | 'other-amount' | 'twice' | null
  readonly expected: Money | null
  readonly paymentId: string | null
}

/** What a payout is made of, those that differ first; at most 1,000. */
export async function listPayoutLines(ctx: TenantContext, payoutId: string): Promise<PayoutLineView[]> {
  type Row = Omit<PayoutLineView, 'amount' | 'fee' | 'expected'> & {
    currency: string
    amountMinor: bigint
    feeMinor: bigint
    expectedMinor: bigint | null
  }
  const rows = await ctx.db.$queryRaw<Row[]>`
    select l.id, l.kind, l.ref, p.currency, l.amount_minor as "amountMinor", l.fee_minor as "feeMinor", l.difference,
      l.expected_minor as "expectedMinor", coalesce(a.payment_id, r.payment_id, d.payment_id) as "paymentId"
    from gateway_payout_lines l
    join gateway_payouts p on p.tenant_id = l.tenant_id and p.id = l.payout_id
    left join payment_attempts a on a.tenant_id = l.tenant_id and a.id = l.attempt_id
    left join gateway_refunds r on r.tenant_id = l.tenant_id and r.id = l.refund_id
    left join disputes d on d.tenant_id = l.tenant_id and d.id = l.dispute_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.payout_id = ${payoutId}::uuid
    order by l.difference is null, l.position limit 1000`
  return rows.map(({ currency, amountMinor, feeMinor, expectedMinor, ...row }) => ({
    ...row,
    amount: money(amountMinor, currency),
    fee: money(feeMinor, currency),
    expected: expectedMinor === null ? null : money(expectedMinor, currency),
  }))
}

/** A payment that a gateway took and that no payout holds although later ones arrived. */
export type MissingPayment = {
  readonly paymentId: string
  readonly buyerName: string
  readonly paymentRef: string
  readonly amount: Money
  readonly at: Date
}

const settledDays = 14

/** Payments of gateways that pay out, taken two weeks before the latest payout and in none of them, the oldest first; at most 100. */
export async function listMissingPayments(ctx: TenantContext): Promise<MissingPayment[]> {
  const rows = await ctx.db.$queryRaw<(Omit<MissingPayment, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select a.payment_id as "paymentId", b.name as "buyerName", a.payment_ref as "paymentRef", a.currency, a.captured_minor as "amountMinor",
      a.finished_at as at
    from payment_attempts a
    join accounts b on b.tenant_id = a.tenant_id and b.id = a.account_id
    join (select gateway_account_id, min(arrives_on) as first, max(arrives_on) as last from gateway_payouts
      where tenant_id = ${ctx.tenantId}::uuid group by gateway_account_id) p on p.gateway_account_id = a.gateway_account_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.state = 'captured' and a.captured_minor > 0 and a.payment_id is not null
      and a.finished_at >= p.first and a.finished_at < p.last - make_interval(days => ${settledDays}::int)
      and not exists (select 1 from gateway_payout_lines l where l.tenant_id = a.tenant_id and l.attempt_id = a.id)
    order by a.finished_at, a.id limit 100`
  return rows.map(({ currency, amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) }))
}
