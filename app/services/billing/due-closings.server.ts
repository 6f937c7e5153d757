import type { ChargedFees } from '#app/db/charges/charged-fees.server.ts'
import type { NewFee } from '#app/db/charges/fee-charges.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { BillableContract, BillableSubscription } from '#app/db/documents/billing-facts.server.ts'
import { phasesOf, type SubscriptionItem } from '#app/db/subscriptions/subscription-items.server.ts'
import { readCounters } from '#app/db/usage/usage-rating.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { costOf } from '#app/domain/pricing/models/registry.ts'
import { modelOf, type PriceRule } from '#app/domain/pricing/price-rule.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import { closingCharges } from '#app/domain/rating/close-period.ts'
import type { UsageCounter } from '#app/domain/rating/counters.ts'
import { settleFees } from '#app/domain/rating/settle-fees.ts'
import type { RatedSubscription, RatingTerms } from '#app/domain/rating/terms.ts'
import { contractMonths } from '#app/domain/subscription/subscription-cycle.ts'
import { billingMonthAt } from '#app/domain/time/billing-month.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { Period } from '#app/domain/time/period.ts'
import { type FeeScope, prorationOf, serviceCycle } from './fee-facts.ts'

export type ClosingFacts = {
  readonly scope: FeeScope
  readonly subscriptions: readonly BillableSubscription[]
  readonly rules: ReadonlyMap<string, readonly PriceRule[]>
  readonly items: ReadonlyMap<string, readonly SubscriptionItem[]>
  readonly charged: ChargedFees
}

/** Late usage changes the true-up of months that were closed before: so many are looked at again. */
const monthsLookedAt = 3

/**
 * Standing charges and true-ups to a minimum of the periods that the run closes, and what late usage changed of those of the
 * months before. Contracts whose prices have nothing to close cost no query.
 */
export async function dueClosings(ctx: TenantContext, facts: ClosingFacts): Promise<NewFee[]> {
  const { scope, rules } = facts
  const contracts = scope.contracts.filter((contract) => (rules.get(contract.id) ?? []).some(closes))
  if (contracts.length === 0) return []
  const starts = contracts.map((contract) => scope.periodOf(contract).start.getTime())
  const since = localDateOf(new Date(Math.min(...starts) - (monthsLookedAt + 1) * 32 * 86_400_000), scope.zone)
  const counters = await readCounters(
    ctx,
    contracts.map((contract) => contract.id),
    since,
  )
  return contracts.flatMap((contract) => closingsOf(facts, contract, counters.get(contract.id) ?? []))
}

function closes(rule: PriceRule): boolean {
  return rule.feeKind === 'usage' && (rule.minimum !== null || !costOf(modelOf(rule), new Decimal(0)).isZero())
}

function closingsOf(facts: ClosingFacts, contract: BillableContract, counters: readonly UsageCounter[]): NewFee[] {
  const { scope, subscriptions, charged } = facts
  const own = subscriptions.filter((subscription) => subscription.contractId === contract.id)
  const terms = termsOf(facts, contract, own)
  const known = new Map([...(charged.get(contract.id) ?? [])].filter(([key]) => /^(standing|true-up):/.test(key)))
  const names = new Map(own.map((subscription) => [subscription.id, subscription]))
  const period = scope.periodOf(contract)
  return instantsOf(period, terms).flatMap((closesAt) => {
    const targets = closingCharges({ terms, counters, closesAt }).map((charge) => ({
      charge,
      isDue: closesAt.getTime() > period.start.getTime() && !charge.amount.isZero(),
      amountAt: () => charge.amount,
    }))
    const due = settleFees({ targets, charged: known, span: period })
    return due.map((rated) => newFee(rated, contract, names.get(rated.subscriptionId ?? '')))
  })
}

function newFee(rated: RatedCharge, contract: BillableContract, subscription: BillableSubscription | undefined): NewFee {
  const accountId = subscription?.accountId ?? contract.accountId
  return { rated, accountId, payerAccountId: contract.accountId, name: subscription?.name ?? null }
}

/** The end of the period, then the ends of the months in it and of some before it. */
function instantsOf(period: Period, { cycle }: RatingTerms): Date[] {
  const instants = [period.end]
  for (let last = period.end; instants.length < monthsLookedAt || last > period.start; last = instants.at(-1) as Date) {
    instants.push(billingMonthAt(cycle, new Date(last.getTime() - 1)).start)
  }
  return instants
}

function termsOf({ scope, rules, items }: ClosingFacts, contract: BillableContract, own: readonly BillableSubscription[]): RatingTerms {
  const { zone } = scope
  const pool = own.map((subscription): RatedSubscription => {
    const phases = phasesOf(items.get(subscription.id) ?? [])
    return {
      id: subscription.id,
      productId: subscription.productId,
      startsAt: subscription.startsAt,
      endsAt: subscription.endsAt,
      proration: prorationOf(subscription.proration),
      cycle: serviceCycle(subscription, contract, zone),
      ...(phases.length > 0 ? { phases } : {}),
    }
  })
  return {
    contractId: contract.id,
    currency: contract.currency,
    cycle: contractMonths(contract, zone),
    rules: rules.get(contract.id) ?? [],
    subscriptions: new Map(pool.map((subscription) => [subscription.id, subscription])),
    pool,
  }
}
