import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import { readChargedFees } from '#app/db/charges/charged-fees.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { billableSubscriptions, contractsById } from '#app/db/documents/billing-facts.server.ts'
import { type ChangeableSubscription, membersOf } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { readSubscriptionItems, type SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import type { FeeItem, FeeSubscription } from '#app/domain/rating/fee-subscription.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type ChangedItems, type ChangeProblem, changeItems } from '#app/domain/subscription/change-items.ts'
import { serviceMonths } from '#app/domain/subscription/fee-period.ts'
import { type ChangePreview, previewChange } from '#app/domain/subscription/preview-change.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { feeSubscription, prorationOf } from '../billing/fee-facts.ts'

/** No service period is longer: prices come up at most every 120 months, or years where somebody asks for it. */
const longestPeriodMs = 11 * 366 * 86_400_000

/** What `change` makes of the subscription's parts at `at`; nothing is written. */
export async function changedItemsOf(
  ctx: TenantContext,
  subscription: ChangeableSubscription,
  { change, at }: { readonly change: SubscriptionChange; readonly at: Date },
): Promise<Result<ChangedItems<SubscriptionItem>, ChangeProblem>> {
  const { id, endsAt, pausedAt, productId, state } = subscription
  if (state === 'ended' || state === 'pending') return err('not-running')
  const items = (await readSubscriptionItems(ctx, [id])).get(id) ?? []
  const members = await membersOf(ctx, change.kind === 'plan' ? change.productId : productId)
  return changeItems({ items, endsAt, pausedAt, members }, change, at)
}

export type PreviewInput = {
  readonly subscription: ChangeableSubscription
  readonly change: SubscriptionChange
  readonly changed: ChangedItems<SubscriptionItem>
  readonly at: Date
}

/** The money effect of a change by the functions that bill, before tax; nothing is written. */
export async function previewOf(ctx: TenantContext, { subscription, change, changed, at }: PreviewInput): Promise<ChangePreview> {
  const { id, contractId, zone } = subscription
  const period = billingMonthAt(serviceMonths(subscription), at)
  const [contract] = await contractsById(ctx, [contractId])
  const stored = (await billableSubscriptions(ctx, [contractId], { from: period.start, to: period.end })).find((row) => row.id === id)
  invariant(contract && stored, `previewOf: subscription ${id} cannot be billed`)

  const items = (await readSubscriptionItems(ctx, [id])).get(id) ?? []
  const charged =
    (await readChargedFees(ctx, [contractId], new Date(period.start.getTime() - longestPeriodMs))).get(contractId) ?? new Map()
  const before = feeSubscription({ subscription: stored, items, contract, zone })
  return previewChange({
    before,
    after: { ...before, ...(await factsOfChange(ctx, change, at)), items: await withProration(ctx, changed.after) },
    rules: await readRulesOfContract(ctx, contractId),
    currency: contract.currency,
    charged: new Map([...charged].filter(([, fee]) => fee.last.subscriptionId === id && fee.last.meter === null)),
    period,
  })
}

/** Parts that begin prorate by their own products, as they will once they are stored. */
async function withProration(ctx: TenantContext, items: readonly FeeItem[]): Promise<FeeItem[]> {
  const ids = items.flatMap(({ productId, proration }) => (proration ? [] : productId))
  const products = await ctx.db.product.findMany({ where: { tenantId: ctx.tenantId, id: { in: ids } }, select: { id: true, spec: true } })
  const policies = new Map(products.map(({ id, spec }) => [id, prorationOf((spec as { proration?: string } | null)?.proration ?? null)]))
  return items.map((item) => ({ ...item, proration: item.proration ?? policies.get(item.productId) ?? 'second' }))
}

/** What is different of the subscription itself: a new plan brings its own way of prorating and of giving credit. */
async function factsOfChange(ctx: TenantContext, change: SubscriptionChange, at: Date): Promise<Partial<FeeSubscription>> {
  if (change.kind === 'cancel') return { endsAt: at, cancelledAt: at }
  if (change.kind !== 'plan') return {}
  const { productId } = change
  const product = await ctx.db.product.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: productId } },
    select: { spec: true },
  })
  const spec = (product?.spec ?? {}) as { proration?: string; creditAt?: string; hasSetupOnChange?: boolean }
  return {
    productId,
    proration: prorationOf(spec.proration ?? null),
    creditAt: spec.creditAt === 'at-renewal' ? 'at-renewal' : 'now',
    hasSetupOnChange: spec.hasSetupOnChange ?? false,
  }
}
