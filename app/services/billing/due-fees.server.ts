import { readContractRules } from '#app/db/catalog/contract-price-books.server.ts'
import { readChargedFees } from '#app/db/charges/charged-fees.server.ts'
import type { NewFee } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BillableContract, type BillableSubscription, billableSubscriptions } from '#app/db/documents/billing-facts.server.ts'
import { readSubscriptionItems, type SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { feeTargets } from '#app/domain/rating/fee-targets.ts'
import { type ChargedFee, settleFees } from '#app/domain/rating/settle-fees.ts'
import type { Period } from '#app/domain/time/period.ts'
import { dueClosings } from './due-closings.server.ts'
import { type FeeScope, feeSubscription } from './fee-facts.ts'

const dayMs = 86_400_000

/**
 * What is still to charge of the fees of `contracts`, standing charges and true-ups of closed periods included: targets as the
 * subscriptions stand now, less what was charged. Nothing is written; asking again after it was written gives nothing.
 */
export async function dueFees(ctx: TenantContext, scope: FeeScope): Promise<NewFee[]> {
  const ids = scope.contracts.map((contract) => contract.id)
  const whole = spanOfAll(scope)
  if (!whole) return []
  const subscriptions = await billableSubscriptions(ctx, ids, { from: whole.start, to: whole.end })
  const rules = await readContractRules(ctx, ids)
  const items = await readSubscriptionItems(
    ctx,
    subscriptions.map((subscription) => subscription.id),
  )
  const charged = await readChargedFees(ctx, ids, new Date(whole.start.getTime() - longestInterval([...rules.values()].flat())))
  const fees = scope.contracts.flatMap((contract) =>
    subscriptions
      .filter((subscription) => subscription.contractId === contract.id)
      .flatMap((subscription) => {
        const facts = { scope, contract, rules: rules.get(contract.id) ?? [], charged: charged.get(contract.id) ?? new Map() }
        return feesOf(facts, subscription, items.get(subscription.id) ?? [])
      }),
  )
  return [...fees, ...(await dueClosings(ctx, { scope, subscriptions, rules, items, charged }))]
}

/** From the first day that any of the contracts closes to the last one. */
function spanOfAll(scope: FeeScope): Period | undefined {
  const [first, ...others] = scope.contracts.map(scope.periodOf)
  return others.reduce<Period | undefined>((all, each) => all && spanning(all, each), first)
}

function spanning(a: Period, b: Period): Period {
  return { start: a.start < b.start ? a.start : b.start, end: a.end > b.end ? a.end : b.end }
}

type ContractFacts = {
  readonly scope: FeeScope
  readonly contract: BillableContract
  readonly rules: readonly PriceRule[]
  readonly charged: ReadonlyMap<string, ChargedFee>
}

function feesOf(facts: ContractFacts, subscription: BillableSubscription, items: readonly SubscriptionItem[]): NewFee[] {
  const { scope, contract, rules, charged } = facts
  const span = scope.spanOf(contract)
  const own = feeSubscription({ subscription, items, contract, zone: scope.zone })
  const targets = feeTargets({ subscription: own, rules, currency: contract.currency, span })
  const known = new Map([...charged].filter(([, fee]) => fee.last.subscriptionId === subscription.id && fee.last.meter === null))
  const { isRepricing = false } = scope
  const due = settleFees({ targets, charged: known, span, creditAt: own.creditAt ?? 'now', isRepricing })
  return due.map((rated) => ({ rated, accountId: subscription.accountId, payerAccountId: contract.accountId, name: subscription.name }))
}

const daysOf = { day: 1, week: 7, month: 31, year: 366 } as const

/** No service period of these prices is longer, in milliseconds; three months at least, for what closes late. */
function longestInterval(rules: readonly PriceRule[]): number {
  const days = rules.map(({ interval }) => (interval ? daysOf[interval.unit] * interval.count : 0))
  return days.reduce((most, each) => Math.max(most, each), 93) * dayMs
}
