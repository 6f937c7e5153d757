import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A fixed term that is over, of a subscription held until the transaction ends. */
export type EndedTerm = {
  readonly id: string
  readonly accountId: string
  readonly startedAt: Date
  /** The term: from its order or last renewal on. */
  readonly start: Date
  readonly end: Date
  readonly renews: boolean
  readonly state: 'active' | 'paused'
  readonly zone: string
}

/** Terms that are over at `ctx.now`, those of buy-side subscriptions included, at most `limit`. */
export async function lockEndedTerms(ctx: TenantContext, limit: number): Promise<EndedTerm[]> {
  await ctx.db.$executeRaw`
    select s.id from subscriptions s
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state in ('active', 'paused') and s.ends_at <= ${ctx.now}
    order by s.renews desc, s.id limit ${limit} for no key update`
  return ctx.db.$queryRaw<EndedTerm[]>`
    select s.id, s.account_id as "accountId", s.started_at as "startedAt", s.ends_at as "end", s.renews, s.state, t.time_zone as zone,
      coalesce((select max(i.starts_at) from subscription_items i where i.tenant_id = s.tenant_id and i.subscription_id = s.id
        and i.role = 'main' and i.cause = 'renewal' and i.starts_at < s.ends_at), s.started_at) as start
    from subscriptions s join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state in ('active', 'paused') and s.ends_at <= ${ctx.now}
    order by s.renews desc, s.id limit ${limit}`
}

/**
 * Begins the next term of a subscription, up to `until`: its main part ends and begins again as a renewal, and whatever was to
 * end with the term goes on. What is paused stays so until it is resumed.
 */
export async function renewTerm(ctx: TenantContext, { id, end }: EndedTerm, until: Date): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.$executeRaw`
    update subscription_items set ends_at = ${until}
    where tenant_id = ${tenantId}::uuid and subscription_id = ${id}::uuid and role <> 'main' and ends_at = ${end}
      and exists (select 1 from subscriptions s where s.tenant_id = ${tenantId}::uuid and s.id = ${id}::uuid and s.state = 'active')`
  const mains = await ctx.db.$queryRaw<{ id: string; isOpen: boolean }[]>`
    select i.id, i.ends_at is null as "isOpen" from subscription_items i
    join subscriptions s on s.tenant_id = i.tenant_id and s.id = i.subscription_id and s.state = 'active'
    where i.tenant_id = ${tenantId}::uuid and i.subscription_id = ${id}::uuid and i.role = 'main'
      and i.starts_at < ${end} and (i.ends_at is null or i.ends_at >= ${end})`
  for (const main of mains) {
    await ctx.db.$executeRaw`
      update subscription_items set ends_at = ${end} where tenant_id = ${tenantId}::uuid and id = ${main.id}::uuid`
    await ctx.db.$executeRaw`
      insert into subscription_items (tenant_id, id, subscription_id, account_id, product_id, price_version_id, role, quantity, starts_at, ends_at,
        cause, created_by, created_at)
      select tenant_id, ${newId()}::uuid, subscription_id, account_id, product_id, price_version_id, role, quantity, ${end}::timestamptz,
        ${main.isOpen ? null : until}::timestamptz, 'renewal', 'renewals', ${ctx.now}::timestamptz
      from subscription_items where tenant_id = ${tenantId}::uuid and id = ${main.id}::uuid`
  }
  await ctx.db.subscription.updateMany({ where: { tenantId, id }, data: { endsAt: until, remindedAt: null } })
}
