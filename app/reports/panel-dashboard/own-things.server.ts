import type { TenantContext } from '#app/db/context.server.ts'
import { listBouncedInUse } from '#app/db/people/bounced-addresses.server.ts'
import { NoticeFacts } from '#app/domain/budget/notice.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import type { Need, OwnServer, OwnSubscription, PanelDashboard } from './shape.ts'

export type OwnThings = Pick<PanelDashboard, 'servers' | 'newestServers' | 'subscriptions' | 'newestSubscriptions' | 'tickets'> & {
  readonly needs: readonly Need[]
}

type Failed = { readonly id: string; readonly name: string }
type Card = { readonly id: string; readonly label: string; readonly lastDigits: string | null; readonly expiresOn: string }
type Told = { readonly id: string; readonly code: string; readonly facts: Record<string, unknown> }
type Row = Pick<OwnThings, 'servers' | 'subscriptions' | 'tickets'> & {
  readonly newestServers: readonly OwnServer[]
  readonly newestSubscriptions: readonly OwnSubscription[]
  readonly failed: readonly Failed[]
  readonly cards: readonly Card[]
  readonly told: readonly Told[]
}

const shownAtMost = 6
const needsAtMost = 5
const noticeDays = 7
const toldAtMost = 3
/** A saved card that ends within so many days wants another one. */
const cardDays = 30

type ThingsReader = { readonly language: string; readonly accountId: string; readonly today: string }

/** The servers and subscriptions of the scope, counted and the newest of them, and what of the account needs a hand. */
export async function readOwnThings(ctx: TenantContext, { language, accountId, today }: ThingsReader): Promise<OwnThings> {
  const { tenantId, now } = ctx
  const since = new Date(now.getTime() - noticeDays * 86_400_000)
  const [row] = await ctx.db.$queryRaw<Row[]>`
    with own as (
      select r.id, r.name, r.state, r.address, r.created_at from resources r where r.tenant_id = ${tenantId}::uuid and r.kind = 'server' and r.state <> 'deleted'
    ), running as (
      select s.id, s.name, s.state, s.product_id from subscriptions s where s.tenant_id = ${tenantId}::uuid and s.state in ('active', 'paused')
    )
    select
      coalesce((select jsonb_agg(jsonb_build_object('state', g.state, 'count', g.count) order by g.state)
        from (select state, count(*) as count from own group by state) g), '[]') as servers,
      coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'state', n.state, 'address', n.address) order by n.id desc)
        from (select * from own order by id desc limit ${shownAtMost}) n), '[]') as "newestServers",
      (select count(*)::int from running) as subscriptions,
      (select jsonb_build_object('open', count(*), 'answered', count(*) filter (where t.state = 'answered'))
        from tickets t where t.tenant_id = ${tenantId}::uuid and t.state <> 'closed') as tickets,
      coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'name', n.name, 'state', n.state,
          'product', coalesce(p.name ->> ${language}, p.name ->> 'en', p.code)) order by n.id desc)
        from (select * from running order by id desc limit ${shownAtMost}) n
        join products p on p.tenant_id = ${tenantId}::uuid and p.id = n.product_id), '[]') as "newestSubscriptions",
      coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) order by f.created_at desc, f.id)
        from (select * from own where state = 'failed' order by created_at desc, id limit ${needsAtMost}) f), '[]') as failed,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'label', m.label, 'lastDigits', m.last_digits, 'expiresOn', m.expires_on::text)
          order by m.expires_on, m.id)
        from (select * from payment_methods where tenant_id = ${tenantId}::uuid and account_id = ${accountId}::uuid and state = 'active'
          and expires_on <= ${addDays(today, cardDays)}::date order by expires_on, id limit ${needsAtMost}) m), '[]') as cards,
      coalesce((select jsonb_agg(jsonb_build_object('id', n.id, 'code', n.code, 'facts', n.facts) order by n.at desc, n.id desc)
        from (select * from notices where tenant_id = ${tenantId}::uuid and account_id = ${accountId}::uuid and is_shown and at > ${since}
          and code in ('budget-reached', 'payment-failed', 'limit-ending', 'webhook-paused') order by at desc, id desc limit ${toldAtMost}) n), '[]') as told`
  if (!row)
    return { servers: [], newestServers: [], subscriptions: 0, newestSubscriptions: [], tickets: { open: 0, answered: 0 }, needs: [] }
  const { failed, cards, told, ...things } = row
  const bounced = (await listBouncedInUse(ctx, null)).slice(0, needsAtMost).map(({ address }) => address)
  return { ...things, needs: needsOf({ failed, cards, bounced, told }, today) }
}

type Hands = Pick<Row, 'failed' | 'cards' | 'told'> & { readonly bounced: readonly string[] }

function needsOf({ failed, cards, bounced, told }: Hands, today: string): Need[] {
  return [
    ...cards.map(({ id, ...card }): Need => ({ kind: 'card-expiring', methodId: id, ...card, isOver: card.expiresOn < today })),
    ...bounced.map((address): Need => ({ kind: 'mail-bounced', address })),
    ...failed.map(({ id, name }): Need => ({ kind: 'server-failed', serverId: id, name })),
    ...told.map(({ id, code, facts }): Need => ({ kind: 'told', id, notice: NoticeFacts.parse({ ...facts, code }) })),
  ]
}
