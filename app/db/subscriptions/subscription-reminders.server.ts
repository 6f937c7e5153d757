import type { TenantContext } from '../context.server.ts'
import type { EndedTerm } from './subscription-terms.server.ts'

/** A subscription whose term or trial ends soon, with whom to tell. */
export type ReminderRow = Pick<EndedTerm, 'id' | 'accountId' | 'startedAt' | 'start' | 'renews' | 'zone' | 'state'> & {
  readonly contractId: string
  readonly name: string
  /** Names by language tag. */
  readonly plan: Readonly<Record<string, string>>
  readonly spec: unknown
  readonly endsAt: Date | null
  readonly trialEndsAt: Date | null
  readonly remindedAt: Date | null
  readonly buyer: string
  readonly email: string
  readonly language: string
}

/**
 * Subscriptions of buyers here whose term or trial ends before `until`, in order of id after `afterId`. Left out is what somebody has
 * cancelled, and the buy-side of what is sold below: it follows that, and its buyer is told there.
 */
export function endingSubscriptions(
  ctx: TenantContext,
  page: { readonly until: Date; readonly afterId: string | null; readonly limit: number },
): Promise<ReminderRow[]> {
  return ctx.db.$queryRaw<ReminderRow[]>`
    select s.id, s.account_id as "accountId", s.contract_id as "contractId", s.name, p.name as plan, p.spec, s.started_at as "startedAt",
      s.ends_at as "endsAt", s.trial_ends_at as "trialEndsAt", s.renews, s.state, s.reminded_at as "remindedAt", t.time_zone as zone,
      a.name as buyer, a.email, a.language,
      coalesce((select max(i.starts_at) from subscription_items i where i.tenant_id = s.tenant_id and i.subscription_id = s.id
        and i.role = 'main' and i.cause = 'renewal' and i.starts_at < s.ends_at), s.started_at) as start
    from subscriptions s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    join tenants t on t.tenant_id = s.tenant_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state in ('active', 'paused') and s.feeds_tenant_id is null
      and (s.ends_at between ${ctx.now} and ${page.until} or s.trial_ends_at between ${ctx.now} and ${page.until})
      and not exists (select 1 from subscription_changes c where c.tenant_id = s.tenant_id and c.subscription_id = s.id
        and c.kind in ('cancel', 'end') and c.state = 'scheduled')
      and (${page.afterId}::uuid is null or s.id > ${page.afterId}::uuid)
    order by s.id limit ${page.limit}`
}

/** Notes that the buyer was told. */
export async function markReminded(ctx: TenantContext, subscriptionId: string): Promise<void> {
  await ctx.db.subscription.updateMany({ where: { tenantId: ctx.tenantId, id: subscriptionId }, data: { remindedAt: ctx.now } })
}
