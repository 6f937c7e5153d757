import type { TenantContext } from '#app/db/context.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'

/** What happens to an account's standing: holds, steps of dunning, letters, money, servers that stop or start for it, and orders that the level above refused. */
export const timelineKinds = [
  'hold.placed',
  'hold.lifted',
  'dunning.notify',
  'dunning.block',
  'dunning.suspend',
  'dunning.terminate',
  'dunning.closed',
  'dunning.promise-agreed',
  'dunning.promise-kept',
  'dunning.promise-broken',
  'dunning.promise-withdrawn',
  'dunning.pause-agreed',
  'dunning.pause-ended',
  'dunning.pause-withdrawn',
  'letter.mailed',
  'document.mailed',
  'payment.received',
  'servers.stopped',
  'servers.started',
  'order.refused.no-credit',
  'order.refused.account-blocked',
  'order.refused.pool-full',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

export type TimelineRow = {
  readonly kind: TimelineKind
  readonly at: Date
  /** A reason or a number of a document. */
  readonly note: string | null
  /** How many servers. */
  readonly count: number
  readonly amount: Money | null
}

type Row = Omit<TimelineRow, 'amount'> & { readonly currency: string | null; readonly minor: bigint | null }

const limit = 100

/** The latest of what happened to an account, newest first. */
export async function readTimeline(ctx: TenantContext, accountId: string): Promise<TimelineRow[]> {
  const { tenantId } = ctx
  const rows = await ctx.db.$queryRaw<Row[]>`
    select kind, at, note, count, currency, minor from (
      select e.action as kind, e.at, case when e.action = 'hold.placed' and e.detail ->> 'source' <> 'staff' then null else e.detail ->> 'reason' end as note, 0 as count,
        e.detail ->> 'currency' as currency, (e.detail ->> 'totalMinor')::bigint as minor
      from audit_entries e
      where e.tenant_id = ${tenantId}::uuid and e.subject_kind = 'account' and e.subject_id = ${accountId}
        and e.action = any (${[...timelineKinds]}::text[])
      union all
      select 'order.refused.' || (e.detail ->> 'reason'), e.at, case when e.detail ->> 'reason' = 'pool-full'
          then concat_ws(' ', e.detail ->> 'missing', e.detail ->> 'meter') end, 0, e.detail ->> 'currency', (e.detail ->> 'missingMinor')::bigint
      from orders o join audit_entries e on e.tenant_id = o.tenant_id and e.subject_kind = 'order' and e.subject_id = o.id::text
      where o.tenant_id = ${tenantId}::uuid and o.account_id = ${accountId}::uuid and e.action = 'order.refused'
      union all
      select 'letter.mailed', l.sent_at, null, 0, null, null from dunning_letters l
      where l.tenant_id = ${tenantId}::uuid and l.account_id = ${accountId}::uuid and l.sent_at is not null
      union all
      select 'document.mailed', d.accepted_at, i.number, 0, null, null
      from deliveries d join invoices i on i.tenant_id = d.tenant_id and i.id = d.invoice_id
      where d.tenant_id = ${tenantId}::uuid and d.account_id = ${accountId}::uuid and d.accepted_at is not null
      union all
      select 'payment.received', p.created_at, p.reference, 0, p.currency, p.amount_minor from payments p
      where p.tenant_id = ${tenantId}::uuid and p.account_id = ${accountId}::uuid
      union all
      select 'servers.stopped', s.suspended_at, null, count(*)::int, null, null from service_suspensions s
      where s.tenant_id = ${tenantId}::uuid and s.account_id = ${accountId}::uuid group by s.suspended_at
      union all
      select 'servers.started', s.resumed_at, null, count(*)::int, null, null from service_suspensions s
      where s.tenant_id = ${tenantId}::uuid and s.account_id = ${accountId}::uuid and s.resumed_at is not null and s.was_running
      group by s.resumed_at) as happened
    order by at desc, kind limit ${limit}`
  return rows.map(({ currency, minor, ...row }) => ({ ...row, amount: currency && minor !== null ? money(minor, currency) : null }))
}
