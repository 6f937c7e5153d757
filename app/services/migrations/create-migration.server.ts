import { audit } from '#app/db/audit.server.ts'
import { readContractRules } from '#app/db/catalog/contract-price-books.server.ts'
import {
  busySubscriptions,
  insertMigration,
  insertMigrationItems,
  type MigrationTiming,
  type NewMigrationItem,
  readSubscribers,
  type Subscriber,
} from '#app/db/catalog/plan-migrations.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { zero } from '#app/domain/money/money.ts'
import { pinnedRules } from '#app/domain/pricing/price-change/monthly-price.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { openSubscriberPrices, type TakenPlan } from '../pricing/subscriber-price.server.ts'
import { appliesAt } from './applies-at.ts'

export type CreateMigrationInput = {
  readonly name: string
  readonly fromProductId: string
  /** Only subscriptions that pin this version; null for all of the product. */
  readonly fromPriceVersionId: string | null
  readonly toProductId: string
  /** The version they pin afterwards; null for the newest, always. */
  readonly toPriceVersionId: string | null
  readonly applies: MigrationTiming
  /** The instant of `applies: 'date'`. */
  readonly effectiveAt: Date | null
}
export type CreateMigrationError = 'product-not-found' | 'nothing-changes' | 'date-missing' | 'date-in-the-past' | 'no-subscribers'

const pageSize = 2000

/**
 * Opens a migration as a draft with every running subscription on the plan, each with what a whole month costs now and
 * afterwards. A subscription that has no price on the new plan, or waits for another change, is left out with its problem.
 * Nothing changes for anybody yet.
 */
export async function createMigration(
  ctx: TenantContext,
  input: CreateMigrationInput,
): Promise<Result<{ readonly migrationId: string }, CreateMigrationError>> {
  const refusal = refusalOf(ctx, input)
  if (refusal) return err(refusal)
  const products = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [input.fromProductId, input.toProductId] } },
    select: { id: true, spec: true },
  })
  const target = products.find(({ id }) => id === input.toProductId)
  if (!target || !products.some(({ id }) => id === input.fromProductId)) return err('product-not-found')

  const migrationId = await insertMigration(ctx, input)
  const proration = (target.spec as { proration?: string }).proration ?? null
  const plan = { productId: input.toProductId, priceVersionId: input.toPriceVersionId, proration }
  const subscriptions = await addSubscribers(ctx, { input, migrationId, plan })
  if (subscriptions === 0) return err('no-subscribers')
  await audit(ctx, { action: 'plan-migration.created', subjectKind: 'plan-migration', subjectId: migrationId, detail: { subscriptions } })
  return ok({ migrationId })
}

function refusalOf(ctx: TenantContext, input: CreateMigrationInput): CreateMigrationError | undefined {
  if (input.fromProductId === input.toProductId && input.fromPriceVersionId === input.toPriceVersionId) return 'nothing-changes'
  if (input.applies !== 'date') return undefined
  if (!input.effectiveAt) return 'date-missing'
  return input.effectiveAt < ctx.now ? 'date-in-the-past' : undefined
}

type Adding = { readonly input: CreateMigrationInput; readonly migrationId: string; readonly plan: TakenPlan }

async function addSubscribers(ctx: TenantContext, { input, migrationId, plan }: Adding): Promise<number> {
  let count = 0
  for (let afterId: string | null = null; ; ) {
    const page: Subscriber[] = await readSubscribers(ctx, { productId: input.fromProductId, afterId, limit: pageSize })
    const chosen = input.fromPriceVersionId ? page.filter(({ priceVersionId }) => priceVersionId === input.fromPriceVersionId) : page
    await insertMigrationItems(ctx, migrationId, await itemsOf(ctx, { subscribers: chosen, input, plan }))
    count += chosen.length
    afterId = page.at(-1)?.subscriptionId ?? null
    if (page.length < pageSize) return count
  }
}

type Pricing = { readonly subscribers: readonly Subscriber[]; readonly input: CreateMigrationInput; readonly plan: TakenPlan }

async function itemsOf(ctx: TenantContext, { subscribers, input, plan }: Pricing): Promise<NewMigrationItem[]> {
  const rules = await readContractRules(ctx, [...new Set(subscribers.map(({ contractId }) => contractId))])
  const busy = await busySubscriptions(
    ctx,
    subscribers.map(({ subscriptionId }) => subscriptionId),
  )
  const priceOf = openSubscriberPrices()
  return subscribers.map((subscriber): NewMigrationItem => {
    const own = rules.get(subscriber.contractId) ?? none
    const from = appliesAt(subscriber, { ...input, now: ctx.now })
    const current = priceOf({ subscriber, plan: subscriber, rules: own, from })
    const isPriced = hasPrice(own, plan, from)
    const next = isPriced ? priceOf({ subscriber, plan, rules: own, from }) : zero(subscriber.currency)
    const problem = isPriced ? (busy.has(subscriber.subscriptionId) ? 'change-pending' : null) : 'no-price'
    const { subscriptionId, accountId } = subscriber
    return { subscriptionId, accountId, current, next, appliesAt: from, problem }
  })
}

const none: readonly PriceRule[] = []

/** Whether a contract has any price of the plan when the plan begins. */
function hasPrice(rules: readonly PriceRule[], { productId, priceVersionId }: TakenPlan, at: Date): boolean {
  const own = priceVersionId ? pinnedRules(rules, priceVersionId) : rules
  return own.some(
    (rule) => rule.productId === productId && rule.feeKind !== 'setup' && rule.validFrom <= at && (!rule.validTo || at < rule.validTo),
  )
}
