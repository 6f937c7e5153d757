import type { TrialUsed } from '#app/domain/catalog/trial-terms.ts'
import type { TenantContext } from '../context.server.ts'

type Trial = { readonly productId: string; readonly accountId: string }
type Row = Omit<TrialUsed, 'trafficGb'> & { readonly trafficGb: string }

/** What an account has of a product in trial now, what is being built included, and what those that run have sent. Sizes are those of plans. */
export async function readTrialUsed(ctx: TenantContext, { productId, accountId }: Trial): Promise<TrialUsed> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    with tried as (
      select o.id, o.subscription_id, coalesce((p.spec ->> 'cpuNumber')::int, 0) as vcpus, coalesce((p.spec ->> 'diskGib')::int, 0) as disk
      from orders o
      join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
      left join subscriptions s on s.tenant_id = o.tenant_id and s.id = o.subscription_id
      where o.tenant_id = ${ctx.tenantId}::uuid and o.account_id = ${accountId}::uuid and o.product_id = ${productId}::uuid
        and (o.state in ('placed', 'provisioning') or (o.state = 'active' and s.state <> 'ended' and s.trial_ends_at > ${ctx.now}))
    )
    select count(*)::int as servers, coalesce(sum(vcpus), 0)::int as vcpus, coalesce(sum(disk), 0)::int as "diskGib",
      coalesce((select sum(u.quantity) from usage_records u where u.tenant_id = ${ctx.tenantId}::uuid and u.meter = 'traffic.sent'
        and u.subscription_id in (select t.subscription_id from tried t)), 0)::text as "trafficGb"
    from tried`
  return row ? { ...row, trafficGb: Number(row.trafficGb) } : { servers: 0, vcpus: 0, diskGib: 0, trafficGb: 0 }
}

/**
 * Whether a trial of the product is over for this buyer, or was ever begun by who is the same: an account with a person, a VAT id or a card
 * of it. Trials of one product are judged one after the other until the transaction ends.
 */
export async function hadTrialBefore(ctx: TenantContext, { productId, accountId }: Trial): Promise<boolean> {
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`trial:${ctx.tenantId}:${productId}`}, 0))`
  const [row] = await ctx.db.$queryRaw<{ had: boolean }[]>`
    with same as (
      select a.id from accounts a where a.tenant_id = ${ctx.tenantId}::uuid and a.id <> ${accountId}::uuid and (
        a.vat_id = (select own.vat_id from accounts own where own.tenant_id = a.tenant_id and own.id = ${accountId}::uuid and own.vat_id <> '')
        or exists (select from memberships m join memberships o on o.tenant_id = m.tenant_id and o.user_id = m.user_id
          where m.tenant_id = a.tenant_id and m.account_id = a.id and o.account_id = ${accountId}::uuid)
        or exists (select from payment_methods m join payment_methods o on o.tenant_id = m.tenant_id and o.fingerprint = m.fingerprint
          where m.tenant_id = a.tenant_id and m.account_id = a.id and o.account_id = ${accountId}::uuid))
    )
    select exists (
      select from orders o left join subscriptions s on s.tenant_id = o.tenant_id and s.id = o.subscription_id
      where o.tenant_id = ${ctx.tenantId}::uuid and o.product_id = ${productId}::uuid and (
        o.account_id in (select id from same) and (o.state in ('placed', 'provisioning') or s.trial_ends_at is not null)
        or o.account_id = ${accountId}::uuid and s.trial_ends_at is not null and (s.trial_ends_at <= ${ctx.now} or s.state = 'ended'))
    ) as had`
  return row?.had ?? false
}
