import type { RatedSubscription } from '#app/domain/rating/terms.ts'
import { subscriptionCycle } from '#app/domain/subscription/subscription-cycle.ts'
import type { TenantContext } from '../context.server.ts'
import { phasesOf, readSubscriptionItems } from '../subscriptions/subscription-items.server.ts'

type Row = {
  readonly id: string
  readonly contractId: string
  readonly productId: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly proration: string | null
  readonly billingAnchor: 'calendar' | 'anniversary' | null
  readonly zone: string
}

/** A subscription as rating takes it, with the contract it is under. */
export type ContractSubscription = RatedSubscription & { readonly contractId: string }

/**
 * The subscriptions of `ids`, and all that ever ran under `poolContractIds`, whose allowances are shared: with the phases that
 * their main items make, and with service months of their own where they have an anchor of their own.
 */
export async function readRatingSubscriptions(
  ctx: TenantContext,
  { ids, poolContractIds = [] }: { readonly ids: readonly string[]; readonly poolContractIds?: readonly string[] },
): Promise<ContractSubscription[]> {
  if (ids.length === 0 && poolContractIds.length === 0) return []
  const rows = await ctx.db.$queryRaw<Row[]>`
    select s.id, s.contract_id as "contractId", s.product_id as "productId", s.started_at as "startsAt", s.ended_at as "endsAt",
      p.spec ->> 'proration' as proration, s.billing_anchor as "billingAnchor", t.time_zone as zone
    from subscriptions s
    join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid
      and (s.id = any (${ids}::uuid[]) or (s.contract_id = any (${poolContractIds}::uuid[]) and s.state in ('active', 'paused', 'ended')))
    order by s.id`
  const items = await readSubscriptionItems(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map(({ proration, billingAnchor, zone, ...row }) => {
    const phases = phasesOf(items.get(row.id) ?? [])
    return {
      ...row,
      proration: proration === 'none' || proration === 'day' ? proration : 'second',
      ...(phases.length > 0 ? { phases } : {}),
      ...(billingAnchor ? { cycle: subscriptionCycle({ anchor: billingAnchor, billingDay: 1, zone, startsAt: row.startsAt }) } : {}),
    }
  })
}
