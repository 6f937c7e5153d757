import { catalogOfBuyer, listedIn } from '#app/db/catalog/buyer-catalog.server.ts'
import { readBuyerFacts } from '#app/db/catalog/catalogs.server.ts'
import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ChangeableSubscription, lockSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import type { SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import { areUnitsOffered, type ServiceSale, saleOf } from '#app/domain/catalog/service-sale.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangedItems, ChangeProblem } from '#app/domain/subscription/change-items.ts'
import { feePeriodAt } from '#app/domain/subscription/fee-period.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { changedItemsOf } from './change-facts.server.ts'

/** At once, when the paid service period is over, or as a local date of the seller begins. */
export type ChangeWhen = 'now' | 'period-end' | { readonly date: string }

export type ChangeInput = {
  readonly subscriptionId: string
  readonly change: SubscriptionChange
  readonly when: ChangeWhen
  /** A buyer may only take what its catalog shows; the seller's staff may give it any product with a price. */
  readonly chosenBy: 'buyer' | 'seller'
}

export type PlanChangeError = ChangeProblem | 'subscription-not-found' | 'follows-another-level' | 'date-in-past' | 'product-not-available'

export type PlannedChange = {
  readonly subscription: ChangeableSubscription
  readonly change: SubscriptionChange
  readonly changed: ChangedItems<SubscriptionItem>
  readonly effectiveAt: Date
}

/**
 * What a change would do and from when on, or why it cannot be made. Holds the subscription until the transaction ends. A
 * buy-side subscription is changed from below only, its prices apart: it follows the one that it feeds.
 */
export async function planChange(ctx: TenantContext, input: ChangeInput): Promise<Result<PlannedChange, PlanChangeError>> {
  const subscription = await lockSubscription(ctx, input.subscriptionId)
  if (!subscription) return err('subscription-not-found')
  if (subscription.feedsTenantId && input.change.kind !== 'prices') return err('follows-another-level')
  const effectiveAt = await instantOf(ctx, subscription, input.when)
  if (effectiveAt.getTime() < ctx.now.getTime()) return err('date-in-past')
  const changed = await changedItemsOf(ctx, subscription, { change: input.change, at: effectiveAt })
  if (!changed.ok) return changed
  if (!(await isAvailable(ctx, subscription, { ...input, at: effectiveAt }))) return err('product-not-available')
  return ok({ subscription, change: input.change, changed: changed.value, effectiveAt })
}

/** Today counts from now on; any other date from its first moment in the seller's zone. */
async function instantOf(ctx: TenantContext, subscription: ChangeableSubscription, when: ChangeWhen): Promise<Date> {
  if (when === 'now') return ctx.now
  if (when === 'period-end') {
    const rules = await readRulesOfContract(ctx, subscription.contractId)
    return feePeriodAt(subscription, { rules, productId: subscription.productId, at: ctx.now }).end
  }
  return when.date === localDateOf(ctx.now, subscription.zone) ? ctx.now : startOfDay(when.date, subscription.zone)
}

async function isAvailable(ctx: TenantContext, subscription: ChangeableSubscription, input: ChangeInput & { at: Date }): Promise<boolean> {
  const { change, chosenBy, at } = input
  if (change.kind === 'quantity') return isQuantityOffered(ctx, subscription, { quantity: change.quantity, at })
  if (change.kind === 'prices') return chosenBy === 'seller' && (await hasPricesOf(ctx, subscription, change.priceVersionId))
  if (change.kind !== 'plan' && change.kind !== 'add-on') return true
  const product = await ctx.db.product.findFirst({
    where: { tenantId: ctx.tenantId, id: change.productId, status: 'published' },
    select: { id: true, code: true, position: true, kind: true, spec: true },
  })
  if (!product) return false
  if (change.kind === 'plan' && (saleOf(product) !== null) !== ((await saleOfSubscription(ctx, subscription)) !== null)) return false
  const rules = await readRulesOfContract(ctx, subscription.contractId)
  const hasPrice = rules.some((rule) => rule.productId === product.id && rule.feeKind !== 'setup' && isInForce(rule, at.getTime()))
  if (!hasPrice || chosenBy === 'seller') return hasPrice
  const catalog = await catalogOfBuyer(ctx, await readBuyerFacts(ctx, subscription.accountId))
  return (await listedIn(ctx, catalog, [product])).length === 1
}

/** A service that is ordered by itself keeps within what one order may have; what was paid once has no other quantity later. */
async function isQuantityOffered(
  ctx: TenantContext,
  subscription: ChangeableSubscription,
  { quantity, at }: { quantity: string; at: Date },
) {
  const sale = await saleOfSubscription(ctx, subscription)
  if (!sale) return true
  const rules = await readRulesOfContract(ctx, subscription.contractId)
  const isPaidEachPeriod = rules.some(
    (rule) => rule.productId === subscription.productId && rule.feeKind === 'recurring' && isInForce(rule, at.getTime()),
  )
  return isPaidEachPeriod && areUnitsOffered(sale, Number(quantity))
}

async function saleOfSubscription({ db, tenantId }: TenantContext, { productId: id }: ChangeableSubscription): Promise<ServiceSale | null> {
  return saleOf(await db.product.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } }, select: { kind: true, spec: true } }))
}

/** Whether the version is one of the contract's and prices what the subscription is; no version is always there. */
async function hasPricesOf(ctx: TenantContext, { contractId, productId }: ChangeableSubscription, priceVersionId: string | null) {
  if (priceVersionId === null) return true
  const rules = await readRulesOfContract(ctx, contractId)
  return rules.some((rule) => rule.priceVersionId === priceVersionId && rule.productId === productId)
}
