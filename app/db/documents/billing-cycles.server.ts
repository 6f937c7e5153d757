import type { TenantContext } from '../context.server.ts'

export type CycleRow = {
  readonly contractId: string
  readonly anchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly zone: string
}

/** What cuts the service periods of a subscription: its own anchor, else its contract's, in the seller's zone. */
export async function readCycle(ctx: TenantContext, subscriptionId: string): Promise<CycleRow> {
  const [row] = await ctx.db.$queryRaw<CycleRow[]>`
    select c.id as "contractId", coalesce(s.billing_anchor, c.billing_anchor) as anchor, c.billing_day as "billingDay", t.time_zone as zone
    from subscriptions s
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.id = ${subscriptionId}::uuid`
  if (!row) throw new Error(`subscription ${subscriptionId} is not there`)
  return row
}
