import type { StoredPriceRule } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readContractRules } from '#app/db/contract-price-books.server.ts'
import { readSubscribers, type Subscriber } from '#app/db/plan-migrations.server.ts'
import { add, type Money, subtract } from '#app/domain/money/money.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import {
  type BookChange,
  type ChangedRule,
  type PlanPriceChangeError,
  type PriceChangeInput,
  planPriceChange,
} from './change-prices.server.ts'
import { openSubscriberPrices } from './subscriber-price.server.ts'

/** One subscriber whose month costs something else afterwards. */
export type AffectedSubscriber = Pick<Subscriber, 'subscriptionId' | 'name' | 'accountId' | 'accountName'> & {
  readonly current: Money
  readonly next: Money
}

/** All affected subscribers of one currency. */
export type PriceChangeTotal = { readonly currency: string; readonly affected: number; readonly current: Money; readonly next: Money }

export type PriceChangePreview = {
  readonly books: readonly BookChange[]
  readonly totals: readonly PriceChangeTotal[]
  readonly affected: number
  readonly unaffected: number
  /** Subscribers that pin a version: they keep their price. */
  readonly pinned: number
  /** The subscribers with the largest difference, at most `shown`. */
  readonly subscribers: readonly AffectedSubscriber[]
}

const pageSize = 2000
const shown = 200

/**
 * What the change will mean, with nothing written: every price before and after, and for every subscriber what a whole
 * month costs before and after by the functions that bill it, in sums per currency.
 */
export async function previewPriceChange(
  ctx: TenantContext,
  input: PriceChangeInput,
): Promise<Result<PriceChangePreview, PlanPriceChangeError>> {
  const plan = await planPriceChange(ctx, input)
  if (!plan.ok) return plan
  const tally = openTally()
  for (let afterId: string | null = null; ; ) {
    const page: Subscriber[] = await readSubscribers(ctx, { afterId, limit: pageSize })
    await weigh(ctx, { page, books: plan.value, from: input.validFrom, tally })
    afterId = page.at(-1)?.subscriptionId ?? null
    if (page.length < pageSize) break
  }
  return ok({ books: plan.value, ...tally.close() })
}

type Weighing = { readonly page: readonly Subscriber[]; readonly books: readonly BookChange[]; readonly from: Date; readonly tally: Tally }

async function weigh(ctx: TenantContext, { page, books, from, tally }: Weighing): Promise<void> {
  const rules = await readContractRules(ctx, [...new Set(page.map(({ contractId }) => contractId))])
  const next = new Map(books.flatMap((book) => book.rules.map((rule) => [rule.former.id, rule.next] as const)))
  const nextOf = openNextPrices(next)
  const priceOf = openSubscriberPrices()
  for (const subscriber of page) {
    const standing = rules.get(subscriber.contractId) ?? none
    const question = { subscriber, plan: subscriber, from }
    if (subscriber.isPinned && subscriber.priceVersionId) tally.keep()
    else tally.count(subscriber, priceOf({ ...question, rules: standing }), priceOf({ ...question, rules: nextOf(standing) }))
  }
}

const none: readonly StoredPriceRule[] = []

/** The prices of a contract after the change; one list for all contracts that share theirs. */
function openNextPrices(next: ReadonlyMap<string, ChangedRule['next']>) {
  const known = new Map<readonly StoredPriceRule[], readonly StoredPriceRule[]>()
  return (rules: readonly StoredPriceRule[]) => {
    const made = known.get(rules) ?? rules.map((rule) => changed(rule, next.get(rule.id)))
    known.set(rules, made)
    return made
  }
}

function changed(rule: StoredPriceRule, next: ChangedRule['next'] | undefined): StoredPriceRule {
  return next ? { ...rule, unitPrice: next.unitPrice, cap: next.cap, minimum: next.minimum, model: next.model } : rule
}

type Tally = ReturnType<typeof openTally>

function openTally() {
  const totals = new Map<string, PriceChangeTotal>()
  const counts = { affected: 0, unaffected: 0, pinned: 0 }
  let subscribers: AffectedSubscriber[] = []
  const bySize = (a: AffectedSubscriber, b: AffectedSubscriber) => {
    const [x, y] = [size(b), size(a)]
    return x === y ? (a.subscriptionId < b.subscriptionId ? -1 : 1) : x < y ? -1 : 1
  }
  return {
    keep() {
      counts.pinned += 1
    },
    count({ subscriptionId, name, accountId, accountName, currency }: Subscriber, current: Money, next: Money) {
      if (current.minor === next.minor) {
        counts.unaffected += 1
        return
      }
      counts.affected += 1
      const total = totals.get(currency)
      totals.set(
        currency,
        total
          ? { currency, affected: total.affected + 1, current: add(total.current, current), next: add(total.next, next) }
          : { currency, affected: 1, current, next },
      )
      subscribers.push({ subscriptionId, name, accountId, accountName, current, next })
      if (subscribers.length > shown * 10) subscribers = subscribers.sort(bySize).slice(0, shown)
    },
    close() {
      const ordered = [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
      return { ...counts, totals: ordered, subscribers: subscribers.sort(bySize).slice(0, shown) }
    },
  }
}

function size({ current, next }: AffectedSubscriber): bigint {
  const { minor } = subtract(next, current)
  return minor < 0n ? -minor : minor
}
