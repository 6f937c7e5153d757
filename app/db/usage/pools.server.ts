import { Decimal } from '#app/domain/money/decimal.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/** A pool that a contract shares: what is included in it now, and what counts towards it. Quantities are in the unit of `meter`. */
export type PoolState = {
  readonly meter: string
  readonly included: Decimal
  /** Used in the billing month so far. */
  readonly consumed: Decimal
  /** Sizes of what runs, or is ordered and not built yet, of the contract; `servers` counts them. */
  readonly servers: Decimal
  readonly cpus: Decimal
  readonly memoryGib: Decimal
}

export type PoolPlace = {
  readonly contractId: string
  readonly month: LocalDate
}

type PoolRow = { readonly meter: string } & Record<Exclude<keyof PoolState, 'meter'>, string>

/**
 * The pools of a contract, by the prices of its book that are in force. A pool is as large as what all subscriptions to its plan include;
 * of a price for every plan, what it includes once.
 */
export async function readPools(ctx: TenantContext, { contractId, month }: PoolPlace): Promise<PoolState[]> {
  const rows = await ctx.db.$queryRaw<PoolRow[]>`
    with version as (
      select v.id from contracts c join price_versions v on v.tenant_id = c.tenant_id and v.price_book_id = c.price_book_id
      where c.tenant_id = ${ctx.tenantId}::uuid and c.id = ${contractId}::uuid and v.withdrawn_at is null
        and v.valid_from <= ${ctx.now} and (v.valid_to is null or v.valid_to > ${ctx.now})
      order by v.number desc limit 1
    ), taken as (
      select product_id from subscriptions where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and ended_at is null
      union all
      select product_id from orders where tenant_id = ${ctx.tenantId}::uuid and contract_id = ${contractId}::uuid and subscription_id is null
        and state in ('placed', 'provisioning')
    ), sizes as (
      select count(*) as servers, coalesce(sum((p.spec ->> 'cpuNumber')::numeric), 0) as cpus,
        coalesce(sum((p.spec ->> 'memoryMib')::numeric) / 1024, 0) as memory
      from taken t join products p on p.tenant_id = ${ctx.tenantId}::uuid and p.id = t.product_id where p.spec ? 'cpuNumber'
    )
    select r.meter, (sum(r.included * case when r.product_id is null then 1 else (
        select count(*) from subscriptions s where s.tenant_id = r.tenant_id and s.contract_id = ${contractId}::uuid
          and s.product_id = r.product_id and s.ended_at is null) end))::text as included,
      coalesce(sum((select u.consumed from usage_counters u where u.tenant_id = r.tenant_id and u.contract_id = ${contractId}::uuid
        and u.counter_key = 'pool|' || r.id and u.period_start = ${month}::date)), 0)::text as consumed,
      max(z.servers)::text as servers, max(z.cpus)::text as cpus, max(z.memory)::text as "memoryGib"
    from version v join price_rules r on r.tenant_id = ${ctx.tenantId}::uuid and r.price_version_id = v.id
    cross join sizes z
    where r.fee_kind = 'usage' and r.included_scope = 'pool' and r.included > 0 and r.meter is not null
    group by r.meter order by r.meter limit 100`
  return rows.map(({ meter, included, consumed, servers, cpus, memoryGib }) => ({
    meter,
    included: new Decimal(included),
    consumed: new Decimal(consumed),
    servers: new Decimal(servers),
    cpus: new Decimal(cpus),
    memoryGib: new Decimal(memoryGib),
  }))
}
