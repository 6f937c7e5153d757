import { type Money, money } from '#app/domain/money/money.ts'
import type { GatewayPayout, PayoutLine } from '#app/domain/payment-attempt/gateway-facts.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A payout of a gateway as it is kept. */
export type GatewayPayoutRow = { readonly id: string; readonly isBooked: boolean; readonly isNew: boolean }
export type NewGatewayPayout = { readonly gatewayAccountId: string; readonly payout: Omit<GatewayPayout, 'lines'>; readonly fee: Money }

/** Keeps a payout, or what is new of one that is kept, held until the transaction ends. What is booked stays as it was. */
export async function keepGatewayPayout(
  ctx: TenantContext,
  { gatewayAccountId, payout, fee }: NewGatewayPayout,
): Promise<GatewayPayoutRow> {
  const { ref, amount, arrivesOn, state } = payout
  const [row] = await ctx.db.$queryRaw<[GatewayPayoutRow]>`
    insert into gateway_payouts (tenant_id, id, gateway_account_id, payout_ref, state, currency, amount_minor, fee_minor, arrives_on, read_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${gatewayAccountId}::uuid, ${ref}, ${state}, ${amount.currency}, ${amount.minor},
      ${fee.minor}, ${arrivesOn}::date, ${ctx.now})
    on conflict (tenant_id, gateway_account_id, payout_ref) do update set state = excluded.state, read_at = excluded.read_at
    returning id, booked_at is not null as "isBooked", xmax = 0 as "isNew"`
  return row
}

/** Keeps what a payout is made of. */
export async function insertPayoutLines(ctx: TenantContext, payoutId: string, lines: readonly PayoutLine[]): Promise<void> {
  await ctx.db.gatewayPayoutLine.createMany({
    data: lines.map(({ kind, ref, amount, fee }, place) => ({
      tenantId: ctx.tenantId,
      id: newId(),
      payoutId,
      position: place + 1,
      kind,
      ref,
      amountMinor: amount.minor,
      feeMinor: fee.minor,
    })),
  })
}

/** Notes that a payout is in the books. */
export async function noteBooked(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.gatewayPayout.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { bookedAt: ctx.now } })
}

export type KeptLine = Pick<PayoutLine, 'kind' | 'ref' | 'amount' | 'fee'> & { readonly id: string; readonly place: number }

/** What a payout is made of, in the gateway's order; at most 20,000. */
export async function linesOfPayout(ctx: TenantContext, payoutId: string): Promise<KeptLine[]> {
  type Row = Omit<KeptLine, 'amount' | 'fee'> & { currency: string; amountMinor: bigint; feeMinor: bigint }
  const rows = await ctx.db.$queryRaw<Row[]>`
    select l.id, l.position as place, l.kind, l.ref, p.currency, l.amount_minor as "amountMinor", l.fee_minor as "feeMinor"
    from gateway_payout_lines l join gateway_payouts p on p.tenant_id = l.tenant_id and p.id = l.payout_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.payout_id = ${payoutId}::uuid order by l.position limit 20000`
  return rows.map(({ currency, amountMinor, feeMinor, ...row }) => ({
    ...row,
    amount: money(amountMinor, currency),
    fee: money(feeMinor, currency),
  }))
}

/** What the books say of the payment, refund or dispute that a line names; sums as a payout would hold them, in minor units. */
export type BookedFact = {
  readonly ref: string
  readonly kind: 'payment' | 'refund' | 'dispute'
  readonly id: string
  readonly minor: bigint
  /** Of a dispute: its fee is booked already. */
  readonly feeMinor: bigint
}

