import type { TenantContext } from '#app/db/context.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { sql } from '#app/db/sql.server.ts'
import type { RiskKind } from '#app/domain/fraud/risk-hold.ts'
import { money } from '#app/domain/money/money.ts'
import type { RiskRow } from './shape.ts'

type Row = Omit<RiskRow, 'amount' | 'state'> & {
  readonly currency: string | null
  readonly minor: bigint | null
  readonly standing: 'pass' | 'review' | 'refuse'
  readonly isHeld: boolean
}

const shownAtOnce = 50

const ofRisks = sql`
  select s.kind, s.id, s.account_id, p.currency, p.amount_minor as minor, s.verdict, s.decision, s.score, s.reasons, s.address_hash,
    case when s.kind = 'payment' then (select array_agg(distinct m.fingerprint) from payment_methods m
      where m.tenant_id = s.tenant_id and m.account_id = s.account_id and m.fingerprint is not null) end as cards, s.screened_at, s.note
  from risk_screenings s left join payments p on p.tenant_id = s.tenant_id and p.id = s.payment_id`
const ofOrders = sql`
  select 'order' as kind, s.order_id as id, s.account_id, o.currency, (select sum(e.net_minor)::bigint from orders e
      where e.tenant_id = o.tenant_id and (e.id = o.id or e.lead_order_id = o.id)) as minor, s.verdict, s.decision, s.score, s.reasons,
    g.address_hash, null::text[] as cards, s.screened_at, s.note
  from order_screenings s
  join orders o on o.tenant_id = s.tenant_id and o.id = s.order_id
  left join order_origins g on g.tenant_id = s.tenant_id and g.order_id = s.order_id`

/** The last sign-ups, orders or payments that were judged, the newest first, each with its points; and from how many on a person looks. */
export async function readRisks(ctx: TenantContext, kind: RiskKind): Promise<{ rows: RiskRow[]; reviewScore: number }> {
  const { tenantId } = ctx
  const source =
    kind === 'order'
      ? sql`${ofOrders} where s.tenant_id = ${tenantId}::uuid`
      : sql`${ofRisks} where s.tenant_id = ${tenantId}::uuid and s.kind = ${kind}`
  const rows = await ctx.db.$queryRaw<Row[]>`
    select r.kind, r.id::text as id, r.account_id::text as "accountId", a.name as "accountName", a.email, a.country, r.currency, r.minor,
      coalesce(r.decision, r.verdict) as standing, r.score as points, r.reasons, r.address_hash as "addressHash", coalesce(r.cards, '{}') as cards,
      r.screened_at as at, r.note, exists (select from account_holds h where h.tenant_id = a.tenant_id and h.account_id = a.id
        and h.lifted_at is null and h.source = 'screening' and h.key = r.kind || ':' || r.id::text) as "isHeld"
    from (${source} order by s.screened_at desc limit ${shownAtOnce}) r
    join accounts a on a.tenant_id = ${tenantId}::uuid and a.id = r.account_id
    order by r.screened_at desc, r.id limit ${shownAtOnce}`
  return { rows: rows.map(riskRow), reviewScore: (await readFraudSettings(ctx)).reviewScore }
}

function riskRow({ currency, minor, standing, isHeld, ...row }: Row): RiskRow {
  const state = standing === 'refuse' ? 'refused' : standing === 'review' && row.kind !== 'payment' ? 'waiting' : isHeld ? 'held' : 'clear'
  return { ...row, amount: currency && minor !== null ? money(minor, currency) : null, state }
}
