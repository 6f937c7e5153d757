import type { StoredPriceRule } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readContractRules } from '#app/db/contract-price-books.server.ts'
import { type PricedContract, readPricedContracts } from '#app/db/month-usage.server.ts'
import { readSubscribers, type Subscriber } from '#app/db/plan-migrations.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import {
  type BookChange,
  type ChangedRule,
  type PlanPriceChangeError,
  type PriceChangeInput,
  planPriceChange,
} from './change-prices.server.ts'
import { type MonthCost, openTally, type PriceChangeTally } from './price-change-tally.ts'
import { openMonthlyPrices } from './subscriber-price.server.ts'
import { readUsageOfContracts, type UsageOfContract } from './usage-costs.server.ts'

export type PriceChangePreview = PriceChangeTally & {
  readonly books: readonly BookChange[]
  /** A price of usage moves: what usage costs is estimated as well. */
  readonly movesUsage: boolean
}

const contractPage = 200
const subscriberPage = 2000

/**
 * What the change will mean, with nothing written: every price before and after, and for every subscriber what a whole
 * month costs before and after by the functions that bill it, in sums per currency. Where a price of usage moves, that is what the
 * usage of the last full month would cost, rounded once for each subscriber; one without any usage then counts with the most
 * that its server's hours can cost.
 */
export async function previewPriceChange(
  ctx: TenantContext,
  input: PriceChangeInput,
): Promise<Result<PriceChangePreview, PlanPriceChangeError>> {
  const plan = await planPriceChange(ctx, input)
  if (!plan.ok) return plan
  const changed = plan.value.flatMap(({ rules }) => rules)
  const next = new Map(changed.map((rule) => [rule.former.id, rule.next]))
  const weighing = { next, nextOf: openNextPrices(next), priceOf: openMonthlyPrices(), from: input.validFrom, tally: openTally() }
  for (let afterId: string | null = null; ; ) {
    const page: PricedContract[] = await readPricedContracts(ctx, { afterId, limit: contractPage })
    await weigh(ctx, page, weighing)
    afterId = page.at(-1)?.contractId ?? null
    if (page.length < contractPage) break
  }
  return ok({ books: plan.value, movesUsage: changed.some(({ next }) => next.feeKind === 'usage'), ...weighing.tally.close() })
}

type Rules = readonly StoredPriceRule[]
type NextPrices = ReadonlyMap<string, ChangedRule['next']>
type Weighing = {
  readonly next: NextPrices
  readonly nextOf: (rules: Rules) => Rules
  readonly priceOf: ReturnType<typeof openMonthlyPrices>
  readonly from: Date
  readonly tally: ReturnType<typeof openTally>
}

async function weigh(ctx: TenantContext, contracts: readonly PricedContract[], weighing: Weighing): Promise<void> {
  const contractIds = contracts.map(({ contractId }) => contractId)
  const rules = await readContractRules(ctx, contractIds)
  const subscribers = await readAllSubscribers(ctx, contractIds)
  const isMoved = ({ id, feeKind }: StoredPriceRule) => feeKind === 'usage' && weighing.next.has(id)
  const moved = contracts.filter(({ contractId }) => rules.get(contractId)?.some(isMoved))
  const movedIds = new Set(moved.map(({ contractId }) => contractId))
  const users = subscribers.flatMap(({ contractId, subscriptionId }) => (movedIds.has(contractId) ? [subscriptionId] : []))
  const usage = await readUsageOfContracts(ctx, moved, users)
  const byContract = groupBy(subscribers, ({ contractId }) => contractId)
  for (const contract of contracts) {
    const { contractId } = contract
    weighContract(weighing, {
      contract,
      subscribers: byContract.get(contractId) ?? [],
      rules: rules.get(contractId) ?? [],
      usage: usage.get(contractId),
    })
  }
}

async function readAllSubscribers(ctx: TenantContext, contractIds: readonly string[]): Promise<Subscriber[]> {
  const all: Subscriber[] = []
  for (let afterId: string | null = null; ; ) {
    const page: Subscriber[] = await readSubscribers(ctx, { contractIds, afterId, limit: subscriberPage })
    all.push(...page)
    afterId = page.at(-1)?.subscriptionId ?? null
    if (page.length < subscriberPage) return all
  }
}

type ContractFacts = {
  readonly contract: PricedContract
  readonly subscribers: readonly Subscriber[]
  readonly rules: Rules
  /** Undefined where no price of usage moves. */
  readonly usage: UsageOfContract | undefined
}

function weighContract({ nextOf, priceOf, from, tally }: Weighing, { contract, subscribers, rules, usage }: ContractFacts): void {
  const { currency, accountId, accountName } = contract
  const sides = { current: rules, next: nextOf(rules) }
  const used = usage && { current: usage.costsBy(sides.current, from), next: usage.costsBy(sides.next, from) }
  const usageOf = (id: string | null): MonthCost | null =>
    used ? { current: rounded(used.current.get(id), currency), next: rounded(used.next.get(id), currency) } : null
  for (const subscriber of subscribers) {
    if (subscriber.isPinned && subscriber.priceVersionId) {
      tally.keep()
      continue
    }
    const { subscriptionId, name } = subscriber
    const price = (side: Rules) => priceOf({ subscriber, plan: subscriber, from, rules: side })
    const [current, next] = [price(sides.current), price(sides.next)]
    const measured = usage?.users.has(subscriptionId) ? usageOf(subscriptionId) : usage && { current: current.hours, next: next.hours }
    const fees = { current: current.fees, next: next.fees }
    tally.count({
      subscriptionId,
      name,
      accountId: subscriber.accountId,
      accountName: subscriber.accountName,
      fees,
      usage: measured ?? null,
    })
  }
  if (!usage?.users.has(null)) return
  const nothing = rounded(undefined, currency)
  tally.count({ subscriptionId: null, name: null, accountId, accountName, fees: { current: nothing, next: nothing }, usage: usageOf(null) })
}

function rounded(cost: Decimal | undefined, currency: string): Money {
  return fromDecimal(cost ?? new Decimal(0), currency)
}

/** The prices of a contract after the change; one list for all contracts that share theirs. */
function openNextPrices(next: NextPrices) {
  const known = new Map<Rules, Rules>()
  return (rules: Rules) => {
    const made = known.get(rules) ?? rules.map((rule) => changed(rule, next.get(rule.id)))
    known.set(rules, made)
    return made
  }
}

function changed(rule: StoredPriceRule, next: ChangedRule['next'] | undefined): StoredPriceRule {
  return next ? { ...rule, unitPrice: next.unitPrice, cap: next.cap, minimum: next.minimum, model: next.model } : rule
}
