import type { StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import { readContractRules } from '#app/db/catalog/contract-price-books.server.ts'
import { readSubscribers, type Subscriber } from '#app/db/catalog/plan-migrations.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type PricedContract, readPricedContracts } from '#app/db/usage/month-usage.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { groupBy } from '#app/domain/shared/group-by.ts'
import { type MonthCost, openTally, type PriceChangeTally } from './price-change-tally.ts'
import { openMonthlyPrices } from './subscriber-price.server.ts'
import { readUsageOfContracts, type UsageOfContract } from './usage-costs.server.ts'

/** What a price becomes. */
type NextPrice = Pick<PriceRule, 'unitPrice' | 'cap' | 'minimum' | 'model'>
type NewPrices = {
  /** Undefined for a price that stays. */
  nextOf(rule: StoredPriceRule): NextPrice | undefined
  /** The first instant of the new prices. */
  readonly from: Date
}

const contractPage = 200
const subscriberPage = 2000

/**
 * What new prices mean for every subscriber: what a whole month costs before and after by the functions that bill it, in sums per
 * currency. Where a price of usage moves, that is what the usage of the last full month would cost, rounded once for each
 * subscriber; one without any usage then counts with the most that its server's hours can cost.
 */
export async function weighPrices(ctx: TenantContext, { nextOf, from }: NewPrices): Promise<PriceChangeTally> {
  const weighing = { nextOf, rulesAfter: openNextPrices(nextOf), priceOf: openMonthlyPrices(), from, tally: openTally() }
  for (let afterId: string | null = null; ; ) {
    const page: PricedContract[] = await readPricedContracts(ctx, { afterId, limit: contractPage })
    await weigh(ctx, page, weighing)
    afterId = page.at(-1)?.contractId ?? null
    if (page.length < contractPage) return weighing.tally.close()
  }
}

type Rules = readonly StoredPriceRule[]
type Weighing = NewPrices & {
  readonly rulesAfter: (rules: Rules) => Rules
  readonly priceOf: ReturnType<typeof openMonthlyPrices>
  readonly tally: ReturnType<typeof openTally>
}

async function weigh(ctx: TenantContext, contracts: readonly PricedContract[], weighing: Weighing): Promise<void> {
  const contractIds = contracts.map(({ contractId }) => contractId)
  const rules = await readContractRules(ctx, contractIds)
  const subscribers = await readAllSubscribers(ctx, contractIds)
  const isMoved = (rule: StoredPriceRule) => rule.feeKind === 'usage' && weighing.nextOf(rule) !== undefined
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

function weighContract({ rulesAfter, priceOf, from, tally }: Weighing, { contract, subscribers, rules, usage }: ContractFacts): void {
  const { currency, accountId, accountName } = contract
  const sides = { current: rules, next: rulesAfter(rules) }
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

/** The prices of a contract afterwards; one list for all contracts that share theirs. */
function openNextPrices(nextOf: NewPrices['nextOf']) {
  const known = new Map<Rules, Rules>()
  return (rules: Rules) => {
    const made = known.get(rules) ?? rules.map((rule) => changed(rule, nextOf(rule)))
    known.set(rules, made)
    return made
  }
}

function changed(rule: StoredPriceRule, next: NextPrice | undefined): StoredPriceRule {
  return next ? { ...rule, unitPrice: next.unitPrice, cap: next.cap, minimum: next.minimum, model: next.model } : rule
}
