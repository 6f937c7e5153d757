import type { TenantContext } from '#app/db/context.server.ts'
import { fromPublicId, Uuid } from '#app/domain/shared/ids.ts'
import { isSubscriptionInScope } from '../subscriptions/list.server.ts'
import type { SubscriptionRow, SubscriptionStateName } from '../subscriptions/shape.ts'

export type ApiSubscription = Omit<SubscriptionRow, 'accountName' | 'nextChange' | 'nextChangeAt'>

type Ask = {
  readonly state?: SubscriptionStateName | undefined
  readonly cursor?: string | undefined
  readonly limit: number
  readonly language: string
}

/** Subscriptions of the scope, newest first, `limit` at a time; a cursor is the id of the last one. */
export async function listApiSubscriptions(ctx: TenantContext, ask: Ask): Promise<{ rows: ApiSubscription[]; nextCursor: string | null }> {
  const before = Uuid.safeParse(ask.cursor).success ? ask.cursor : null
  const rows = await ctx.db.$queryRaw<ApiSubscription[]>`
    select s.id, s.name, s.account_id as "accountId", coalesce(p.name ->> ${ask.language}, p.name ->> 'en', p.code) as product,
      trim_scale(s.quantity)::text as quantity, s.state, s.started_at as "startedAt", s.ended_at as "endedAt", s.ends_at as "endsAt", s.renews,
      s.trial_ends_at as "trialEndsAt"
    from subscriptions s
    join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    where s.tenant_id = ${ctx.tenantId}::uuid and (${ask.state ?? null}::text is null or s.state = ${ask.state ?? null})
      and (${before}::uuid is null or s.id < ${before}::uuid)
    order by s.id desc limit ${ask.limit + 1}`
  const page = rows.slice(0, ask.limit)
  return { rows: page, nextCursor: rows.length > ask.limit ? (page.at(-1)?.id ?? null) : null }
}

/** The subscription with this public id, when the scope has it; null otherwise. */
export async function findOwnSubscription(ctx: TenantContext, publicId: string | undefined): Promise<string | null> {
  const id = fromPublicId('subscription', publicId ?? '')
  return id && (await isSubscriptionInScope(ctx, id)) ? id : null
}
