import { Decimal } from '#app/domain/money/decimal.ts'
import type { MonthUsage } from '#app/domain/pricing/price-change/monthly-usage.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A contract with what its billing months begin by. */
export type PricedContract = {
  readonly contractId: string
  readonly accountId: string
  readonly accountName: string
  readonly currency: string
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly zone: string
}

/** Contracts in order of id after `afterId`. */
export function readPricedContracts(
  ctx: TenantContext,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<PricedContract[]> {
  return ctx.db.$queryRaw<PricedContract[]>`
    select c.id as "contractId", c.account_id as "accountId", a.name as "accountName", c.currency, c.billing_anchor as "billingAnchor",
      c.billing_day as "billingDay", t.time_zone as zone
    from contracts c
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    join tenants t on t.tenant_id = c.tenant_id
    where c.tenant_id = ${ctx.tenantId}::uuid and (${page.afterId}::uuid is null or c.id > ${page.afterId}::uuid)
    order by c.id limit ${page.limit}`
}

/** A billing month of a contract. */
export type ContractMonth = { readonly contractId: string; readonly billingPeriod: LocalDate }
export type ContractUsage = ContractMonth & MonthUsage

/**
 * The usage charged in each of `months`, added up by subscription, resource and price, corrections counted. One pass over the
 * charges of these months: each is looked up by contract and billing period (index `charges_tenant_id_contract_id_billing_period_…`)
 * and read once, however many subscriptions share the contract; the prices join what is left after adding up.
 */
export async function readMonthUsage(ctx: TenantContext, months: readonly ContractMonth[]): Promise<ContractUsage[]> {
  if (months.length === 0) return []
  const rows = await ctx.db.$queryRaw<(Omit<ContractUsage, 'quantity'> & { quantity: string })[]>`
    with used as materialized (
      select c.contract_id, c.billing_period, c.subscription_id, coalesce(c.resource_id::text, c.resource_name) as resource, c.meter, c.unit,
        c.price_rule_id, sum(c.quantity) as quantity
      from unnest(${sqlArray(months, (month) => month.contractId)}::uuid[], ${sqlArray(months, (month) => month.billingPeriod)}::date[])
        as m (contract_id, billing_period)
      join charges c on c.tenant_id = ${ctx.tenantId}::uuid and c.contract_id = m.contract_id and c.billing_period = m.billing_period
      where c.fee_kind = 'usage'
      group by c.contract_id, c.billing_period, c.subscription_id, coalesce(c.resource_id::text, c.resource_name), c.meter, c.unit, c.price_rule_id
      having sum(c.quantity) > 0
    )
    select u.contract_id as "contractId", u.billing_period::text as "billingPeriod", u.subscription_id as "subscriptionId",
      u.resource as "resourceRef", u.meter, u.unit, u.quantity::text as quantity, r.match
    from used u
    join price_rules r on r.tenant_id = ${ctx.tenantId}::uuid and r.id = u.price_rule_id
    order by u.contract_id, u.subscription_id, u.price_rule_id, u.resource`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}
