import type { StoredPriceRule } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readContractRules } from '#app/db/contract-price-books.server.ts'
import { readSubscribers, type Subscriber } from '#app/db/plan-migrations.server.ts'
import { lineKey } from '#app/db/price-desk.server.ts'
import { add, type Money, subtract } from '#app/domain/money/money.ts'
import { ok } from '#app/domain/shared/result.ts'
import { openSubscriberPrices } from '../pricing/subscriber-price.server.ts'
import { type PlanPricesError, type PricePlan, planPrices, type Refused, type SetPricesInput } from './set-prices.server.ts'

/** A customer whose month costs something else afterwards. */
export type AffectedCustomer = Pick<Subscriber, 'subscriptionId' | 'name' | 'accountId' | 'accountName'> & {
  readonly current: Money
  readonly next: Money
}
export type PriceEffect = {
  /** Prices that move or are new. */
  readonly lines: number
  /** Prices that are a loss the reason overcomes. */
  readonly overcome: number
  readonly affected: number
  readonly unaffected: number
  readonly pinned: number
  /** One for each currency. */
  readonly totals: readonly { readonly current: Money; readonly next: Money }[]
  /** The customers with the largest difference, at most 50. */
  readonly customers: readonly AffectedCustomer[]
}

const pageSize = 2000
const shown = 50

/** What the new prices will mean for existing customers, by the functions that bill them; nothing is written. */
export async function previewPrices(
  ctx: TenantContext,
  input: SetPricesInput,
): Promise<{ ok: true; value: PriceEffect } | Refused<PlanPricesError>> {
  const plan = await planPrices(ctx, input)
  if (!plan.ok) return plan
  const effects: Effect[] = []
  for (let afterId: string | null = null; ; ) {
    const page: Subscriber[] = await readSubscribers(ctx, { afterId, limit: pageSize })
    effects.push(...(await effectsOn(ctx, page, { plan: plan.value, from: input.validFrom })))
    afterId = page.at(-1)?.subscriptionId ?? null
    if (page.length < pageSize) break
  }
  const affected = effects.filter((effect): effect is AffectedCustomer => typeof effect === 'object')
  return ok({
    lines: plan.value.lines.length,
    overcome: plan.value.lines.filter(({ overcome }) => overcome.length > 0).length,
    affected: affected.length,
    unaffected: effects.filter((effect) => effect === 'unaffected').length,
    pinned: effects.filter((effect) => effect === 'pinned').length,
    totals: totalsOf(affected),
    customers: [...affected].sort(bySize).slice(0, shown),
  })
}

const none: readonly StoredPriceRule[] = []

type Effect = AffectedCustomer | 'unaffected' | 'pinned'

async function effectsOn(
  ctx: TenantContext,
  page: readonly Subscriber[],
  { plan, from }: { plan: PricePlan; from: Date },
): Promise<Effect[]> {
  const rules = await readContractRules(ctx, [...new Set(page.map(({ contractId }) => contractId))])
  const next = new Map(plan.lines.map((line) => [line.key, line.figures]))
  const afterwards = new Map<readonly StoredPriceRule[], readonly StoredPriceRule[]>()
  const changed = (rule: StoredPriceRule): StoredPriceRule => {
    const figures = rule.priceVersionId === plan.desk.former?.id ? next.get(lineKey(rule.productId, rule)) : undefined
    return figures ? { ...rule, ...figures } : rule
  }
  const priceOf = openSubscriberPrices()
  const nextOf = (standing: readonly StoredPriceRule[]) => {
    const made = afterwards.get(standing) ?? standing.map(changed)
    afterwards.set(standing, made)
    return made
  }
  return page.map((subscriber): Effect => {
    if (subscriber.isPinned && subscriber.priceVersionId) return 'pinned'
    const standing = rules.get(subscriber.contractId) ?? none
    const question = { subscriber, plan: subscriber, from }
    const current = priceOf({ ...question, rules: standing })
    const after = priceOf({ ...question, rules: nextOf(standing) })
    if (current.minor === after.minor) return 'unaffected'
    const { subscriptionId, name, accountId, accountName } = subscriber
    return { subscriptionId, name, accountId, accountName, current, next: after }
  })
}

function totalsOf(affected: readonly AffectedCustomer[]): PriceEffect['totals'] {
  const totals = new Map<string, { current: Money; next: Money }>()
  for (const { current, next } of affected) {
    const total = totals.get(current.currency)
    totals.set(current.currency, total ? { current: add(total.current, current), next: add(total.next, next) } : { current, next })
  }
  return [...totals.values()]
}

function bySize(a: AffectedCustomer, b: AffectedCustomer): number {
  const size = ({ current, next }: AffectedCustomer) => {
    const { minor } = subtract(next, current)
    return minor < 0n ? -minor : minor
  }
  const [x, y] = [size(a), size(b)]
  return x === y ? (a.subscriptionId < b.subscriptionId ? -1 : 1) : x < y ? 1 : -1
}