/** Facts of a gateway account by the gateway's names. */
export function bookedFacts(ctx: TenantContext, gatewayAccountId: string, refs: readonly string[]): Promise<BookedFact[]> {
  return ctx.db.$queryRaw<BookedFact[]>`
    select 'payment' as kind, a.payment_ref as ref, a.id, a.captured_minor as minor, 0::bigint as "feeMinor" from payment_attempts a
    where a.tenant_id = ${ctx.tenantId}::uuid and a.gateway_account_id = ${gatewayAccountId}::uuid and a.payment_ref = any (${refs}::text[])
      and a.payment_id is not null
    union all
    select 'refund', r.refund_ref, r.id, -r.amount_minor, 0 from gateway_refunds r
    where r.tenant_id = ${ctx.tenantId}::uuid and r.gateway_account_id = ${gatewayAccountId}::uuid and r.refund_ref = any (${refs}::text[])
    union all
    select 'dispute', d.dispute_ref, d.id, -d.amount_minor, d.fee_minor from disputes d
    where d.tenant_id = ${ctx.tenantId}::uuid and d.gateway_account_id = ${gatewayAccountId}::uuid and d.dispute_ref = any (${refs}::text[])
    order by 1, 2`
}

export type JudgedLine = {
  readonly id: string
  readonly factKind: BookedFact['kind'] | null
  readonly factId: string | null
  readonly difference: 'unknown' | 'other-amount' | 'twice' | null
  readonly expectedMinor: bigint | null
}

/** Notes what lines of payouts are with the seller, and how they differ. */
export async function noteJudged(ctx: TenantContext, lines: readonly JudgedLine[]): Promise<void> {
  const idOf = (kind: BookedFact['kind']) => sqlArray(lines, ({ factKind, factId }) => (factKind === kind ? factId : null))
  await ctx.db.$executeRaw`
    update gateway_payout_lines l set attempt_id = j.attempt_id, refund_id = j.refund_id, dispute_id = j.dispute_id, difference = j.difference,
      expected_minor = j.expected
    from unnest(${sqlArray(lines, ({ id }) => id)}::uuid[], ${idOf('payment')}::uuid[], ${idOf('refund')}::uuid[], ${idOf('dispute')}::uuid[],
      ${sqlArray(lines, ({ difference }) => difference)}::text[],
      ${sqlArray(lines, ({ expectedMinor }) => expectedMinor?.toString() ?? null)}::bigint[])
      as j (id, attempt_id, refund_id, dispute_id, difference, expected)
    where l.tenant_id = ${ctx.tenantId}::uuid and l.id = j.id`
}

/** Which of these facts another payout paid before: of a payment and a refund once is enough. */
export async function paidBefore(
  ctx: TenantContext,
  { payoutId, factIds }: { readonly payoutId: string; readonly factIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select coalesce(attempt_id, refund_id) as id from gateway_payout_lines
    where tenant_id = ${ctx.tenantId}::uuid and payout_id <> ${payoutId}::uuid
      and (attempt_id = any (${factIds}::uuid[]) or refund_id = any (${factIds}::uuid[]))`
  return new Set(rows.map(({ id }) => id))
}

/** Ids of payouts that hold lines which differ, the newest first; at most 50. They are compared again: what was unknown may be known now. */
export async function payoutsWithDifferences(ctx: TenantContext, gatewayAccountId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select p.id from gateway_payouts p where p.tenant_id = ${ctx.tenantId}::uuid and p.gateway_account_id = ${gatewayAccountId}::uuid
      and exists (select 1 from gateway_payout_lines l where l.tenant_id = p.tenant_id and l.payout_id = p.id and l.difference is not null)
    order by p.arrives_on desc, p.id desc limit 50`
  return rows.map(({ id }) => id)
}

/** The day of the latest payout of a gateway account; null before the first one. */
export async function latestPayoutDay(ctx: TenantContext, gatewayAccountId: string): Promise<LocalDate | null> {
  const [row] = await ctx.db.$queryRaw<[{ day: LocalDate | null }]>`
    select max(arrives_on)::text as day from gateway_payouts
    where tenant_id = ${ctx.tenantId}::uuid and gateway_account_id = ${gatewayAccountId}::uuid`
  return row.day
}
