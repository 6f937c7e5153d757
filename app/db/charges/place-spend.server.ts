import type { Spend } from '#app/domain/budget/budget.ts'
import type { Tag } from '#app/domain/project/tags.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import type { SpendQuestion } from './budget-standings.server.ts'
import { joinResource } from './charge-places.server.ts'
import { monthlyFeesToCome, type SpendRow, spendById, spendRows } from './spend-sums.server.ts'

/** The spend of what is in a project or carries a label, of an account and its departments. */
export type PlaceQuestion = SpendQuestion & { readonly projectId: string | null; readonly tag: Tag | null }

/**
 * What was charged for the service of each span where the resource was in the project, or had the label, when the charged period began; net
 * and unrounded, all of it in one statement. Fees to come are those of subscriptions whose resource belongs there now.
 */
export async function sumPlaces(ctx: TenantContext, questions: readonly PlaceQuestion[]): Promise<Map<string, Spend>> {
  if (questions.length === 0) return new Map()
  const text = (pick: (question: PlaceQuestion) => string | null) => sqlArray(questions, pick)
  const rows = await ctx.db.$queryRaw<SpendRow[]>`
    with asked as (
      select * from unnest(${text(({ id }) => id)}::uuid[], ${text(({ accountId }) => accountId)}::uuid[],
        ${text(({ start }) => start.toISOString())}::timestamptz[], ${text(({ end }) => end?.toISOString() ?? null)}::timestamptz[],
        ${text(({ currency }) => currency)}::text[], ${text(({ projectId }) => projectId)}::uuid[], ${text(({ tag }) => tag?.key ?? null)}::text[],
        ${text(({ tag }) => tag?.value ?? null)}::text[]) as q (id, account_id, starts_at, ends_at, currency, project_id, tag_key, tag_value)
    ), places as (
      select q.id as asked_id, p.resource_id, p.starts_at as place_starts_at, p.ends_at as place_ends_at, p.account_id as member_id
      from asked q join project_resources p on p.tenant_id = ${ctx.tenantId}::uuid and p.project_id = q.project_id
      union all
      select q.id, t.resource_id, t.starts_at, t.ends_at, t.account_id
      from asked q
      join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and (a.id = q.account_id or a.parent_account_id = q.account_id)
      join resource_tags t on t.tenant_id = a.tenant_id and t.account_id = a.id and t.key = q.tag_key and t.value = q.tag_value
    ), charged as (
      select q.id, sum(c.amount) filter (where c.fee_kind = 'usage') as usage, sum(c.amount) filter (where c.fee_kind <> 'usage') as fees
      from asked q join (select distinct asked_id, member_id from places) m on m.asked_id = q.id
      join charges c on c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = m.member_id and c.currency = q.currency
        and c.period_start >= q.starts_at and (q.ends_at is null or c.period_start < q.ends_at)
      ${joinResource}
      join places p on p.asked_id = q.id and p.resource_id = place.resource_id and p.place_starts_at <= c.period_start
        and (p.place_ends_at is null or c.period_start < p.place_ends_at)
      group by q.id
    ), coming as (
      select q.id, sum(before.amount) as fees
      from asked q join places p on p.asked_id = q.id and p.place_ends_at is null
      join resources r on r.tenant_id = ${ctx.tenantId}::uuid and r.id = p.resource_id
      join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id and s.state = 'active'
        and (s.ends_at is null or s.ends_at > ${ctx.now})
      ${monthlyFeesToCome}
      group by q.id
    )
    ${spendRows}`
  return spendById(rows)
}
