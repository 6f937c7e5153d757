import { type DisputeState, isDecided } from '#app/domain/dispute/dispute-state.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** A payment that its payer's bank takes back while it looks into it. */
export type DisputeRow = {
  readonly id: string
  readonly accountId: string
  readonly gatewayAccountId: string
  readonly attemptId: string
  readonly paymentId: string
  readonly disputeRef: string
  readonly state: DisputeState
  readonly reason: string
  readonly amount: Money
  /** Of the amount, what was kept of the payment; the rest was given back before. */
  readonly returned: Money
  readonly fee: Money
  readonly feeSteps: number
  readonly respondBy: Date | null
  readonly openedAt: Date
  readonly noticedAt: Date | null
}

type Columns = Omit<DisputeRow, 'amount' | 'returned' | 'fee'> & {
  readonly currency: string
  readonly amountMinor: bigint
  readonly returnedMinor: bigint
  readonly feeMinor: bigint
}

const columns = Prisma.sql`d.id, d.account_id as "accountId", d.gateway_account_id as "gatewayAccountId", d.attempt_id as "attemptId",
  d.payment_id as "paymentId", d.dispute_ref as "disputeRef", d.state, d.reason, d.currency, d.amount_minor as "amountMinor",
  d.returned_minor as "returnedMinor", d.fee_minor as "feeMinor", d.fee_steps as "feeSteps", d.respond_by as "respondBy",
  d.opened_at as "openedAt", d.noticed_at as "noticedAt"`

function disputeOf({ currency, amountMinor, returnedMinor, feeMinor, ...facts }: Columns): DisputeRow {
  return { ...facts, amount: money(amountMinor, currency), returned: money(returnedMinor, currency), fee: money(feeMinor, currency) }
}

export type NewDispute = Omit<DisputeRow, 'id' | 'fee' | 'feeSteps' | 'openedAt' | 'noticedAt' | 'state'>

/** Saves a dispute that opens now, the seller being asked. Returns its id. */
export async function insertDispute(ctx: TenantContext, { amount, returned, ...dispute }: NewDispute): Promise<string> {
  const id = newId()
  const sums = { currency: amount.currency, amountMinor: amount.minor, returnedMinor: returned.minor }
  const times = { openedAt: ctx.now, changedAt: ctx.now }
  await ctx.db.dispute.createMany({ data: [{ tenantId: ctx.tenantId, id, ...dispute, state: 'needs-response', ...sums, ...times }] })
  return id
}

