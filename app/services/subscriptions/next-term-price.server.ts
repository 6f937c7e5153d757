import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { billableSubscriptions, contractsById } from '#app/db/documents/billing-facts.server.ts'
import { dryRun } from '#app/db/dry-run.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { readSubscription } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { readSubscriptionItems } from '#app/db/subscriptions/subscription-items.server.ts'
import { type EndedTerm, renewTerm } from '#app/db/subscriptions/subscription-terms.server.ts'
import { fromDecimal, type Money, subtract, sum } from '#app/domain/money/money.ts'
import type { RatedCharge } from '#app/domain/rating/charge.ts'
import { feeTargets } from '#app/domain/rating/fee-targets.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { feePeriodAt } from '#app/domain/subscription/fee-period.ts'
import { nextTermEnd } from '#app/domain/subscription/fixed-term.ts'
import type { Period } from '#app/domain/time/period.ts'
import { feeSubscription } from '../billing/fee-facts.ts'

/** What runs next and its fees, before tax; each fee is rounded once, as on the invoice. */
export type NextTerm = { readonly period: Period; readonly price: Money }

type Term = EndedTerm & { readonly contractId: string }

/** What another term costs: the fees with it less those without it, by the functions that bill. Nothing is written. */
export async function nextTermOf(ctx: TenantContext, term: Term): Promise<NextTerm> {
  const until = nextTermEnd(term)
  const span = { start: term.start, end: until }
  const without = totalOf(await feesOf(ctx, { ...term, span, endsAt: term.end }))
  const withIt = await dryRun(ctx, async () => {
    await renewTerm(ctx, term, until)
    return totalOf(await feesOf(ctx, { ...term, span, endsAt: until }))
  })
  return { period: { start: term.end, end: until }, price: subtract(withIt, without) }
}

type Trial = Pick<Term, 'id' | 'contractId'> & { readonly trialEndsAt: Date }

/** What a subscription costs once its trial is over: the recurring fees of the first whole service period from then on. */
export async function firstPaidPeriodOf(ctx: TenantContext, trial: Trial): Promise<NextTerm> {
  const subscription = await readSubscription(ctx, trial.id)
  invariant(subscription, `firstPaidPeriodOf: subscription ${trial.id} is gone`)
  const rules = await readRulesOfContract(ctx, trial.contractId)
  const periodAt = (at: Date) => feePeriodAt(subscription, { rules, productId: subscription.productId, at })
  const running = periodAt(trial.trialEndsAt)
  const period = running.start.getTime() === trial.trialEndsAt.getTime() ? running : periodAt(running.end)
  const { currency, charges } = await feesOf(ctx, { ...trial, span: period, endsAt: null })
  const own = charges.filter(
    ({ feeKind, chargePeriod }) => feeKind === 'recurring' && chargePeriod.start.getTime() === period.start.getTime(),
  )
  return { period, price: totalOf({ currency, charges: own }) }
}

type Fees = { readonly currency: string; readonly charges: readonly RatedCharge[] }

type FeesQuestion = Pick<Term, 'id' | 'contractId'> & { readonly span: Period; readonly endsAt: Date | null }

/** The fees of a subscription that touch `span`, when it ends at `endsAt`. */
async function feesOf(ctx: TenantContext, { id, contractId, span, endsAt }: FeesQuestion): Promise<Fees> {
  const [contract] = await contractsById(ctx, [contractId])
  const stored = (await billableSubscriptions(ctx, [contractId], { from: span.start, to: span.end })).find((row) => row.id === id)
  const tenant = await ownTenant(ctx)
  invariant(contract && stored && tenant, `feesOf: subscription ${id} cannot be billed`)
  const items = (await readSubscriptionItems(ctx, [id])).get(id) ?? []
  const subscription = { ...feeSubscription({ subscription: stored, items, contract, zone: tenant.timeZone }), endsAt }
  const { currency } = contract
  const targets = feeTargets({ subscription, rules: await readRulesOfContract(ctx, contractId), currency, span })
  return { currency, charges: targets.map(({ charge }) => charge) }
}

function totalOf({ currency, charges }: Fees): Money {
  return sum(
    currency,
    charges.map(({ amount }) => fromDecimal(amount, currency)),
  )
}
