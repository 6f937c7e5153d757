import { isDelegationWithdrawn } from '#app/db/catalog/parent-offers.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { feedingSubscription, lockSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import {
  type BelowChange,
  changeFollowing,
  insertChange,
  readChange,
  type SubscriptionChangeRow,
} from '#app/db/subscriptions/subscription-changes.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangeProblem } from '#app/domain/subscription/change-items.ts'
import type { SubscriptionChange } from '#app/domain/subscription/subscription-change.ts'
import { changedItemsOf } from './change-facts.server.ts'

export type ChangeUpstreamError = ChangeProblem | 'product-not-delegated'

type Hop = {
  readonly parentTenantId: string
  /** The account that this level has there. */
  readonly accountId: string
  readonly change: SubscriptionChange
  readonly row: SubscriptionChangeRow
}

/**
 * Notes the buy-side change at every level above, for the same instant and so for the same service period. Returns the chain, the
 * customer's change first; it ends where a level feeds from nothing or its buy-side product stays the same. A refusal leaves
 * what was noted so far for the caller to refuse. Safe to repeat: each level finds the change it noted before.
 */
export async function changeUpstream(first: BelowChange): Promise<Result<BelowChange[], ChangeUpstreamError> & { chain: BelowChange[] }> {
  const chain: BelowChange[] = [first]
  for (let current = first; ; ) {
    const hop = await inTenant(current.tenantId, (ctx) => readHop(ctx, current.changeId))
    if (!hop.ok) return { ...hop, chain }
    const { value } = hop
    if (!value) return { ...ok(chain), chain }
    const below = current
    const noted = await inTenant(value.parentTenantId, (ctx) => noteBuySide(ctx, value, below))
    if (!noted.ok) return { ...noted, chain }
    if (!noted.value) return { ...ok(chain), chain }
    chain.push(noted.value)
    current = noted.value
  }
}

/** What the level above is asked for: the same, with its own product; nothing when this level has no parent, made the product itself, or changes its own prices. */
async function readHop(ctx: TenantContext, changeId: string): Promise<Result<Hop | null, 'product-not-delegated'>> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentTenantId: true, parentAccountId: true } })
  const row = await readChange(ctx, changeId)
  if (!tenant.parentTenantId || !tenant.parentAccountId || !row || row.change.kind === 'prices') return ok(null)
  const above = { parentTenantId: tenant.parentTenantId, accountId: tenant.parentAccountId, row }
  const { change } = row
  if (!('productId' in change)) return ok({ ...above, change })

  const { parentProductId } = await ctx.db.product.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: change.productId } },
    select: { parentProductId: true },
  })
  if (!parentProductId) return change.kind === 'plan' ? err('product-not-delegated') : ok(null)
  return ok({ ...above, change: { ...change, productId: parentProductId } })
}

async function noteBuySide(ctx: TenantContext, hop: Hop, below: BelowChange): Promise<Result<BelowChange | null, ChangeUpstreamError>> {
  const { change, row, accountId } = hop
  const feeding = await feedingSubscription(ctx, { accountId, tenantId: below.tenantId, subscriptionId: row.subscriptionId })
  const known = feeding && (await changeFollowing(ctx, feeding.id, below))
  if (known) return ok({ tenantId: ctx.tenantId, changeId: known.id })
  const subscription = feeding && (await lockSubscription(ctx, feeding.id))
  if (!subscription) return ok(null)
  if (change.kind === 'plan' && change.productId === subscription.productId) return ok(null)
  const isNew = change.kind === 'plan' || change.kind === 'add-on'
  if (isNew && (await isDelegationWithdrawn(ctx, subscription.accountId, change.productId))) return err('product-not-delegated')

  const changed = await changedItemsOf(ctx, subscription, { change, at: row.effectiveAt })
  if (!changed.ok) return changed
  const changeId = await insertChange(ctx, {
    subscriptionId: subscription.id,
    accountId: subscription.accountId,
    change,
    below,
    effectiveAt: row.effectiveAt,
    preview: {},
    state: 'scheduled',
  })
  return ok({ tenantId: ctx.tenantId, changeId })
}
