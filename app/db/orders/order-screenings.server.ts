import type { FraudList } from '#app/domain/fraud/list-entry.ts'
import type { Screening, ScreeningVerdict } from '#app/domain/fraud/screen.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { listsWithRange } from '../people/fraud-lists.server.ts'

export type OrderOrigin = {
  readonly orderId: string
  readonly accountId: string
  readonly addressHash: string | undefined
  /** The network address itself: looked up among the ranges on lists, and not kept. */
  readonly address: string | undefined
}

/** Keeps where an order came from, when that is known; a repeat changes nothing. */
export async function noteOrderOrigin(ctx: TenantContext, { addressHash, address, ...origin }: OrderOrigin): Promise<void> {
  if (!addressHash) return
  const lists = await listsWithRange(ctx, address ?? null)
  await ctx.db.orderOrigin.createMany({
    data: [{ tenantId: ctx.tenantId, ...origin, addressHash, lists, placedAt: ctx.now }],
    skipDuplicates: true,
  })
}

export type ScreenedOrder = {
  readonly accountId: string
  /** Placed by the seller of the level below for its own buyer, whose order is screened there. */
  readonly isBuySide: boolean
  /** One more piece of an order, which is screened as a whole. */
  readonly isPiece: boolean
  readonly email: string
  readonly vatId: string | null
  readonly country: string
  readonly accountSince: Date
  readonly currency: string
  readonly netMinor: bigint
  readonly placedAt: Date
  readonly addressHash: string | null
  /** Lists on which the range of the network address stood. */
  readonly originLists: FraudList[] | null
  /** Fingerprints of the buyer's cards, where gateways gave some. */
  readonly cards: string[] | null
  /** Whether an order of the account runs and money of it has arrived. */
  readonly isProven: boolean
}

/** The order with what is known of its buyer; null when there is none. */
export async function readScreenedOrder(ctx: TenantContext, orderId: string): Promise<ScreenedOrder | null> {
  const [row] = await ctx.db.$queryRaw<ScreenedOrder[]>`
    select o.account_id as "accountId", o.child_order_id is not null as "isBuySide", o.lead_order_id is not null as "isPiece", a.email, a.vat_id as "vatId", a.country,
      a.created_at as "accountSince", o.currency,
      (select sum(e.net_minor) from orders e where e.tenant_id = o.tenant_id and (e.id = o.id or e.lead_order_id = o.id))::bigint as "netMinor", o.placed_at as "placedAt", g.address_hash as "addressHash",
      g.lists as "originLists", (select array_agg(distinct m.fingerprint) from payment_methods m
        where m.tenant_id = o.tenant_id and m.account_id = o.account_id and m.fingerprint is not null) as cards,
      exists (select from orders p where p.tenant_id = o.tenant_id and p.account_id = o.account_id and p.state = 'active')
        and exists (select from payments m where m.tenant_id = o.tenant_id and m.account_id = o.account_id and m.amount_minor > m.refunded_minor)
        as "isProven"
    from orders o
    join accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id
    left join order_origins g on g.tenant_id = o.tenant_id and g.order_id = o.id
    where o.tenant_id = ${ctx.tenantId}::uuid and o.id = ${orderId}::uuid`
  return row ?? null
}

export type OrderCounts = {
  readonly ordersOfAccount: number
  readonly accountsAtAddress: number
  readonly accountsWithCard: number
  readonly failedPayments: number
}

/** What else happened in the 24 hours before an order, by its account and around it. */
export async function countAround(ctx: TenantContext, orderId: string, order: ScreenedOrder): Promise<OrderCounts> {
  const { tenantId } = ctx
  const { accountId, addressHash, placedAt } = order
  const since = new Date(placedAt.getTime() - 86_400_000)
  const [counts] = await ctx.db.$queryRaw<OrderCounts[]>`
    select
      (select count(*)::int from orders o where o.tenant_id = ${tenantId}::uuid and o.account_id = ${accountId}::uuid
        and o.id <> ${orderId}::uuid and o.lead_order_id is null and o.placed_at > ${since} and o.placed_at <= ${placedAt}) as "ordersOfAccount",
      (select count(distinct g.account_id)::int from order_origins g where g.tenant_id = ${tenantId}::uuid
        and g.address_hash = ${addressHash} and g.account_id <> ${accountId}::uuid
        and g.placed_at > ${since} and g.placed_at <= ${placedAt}) as "accountsAtAddress",
      (select count(distinct other.account_id)::int from payment_methods own
        join payment_methods other on other.tenant_id = own.tenant_id and other.label = own.label and other.last_digits = own.last_digits
          and other.account_id <> own.account_id
        where own.tenant_id = ${tenantId}::uuid and own.account_id = ${accountId}::uuid and own.kind = 'card') as "accountsWithCard",
      (select count(*)::int from payment_attempts t where t.tenant_id = ${tenantId}::uuid and t.account_id = ${accountId}::uuid
        and t.state = 'failed' and t.created_at > ${since} and t.created_at <= ${placedAt}) as "failedPayments"`
  return counts ?? { ordersOfAccount: 0, accountsAtAddress: 0, accountsWithCard: 0, failedPayments: 0 }
}

export type NewScreening = Screening & { readonly orderId: string; readonly accountId: string; readonly facts: Prisma.InputJsonObject }

/** Keeps how an order was judged; the first one stays. */
export async function insertScreening(ctx: TenantContext, { reasons, ...screening }: NewScreening): Promise<void> {
  await ctx.db.orderScreening.createMany({
    data: [{ tenantId: ctx.tenantId, ...screening, reasons: reasons.map((reason) => ({ ...reason })), screenedAt: ctx.now }],
    skipDuplicates: true,
  })
}

/** How an order stands with screening, a person's decision before the rules'; null before it was screened. */
export async function standingVerdict(ctx: TenantContext, orderId: string): Promise<ScreeningVerdict | null> {
  const row = await ctx.db.orderScreening.findUnique({
    where: { tenantId_orderId: { tenantId: ctx.tenantId, orderId } },
    select: { verdict: true, decision: true },
  })
  return row ? ((row.decision ?? row.verdict) as ScreeningVerdict) : null
}

/** Decides an order that waits for a person; false when nothing waits any more. */
export async function decideScreening(
  ctx: TenantContext,
  { orderId, decision, note }: { readonly orderId: string; readonly decision: 'pass' | 'refuse'; readonly note: string },
): Promise<boolean> {
  const decided = await ctx.db.orderScreening.updateMany({
    where: { tenantId: ctx.tenantId, orderId, verdict: 'review', decision: null },
    data: { decision, note, decidedBy: actorName(ctx.actor), decidedAt: ctx.now },
  })
  return decided.count === 1
}