/** One dispute; undefined when the scope holds none of that id. */
export async function readDispute(ctx: TenantContext, id: string): Promise<DisputeRow | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from disputes d where d.tenant_id = ${ctx.tenantId}::uuid and d.id = ${id}::uuid`
  return row && disputeOf(row)
}

/** The dispute that a gateway account calls `disputeRef`, held until the transaction ends. */
export async function lockDispute(
  ctx: TenantContext,
  { gatewayAccountId, disputeRef }: Pick<DisputeRow, 'gatewayAccountId' | 'disputeRef'>,
): Promise<DisputeRow | undefined> {
  const [row] = await ctx.db.$queryRaw<Columns[]>`
    select ${columns} from disputes d where d.tenant_id = ${ctx.tenantId}::uuid and d.gateway_account_id = ${gatewayAccountId}::uuid
      and d.dispute_ref = ${disputeRef} for update`
  return row && disputeOf(row)
}

export type DisputeChange = Pick<DisputeRow, 'id' | 'state' | 'reason' | 'respondBy' | 'feeSteps'> & { readonly feeMinor: bigint }

/** Notes where a dispute stands. */
export async function moveDispute(ctx: TenantContext, { id, ...change }: DisputeChange): Promise<void> {
  const data = { ...change, changedAt: ctx.now }
  await ctx.db.dispute.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: isDecided(change.state) ? { ...data, decidedAt: ctx.now } : data,
  })
}

/** How many disputes of a payment nobody decided on yet. */
export function undecidedDisputes(ctx: TenantContext, paymentId: string): Promise<number> {
  return ctx.db.dispute.count({ where: { tenantId: ctx.tenantId, paymentId, decidedAt: null } })
}

/** Notes that staff was told of a dispute; false when it was told before. */
export async function noteNoticed(ctx: TenantContext, id: string): Promise<boolean> {
  const where = { tenantId: ctx.tenantId, id, noticedAt: null }
  return (await ctx.db.dispute.updateMany({ where, data: { noticedAt: ctx.now } })).count === 1
}

export type TakenAllocation = { readonly invoiceId: string; readonly amountMinor: bigint }

/** What a payment settled until it was taken back for `reason`, in the order it settled it; at most 500. */
export function allocationsTakenFor(
  ctx: TenantContext,
  { paymentId, reason }: { readonly paymentId: string; readonly reason: string },
): Promise<TakenAllocation[]> {
  return ctx.db.$queryRaw<TakenAllocation[]>`
    select invoice_id as "invoiceId", amount_minor as "amountMinor" from payment_allocations
    where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid and reversal_reason = ${reason} order by id limit 500`
}

/** What the seller tells the bank; null before anything was written. */
export type EvidenceRow = { readonly text: string; readonly savedAt: Date; readonly sentAt: Date | null }

export function readEvidence(ctx: TenantContext, disputeId: string): Promise<EvidenceRow | null> {
  const where = { tenantId_disputeId: { tenantId: ctx.tenantId, disputeId } }
  return ctx.db.disputeEvidence.findUnique({ where, select: { text: true, savedAt: true, sentAt: true } })
}

/** Keeps what the seller writes, in place of what it wrote before. */
export async function saveEvidenceText(ctx: TenantContext, disputeId: string, text: string): Promise<void> {
  const { tenantId, now } = ctx
  const data = { text, savedBy: actorName(ctx.actor), savedAt: now }
  const where = { tenantId_disputeId: { tenantId, disputeId } }
  await ctx.db.disputeEvidence.upsert({ where, create: { tenantId, disputeId, ...data }, update: data })
}

/** Notes that the evidence went to the bank. */
export async function noteEvidenceSent(ctx: TenantContext, disputeId: string): Promise<void> {
  const data = { sentBy: actorName(ctx.actor), sentAt: ctx.now }
  await ctx.db.disputeEvidence.updateMany({ where: { tenantId: ctx.tenantId, disputeId, sentAt: null }, data })
}

export type DisputeFileRow = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly sizeBytes: number
  readonly fileKey: string
}

/** Files of a dispute, in the order they were added; at most 50. */
export function listDisputeFiles(ctx: TenantContext, disputeId: string): Promise<DisputeFileRow[]> {
  const select = { id: true, name: true, contentType: true, sizeBytes: true, fileKey: true }
  const orderBy = [{ addedAt: 'asc' as const }, { id: 'asc' as const }]
  return ctx.db.disputeFile.findMany({ where: { tenantId: ctx.tenantId, disputeId }, select, orderBy, take: 50 })
}

/** Notes a file that is in the file store. */
export async function insertDisputeFile(
  ctx: TenantContext,
  { disputeId, ...file }: DisputeFileRow & { readonly disputeId: string },
): Promise<void> {
  const facts = { addedBy: actorName(ctx.actor), addedAt: ctx.now }
  await ctx.db.disputeFile.createMany({ data: [{ tenantId: ctx.tenantId, disputeId, ...file, ...facts }] })
}

/** Takes a file out of a dispute. */
export async function deleteDisputeFile(
  ctx: TenantContext,
  { disputeId, fileId }: { readonly disputeId: string; readonly fileId: string },
): Promise<void> {
  await ctx.db.disputeFile.deleteMany({ where: { tenantId: ctx.tenantId, disputeId, id: fileId } })
}

/** A dispute that took more than its payment had: `lost` is what is missing still. */
export type ShortDispute = Pick<DisputeRow, 'id' | 'disputeRef' | 'accountId'> & { readonly lost: Money }

/** Disputes of a payment that are not won and of which something was booked as lost, the oldest first. */
export async function disputesShortOf(ctx: TenantContext, paymentId: string): Promise<ShortDispute[]> {
  const rows = await ctx.db.$queryRaw<(Omit<ShortDispute, 'lost'> & { currency: string; lostMinor: bigint })[]>`
    select * from (
      select d.id, d.dispute_ref as "disputeRef", d.account_id as "accountId", d.currency,
        (d.amount_minor - d.returned_minor - coalesce((
          select sum(r.amount_minor) from payment_refunds r
          where r.tenant_id = d.tenant_id and r.payment_id = d.payment_id and r.source_key like 'dispute:' || d.id || ':%' and r.reversed_at is null), 0)
        )::bigint as "lostMinor"
      from disputes d where d.tenant_id = ${ctx.tenantId}::uuid and d.payment_id = ${paymentId}::uuid and d.state <> 'won') s
    where "lostMinor" > 0 order by id`
  return rows.map(({ currency, lostMinor, ...row }) => ({ ...row, lost: money(lostMinor, currency) }))
}

/** What went to a dispute after it was seen first, by the keys it was booked under. */
export async function lateSharesOf(ctx: TenantContext, { id, paymentId }: Pick<DisputeRow, 'id' | 'paymentId'>): Promise<string[]> {
  const rows = await ctx.db.paymentRefund.findMany({
    where: { tenantId: ctx.tenantId, paymentId, sourceKey: { startsWith: `dispute:${id}:` }, reversedAt: null },
    select: { sourceKey: true },
    orderBy: { id: 'asc' },
    take: 500,
  })
  return rows.map(({ sourceKey }) => sourceKey)
}
