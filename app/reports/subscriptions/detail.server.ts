import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ChangeableSubscription, readSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { readSubscriptionItems, type SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, money } from '#app/domain/money/money.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { feePeriodAt } from '#app/domain/subscription/fee-period.ts'
import { offeredChoices } from './choices.server.ts'
import { recurringRule } from './recurring-rule.ts'
import type { ChangeChoices, ChangeEntry, SubscriptionDetail, SubscriptionPart } from './shape.ts'
import { readTrialMeters } from './trial.server.ts'

export type DetailQuestion = { readonly subscriptionId: string; readonly language: string; readonly chosenBy: 'buyer' | 'seller' }

/** A subscription with its parts, its dates, its history and what it may be changed to; undefined when the tenant has none such. */
export async function readSubscriptionDetail(
  ctx: TenantContext,
  { subscriptionId, language, chosenBy }: DetailQuestion,
): Promise<{ readonly detail: SubscriptionDetail; readonly choices: ChangeChoices } | undefined> {
  const subscription = await readSubscription(ctx, subscriptionId)
  if (!subscription) return undefined
  const items = (await readSubscriptionItems(ctx, [subscriptionId])).get(subscriptionId) ?? []
  const rules = await readRulesOfContract(ctx, subscription.contractId)
  const head = await readHead(ctx, subscription)
  const names = await productNamesOf(ctx, [...items.map(({ productId }) => productId), subscription.productId], language)
  const running = items.filter((item) => isRunning(item, ctx.now))
  const isLive = subscription.state === 'active'
  const detail: SubscriptionDetail = {
    ...head,
    id: subscription.id,
    name: subscription.name,
    accountId: subscription.accountId,
    product: names.get(subscription.productId) ?? '',
    state: subscription.state,
    startedAt: subscription.startedAt,
    endedAt: subscription.endedAt,
    endsAt: subscription.endsAt,
    trialEndsAt: subscription.trialEndsAt,
    trial: await readTrialMeters(ctx, subscription),
    renews: subscription.renews,
    pausedAt: subscription.pausedAt,
    follows: subscription.feedsTenantId !== null,
    pinned: await pinnedOf(ctx, running),
    recurring: recurringOf(running, rules, head.currency, ctx.now),
    nextPeriodAt: isLive ? feePeriodAt(subscription, { rules, productId: subscription.productId, at: ctx.now }).end : null,
    parts: items.map((item) => toPart(item, names, ctx.now)),
    changes: await readChanges(ctx, subscriptionId, head.currency, language),
  }
  return {
    detail,
    choices: await offeredChoices(ctx, { subscription, items: running, rules, currency: head.currency, language, chosenBy }),
  }
}

type Head = Pick<SubscriptionDetail, 'accountName' | 'currency' | 'servers' | 'quantity' | 'note'>

async function readHead(ctx: TenantContext, { id }: ChangeableSubscription): Promise<Head> {
  const [row] = await ctx.db.$queryRaw<Head[]>`
    select a.name as "accountName", c.currency, trim_scale(s.quantity)::text as quantity,
      (select o.input ->> 'note' from orders o where o.tenant_id = s.tenant_id and o.id = s.order_id) as note,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by r.name, r.id) from resources r
        where r.tenant_id = s.tenant_id and r.subscription_id = s.id and r.state <> 'deleted'), '[]') as servers
    from subscriptions s
    join accounts a on a.tenant_id = s.tenant_id and a.id = s.account_id
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.id = ${id}::uuid`
  return row ?? { accountName: '', currency: 'EUR', quantity: '1', servers: [], note: null }
}

async function productNamesOf(ctx: TenantContext, ids: readonly string[], language: string): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; name: string }[]>`
    select id, coalesce(name ->> ${language}, name ->> 'en', code) as name from products
    where tenant_id = ${ctx.tenantId}::uuid and id = any (${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function toPart(item: SubscriptionItem, names: ReadonlyMap<string, string>, now: Date): SubscriptionPart {
  const { id, productId, role, quantity, startsAt, endsAt } = item
  return {
    id,
    productId,
    product: names.get(productId) ?? '',
    role,
    quantity: quantity.toFixed(),
    startsAt,
    endsAt,
    isRunning: isRunning(item, now),
  }
}

function isRunning({ startsAt, endsAt }: SubscriptionItem, now: Date): boolean {
  return startsAt.getTime() <= now.getTime() && (endsAt === null || endsAt.getTime() > now.getTime())
}

function recurringOf(items: readonly SubscriptionItem[], rules: readonly PriceRule[], currency: string, now: Date): Money {
  const amounts = items.flatMap(({ productId, role, quantity, priceVersionId }) => {
    const rule = recurringRule(rules, { productId, priceVersionId }, now)
    return rule && role !== 'included' ? rule.unitPrice.times(quantity) : []
  })
  return fromDecimal(
    amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)),
    currency,
  )
}

/** Where the plan keeps the prices of a version: which one. */
async function pinnedOf(ctx: TenantContext, running: readonly SubscriptionItem[]): Promise<SubscriptionDetail['pinned']> {
  const id = running.find(({ role }) => role === 'main')?.priceVersionId ?? null
  const [row] = await ctx.db.$queryRaw<{ book: string; number: number }[]>`
    select b.name as book, v.number from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.id = ${id}::uuid`
  return row ?? null
}

type ChangeRow = Omit<ChangeEntry, 'total'> & { readonly totalMinor: string | null }

async function readChanges(ctx: TenantContext, subscriptionId: string, currency: string, language: string): Promise<ChangeEntry[]> {
  const rows = await ctx.db.$queryRaw<ChangeRow[]>`
    select c.id, c.kind, c.state, c.effective_at as "effectiveAt", c.created_at as "createdAt", c.applied_at as "appliedAt", c.failure,
      asked.name as "askedBy", decided.name as "decidedBy", coalesce(p.name ->> ${language}, p.name ->> 'en', p.code, b.name || ' ' || v.number) as product,
      c.input -> 'change' ->> 'quantity' as quantity, c.preview ->> 'totalMinor' as "totalMinor"
    from subscription_changes c
    left join users asked on asked.tenant_id = c.tenant_id and asked.id::text = c.created_by
    left join users decided on decided.tenant_id = c.tenant_id and decided.id::text = c.decided_by
    left join products p on p.tenant_id = c.tenant_id and p.id::text = c.input -> 'change' ->> 'productId'
    left join price_versions v on v.tenant_id = c.tenant_id and v.id::text = c.input -> 'change' ->> 'priceVersionId'
    left join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.subscription_id = ${subscriptionId}::uuid
    order by c.created_at desc, c.id desc limit 100`
  return rows.map(({ totalMinor, ...row }) => ({ ...row, total: totalMinor === null ? null : money(BigInt(totalMinor), currency) }))
}
