import { catalogOfBuyer, listedIn } from '#app/db/buyer-catalog.server.ts'
import { readBuyerFacts } from '#app/db/catalogs.server.ts'
import type { ChangeableSubscription } from '#app/db/changed-subscriptions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { SubscriptionItem } from '#app/db/subscription-items.server.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { isInForce, type PriceRule } from '#app/domain/pricing/price-rule.ts'
import type { ChangeChoices, ProductChoice } from './shape.ts'

export type ChoicesQuestion = {
  readonly subscription: ChangeableSubscription
  /** The parts that run now. */
  readonly items: readonly SubscriptionItem[]
  readonly rules: readonly PriceRule[]
  readonly currency: string
  readonly language: string
  readonly chosenBy: 'buyer' | 'seller'
}

type OfferedRow = { readonly id: string; readonly code: string; readonly position: number; readonly kind: string; readonly name: string }

/** What a subscription may be changed to and what may be added to it: published, with a price, and for a buyer in its catalog. */
export async function offeredChoices(ctx: TenantContext, question: ChoicesQuestion): Promise<ChangeChoices> {
  const { subscription, items, language, chosenBy } = question
  const published = await ctx.db.$queryRaw<OfferedRow[]>`
    select id, code, position, kind, coalesce(name ->> ${language}, name ->> 'en', code) as name from products
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
  return {
    plans: choices.filter(({ productId }) => plans.has(productId)),
    addOns: choices.filter(({ productId }) => !plans.has(productId)),
  }
}

/** Without any price it is no choice; without a recurring one it is one that says no price. */
function choiceOf({ id, name }: OfferedRow, { rules, currency }: ChoicesQuestion, now: Date): ProductChoice[] {
  const own = rules.filter((rule) => rule.productId === id && rule.feeKind !== 'setup' && isInForce(rule, now.getTime()))
  if (own.length === 0) return []
  const [recurring] = own.filter(({ feeKind }) => feeKind === 'recurring').toSorted((a, b) => a.layer - b.layer)
  return [{ productId: id, name, price: recurring ? fromDecimal(recurring.unitPrice, currency) : null }]
}
