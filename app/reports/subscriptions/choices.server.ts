import { catalogOfBuyer, listedIn } from '#app/db/catalog/buyer-catalog.server.ts'
import type { StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import { readBuyerFacts } from '#app/db/catalog/catalogs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { ChangeableSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import type { SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import { saleOf } from '#app/domain/catalog/service-sale.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import { recurringRule } from './recurring-rule.ts'
import type { ChangeChoices, ProductChoice, VersionChoice } from './shape.ts'

export type ChoicesQuestion = {
  readonly subscription: ChangeableSubscription
  /** The parts that run now. */
  readonly items: readonly SubscriptionItem[]
  readonly rules: readonly StoredPriceRule[]
  readonly currency: string
  readonly language: string
  readonly chosenBy: 'buyer' | 'seller'
}

type OfferedRow = {
  readonly id: string
  readonly code: string
  readonly position: number
  readonly kind: string
  readonly spec: unknown
  readonly name: string
}

/** What a subscription may be changed to and what may be added to it: published, with a price, and for a buyer in its catalog. */
export async function offeredChoices(ctx: TenantContext, question: ChoicesQuestion): Promise<ChangeChoices> {
  const { subscription, items, language, chosenBy } = question
  const published = await ctx.db.$queryRaw<OfferedRow[]>`
    select id, code, position, kind, spec, coalesce(name ->> ${language}, name ->> 'en', code) as name from products
    where tenant_id = ${ctx.tenantId}::uuid and status = 'published'
    order by position, code limit 500`
  const offered =
    chosenBy === 'seller'
      ? published
      : await listedIn(ctx, await catalogOfBuyer(ctx, await readBuyerFacts(ctx, subscription.accountId)), published)
  const used = new Set(items.map(({ productId }) => productId))
  const choices = offered.filter(({ id }) => !used.has(id)).flatMap((product) => choiceOf(product, question, ctx.now))
  const isPlan = ({ kind }: OfferedRow) => kind === 'plan' || kind === 'bundle' || kind === 'service'
  const plans = new Set(offered.filter(isPlan).map(({ id }) => id))
  // A service that is ordered by itself becomes another one, and nothing else becomes such a service.
  const where = { tenantId_id: { tenantId: ctx.tenantId, id: subscription.productId } }
  const isService = saleOf(await ctx.db.product.findUniqueOrThrow({ where, select: { kind: true, spec: true } })) !== null
  const alike = new Set(offered.filter((product) => (saleOf(product) !== null) === isService).map(({ id }) => id))
  return {
    plans: choices.filter(({ productId }) => plans.has(productId) && alike.has(productId)),
    addOns: choices.filter(({ productId }) => !plans.has(productId)),
    versions: chosenBy === 'seller' ? await versionsOf(ctx, question) : [],
  }
}

/** The versions of the contract's prices that the plan is part of, the newest first. */
async function versionsOf(ctx: TenantContext, { subscription, rules, currency }: ChoicesQuestion): Promise<VersionChoice[]> {
  const own = rules.filter(({ productId }) => productId === subscription.productId)
  const rows = await ctx.db.$queryRaw<Omit<VersionChoice, 'price'>[]>`
    select v.id as "priceVersionId", b.name as book, v.number, v.valid_from as "validFrom"
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.id = any (${own.map((rule) => rule.priceVersionId)}::uuid[])
      and v.valid_from <= ${ctx.now}
    order by v.valid_from desc, v.id desc limit 50`
  return rows.map((row) => {
    const recurring = own.find((rule) => rule.feeKind === 'recurring' && rule.priceVersionId === row.priceVersionId)
    return { ...row, price: recurring ? fromDecimal(recurring.unitPrice, currency) : null }
  })
}

/** Without any price it is no choice; without a recurring one it is one that says no price. */
function choiceOf({ id, name }: OfferedRow, { rules, currency }: ChoicesQuestion, now: Date): ProductChoice[] {
  const own = rules.filter((rule) => rule.productId === id && rule.feeKind !== 'setup' && isInForce(rule, now.getTime()))
  if (own.length === 0) return []
  const recurring = recurringRule(own, { productId: id, priceVersionId: null }, now)
  return [{ productId: id, name, price: recurring ? fromDecimal(recurring.unitPrice, currency) : null }]
}
