import type { TenantContext } from '#app/db/context.server.ts'
import { type DisputeFileRow, listDisputeFiles, readDispute, readEvidence } from '#app/db/payments/disputes.server.ts'
import { attemptOfPayment } from '#app/db/payments/gateway-refunds.server.ts'
import type { DisputeState } from '#app/domain/dispute/dispute-state.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { RefundState } from '#app/domain/refund/refund-state.ts'
import { pageByTime, readTimeCursor } from './time-cursor.ts'

/** A dispute as lists show it. */
export type DisputeListRow = {
  readonly id: string
  readonly buyerName: string
  readonly gateway: string
  readonly state: DisputeState
  readonly amount: Money
  readonly respondBy: Date | null
  readonly openedAt: Date
}

/** Disputes, the newest first, `limit` at a time; only those that wait for an answer, when asked. */
export async function listDisputes(
  ctx: TenantContext,
  { state }: { readonly state: DisputeState | null },
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<{ readonly rows: readonly DisputeListRow[]; readonly nextCursor: string | null }> {
  const after = readTimeCursor(page.cursor)
  const rows = await ctx.db.$queryRaw<(Omit<DisputeListRow, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select d.id, b.name as "buyerName", g.gateway, d.state, d.currency, d.amount_minor as "amountMinor", d.respond_by as "respondBy",
      d.opened_at as "openedAt"
    from disputes d join accounts b on b.tenant_id = d.tenant_id and b.id = d.account_id
    join gateway_accounts g on g.tenant_id = d.tenant_id and g.id = d.gateway_account_id
    where d.tenant_id = ${ctx.tenantId}::uuid and (${state}::text is null or d.state = ${state})
      and (${after?.id ?? null}::uuid is null or (d.opened_at, d.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by d.opened_at desc, d.id desc limit ${page.limit + 1}`
  const views = rows.map(({ currency, amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) }))
  return pageByTime(views, page.limit, ({ openedAt }) => openedAt)
}

/** A dispute with what the seller says to it. */
export async function readDisputeDetail(ctx: TenantContext, id: string) {
  const dispute = await readDispute(ctx, id)
  if (!dispute) return undefined
  const buyer = await ctx.db.account.findFirst({ where: { id: dispute.accountId }, select: { name: true } })
  const evidence = await readEvidence(ctx, id)
  const files: Omit<DisputeFileRow, 'fileKey'>[] = (await listDisputeFiles(ctx, id)).map(({ fileKey: _, ...file }) => file)
  return { ...dispute, buyerName: buyer?.name ?? '', evidence, files }
}

/** A refund through a gateway as a payment shows it. */
export type GatewayRefundView = {
  readonly id: string
  readonly state: RefundState
  readonly amount: Money
  readonly reason: string
  readonly failureCode: string | null
  readonly requestedBy: string
  readonly createdAt: Date
}

/** Refunds of a payment through its gateway, the newest first; at most 200. */
async function listGatewayRefunds(ctx: TenantContext, paymentId: string): Promise<GatewayRefundView[]> {
  const rows = await ctx.db.$queryRaw<(Omit<GatewayRefundView, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select id, state, currency, amount_minor as "amountMinor", reason, failure_code as "failureCode", requested_by as "requestedBy",
      created_at as "createdAt"
    from gateway_refunds where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid order by created_at desc, id desc limit 200`
  return rows.map(({ currency, amountMinor, ...row }) => ({ ...row, amount: money(amountMinor, currency) }))
}

/** Payments of the scope that are in dispute now; at most 1,000. */
export async function disputedPayments(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ paymentId: string }[]>`
    select distinct payment_id as "paymentId" from disputes
    where tenant_id = ${ctx.tenantId}::uuid and state in ('needs-response', 'under-review') order by 1 limit 1000`
  return rows.map(({ paymentId }) => paymentId)
}

/** What a payment page shows of the gateway that brought it; null for money that came another way. */
export type PaymentAtGateway = {
  readonly attemptId: string
  readonly disputes: readonly { readonly id: string; readonly state: DisputeState }[]
  readonly refunds: readonly GatewayRefundView[]
}

/** The try that brought a payment, its disputes and refunds. */
export async function readPaymentAtGateway(ctx: TenantContext, paymentId: string): Promise<PaymentAtGateway | null> {
  const attemptId = await attemptOfPayment(ctx, paymentId)
  if (!attemptId) return null
  const disputes = await ctx.db.$queryRaw<{ id: string; state: DisputeState }[]>`
    select id, state from disputes where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid order by opened_at limit 20`
  return { attemptId, disputes, refunds: await listGatewayRefunds(ctx, paymentId) }
}
