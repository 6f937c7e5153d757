import { Decimal } from '#app/domain/money/decimal.ts'
import type { TenantContext } from './context.server.ts'

/** A running subscription as a change of its price sees it: what it has now, under which contract. */
export type Subscriber = {
  readonly subscriptionId: string
  readonly name: string
  readonly accountId: string
  readonly accountName: string
  readonly contractId: string
  readonly priceBookId: string
  readonly currency: string
  readonly billingAnchor: 'calendar' | 'anniversary'
  readonly billingDay: number
  readonly zone: string
  readonly startedAt: Date
  readonly isPinned: boolean
  readonly productId: string
  readonly proration: string | null
  readonly quantity: Decimal
  /** The version its main item pins; null when it takes the newest. */
  readonly priceVersionId: string | null
}

export type SubscriberPage = { readonly productId?: string | null; readonly afterId: string | null; readonly limit: number }

type SubscriberRow = Omit<Subscriber, 'quantity'> & { quantity: string }

/** Running subscriptions in order of id after `afterId`, of one product when it is named. */
export async function readSubscribers(ctx: TenantContext, page: SubscriberPage): Promise<Subscriber[]> {
  const { productId = null } = page
  const rows = await ctx.db.$queryRaw<SubscriberRow[]>`
    select s.id as "subscriptionId", s.name, s.account_id as "accountId", a.name as "accountName", s.contract_id as "contractId",
      c.price_book_id as "priceBookId", c.currency, coalesce(s.billing_anchor, c.billing_anchor) as "billingAnchor",
      c.billing_day as "billingDay", t.time_zone as zone, s.started_at as "startedAt", s.price_policy = 'pinned' as "isPinned",
      coalesce(i.product_id, s.product_id) as "productId", p.spec ->> 'proration' as proration,
      coalesce(i.quantity, s.quantity)::text as quantity, i.price_version_id as "priceVersionId"
    from subscriptions s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    join tenants t on t.tenant_id = s.tenant_id
    left join lateral (
      select m.product_id, m.quantity, m.price_version_id from subscription_items m
      where m.tenant_id = s.tenant_id and m.subscription_id = s.id and m.role = 'main' and (m.ends_at is null or m.ends_at > ${ctx.now})
      order by m.starts_at desc limit 1
    ) i on true
    join products p on p.tenant_id = s.tenant_id and p.id = coalesce(i.product_id, s.product_id)
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state = 'active'
      and (${productId}::uuid is null or coalesce(i.product_id, s.product_id) = ${productId}::uuid)
      and (${page.afterId}::uuid is null or s.id > ${page.afterId}::uuid)
    order by s.id limit ${page.limit}`
  return rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity) }))
}
