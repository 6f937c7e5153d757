import { type Money, money } from '#app/domain/money/money.ts'
import { type RefundState, refundStates } from '#app/domain/refund/refund-state.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/** Money given back through a gateway. `id` is the idempotency key there. */
export type GatewayRefundRow = {
  readonly id: string
  readonly accountId: string
  readonly gatewayAccountId: string
  readonly attemptId: string
  readonly paymentId: string
  /** The document that is credited by it. */
  readonly invoiceId: string | null
  readonly source: 'staff' | 'gateway'
  readonly state: RefundState
  readonly amount: Money
  readonly reason: string
  readonly refundRef: string | null
  readonly failureCode: string | null
  readonly requestedBy: string
}

type Columns = Omit<GatewayRefundRow, 'amount'> & { readonly currency: string; readonly amountMinor: bigint }

const columns = Prisma.sql`r.id, r.account_id as "accountId", r.gateway_account_id as "gatewayAccountId", r.attempt_id as "attemptId",
  r.payment_id as "paymentId", r.invoice_id as "invoiceId", r.source, r.state, r.currency, r.amount_minor as "amountMinor", r.reason,
  r.refund_ref as "refundRef", r.failure_code as "failureCode", r.requested_by as "requestedBy"`

function refundOf({ currency, amountMinor, ...facts }: Columns): GatewayRefundRow {
  return { ...facts, amount: money(amountMinor, currency) }
}

export type NewGatewayRefund = Omit<GatewayRefundRow, 'failureCode' | 'requestedBy'>

/** Saves a refund; false when there is one of that id. */
export async function insertGatewayRefund(ctx: TenantContext, refund: NewGatewayRefund): Promise<boolean> {
  const { amount, ...facts } = refund
  const isFinished = refund.state === 'done' || refund.state === 'failed'
  const times = { createdAt: ctx.now, changedAt: ctx.now, finishedAt: isFinished ? ctx.now : null }
  const sum = { currency: amount.currency, amountMinor: amount.minor }
  const data = [{ tenantId: ctx.tenantId, ...facts, ...sum, requestedBy: actorName(ctx.actor), ...times }]
  return (await ctx.db.gatewayRefund.createMany({ data, skipDuplicates: true })).count === 1
}

/** One refund; undefined when the scope holds none of that id. */
export async function readGatewayRefund(ctx: TenantContext, id: string): Promise<GatewayRefundRow | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from gateway_refunds r where r.tenant_id = ${ctx.tenantId}::uuid and r.id = ${id}::uuid`
  return row && refundOf(row)
}

/** A refund, held until the transaction ends. */
export async function lockGatewayRefund(ctx: TenantContext, id: string): Promise<GatewayRefundRow | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from gateway_refunds r where r.tenant_id = ${ctx.tenantId}::uuid and r.id = ${id}::uuid for update`
  return row && refundOf(row)
}

/** The refund of an attempt that the gateway calls `refundRef`, or that has that id. */
export async function refundOfRef(
  ctx: TenantContext,
  { attemptId, refundRef, refundId }: { readonly attemptId: string; readonly refundRef: string; readonly refundId: string },
): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from gateway_refunds where tenant_id = ${ctx.tenantId}::uuid and attempt_id = ${attemptId}::uuid
      and (refund_ref = ${refundRef} or id::text = ${refundId}) order by id::text = ${refundId} desc limit 1`
  return row?.id
}

export type RefundChange = {
  readonly id: string
  readonly state: RefundState
  readonly refundRef?: string | null
  readonly failureCode?: string | null
  readonly approvedBy?: string
}

const finished: readonly RefundState[] = refundStates.filter((state) => ['refused', 'done', 'failed'].includes(state))

/** Notes what became of a refund; what is left out stays. */
export async function moveGatewayRefund(ctx: TenantContext, { id, state, ...change }: RefundChange): Promise<void> {
  const data = { ...change, state, changedAt: ctx.now, finishedAt: finished.includes(state) ? ctx.now : null }
  await ctx.db.gatewayRefund.updateMany({ where: { tenantId: ctx.tenantId, id }, data })
}

/**
 * Adds `minor` units (below zero: takes them away) to what of an attempt went back; false when more would go back than was captured. Fifty
 * at once never give back more than there is.
 */
export async function addRefunded(ctx: TenantContext, { attemptId, minor }: { attemptId: string; minor: bigint }): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update payment_attempts set refunded_minor = refunded_minor + ${minor}, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${attemptId}::uuid and refunded_minor + ${minor} between 0 and captured_minor`
  return changed === 1
}

/** The attempt that brought a payment in; undefined for money that came another way. */
export async function attemptOfPayment(ctx: TenantContext, paymentId: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from payment_attempts where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid order by id limit 1`
  return row?.id
}

/** Ids of refunds that the gateway is to be asked about: nothing was heard of them since `before`. The oldest first; at most 100. */
export async function dueRefunds(ctx: TenantContext, before: Date): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from gateway_refunds where tenant_id = ${ctx.tenantId}::uuid and state in ('created', 'unknown', 'pending')
      and changed_at < ${before} order by changed_at, id limit 100`
  return rows.map(({ id }) => id)
}
