import { Decimal } from '../money/decimal.ts'
import { costOf } from '../pricing/models/registry.ts'
import { modelOf, type PriceRule } from '../pricing/price-rule.ts'
import { prorate } from '../proration/prorate.ts'
import { lastClosedMonth } from '../time/billing-month.ts'
import { localDateOf } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'
import { type ActivePrice, activePrices, generalPrices } from './active-spans.ts'
import { carriedInto, counterKeyOf, grantedIn, shareInForce } from './allowance.ts'
import type { RatedCharge } from './charge.ts'
import { type ClosingAmount, closingAmount } from './closing-amount.ts'
import { openCounters, type UsageCounter } from './counters.ts'
import type { RatedSubscription, RatingTerms } from './terms.ts'

export type ClosingInput = {
  /** `pool` must hold all subscriptions of the contract: a standing charge is due without any use. */
  readonly terms: RatingTerms
  /** The counters of the closed periods. */
  readonly counters: readonly UsageCounter[]
  /** The instant at which periods close: for each cycle the last period that ended by then is closed. */
  readonly closesAt: Date
}

const none = new Decimal(0)
const one = new Decimal(1)

/**
 * Standing charges and true-ups of the periods that closed, as targets: charge each less what was charged under its
 * source key before, and take back in full what has a key that no longer comes up. A price of a product is closed for
 * each of its subscriptions, or once for a pool; a price per resource, and one for all products, for each scope that was
 * used. Amounts are
 * unrounded; in order of source keys.
 */
export function closingCharges({ terms, counters, closesAt }: ClosingInput): RatedCharge[] {
  const closing = { terms, counters, closesAt }
  const subscriptions = terms.pool ?? [...terms.subscriptions.values()]
  const ofProducts = subscriptions.flatMap((subscription) => subscriptionDues(closing, subscription))
  const month = lastClosedMonth(terms.cycle, closesAt)
  const general = generalPrices(terms, month).flatMap((active) =>
    scopesUsed(closing, active.price.rule, month).map((scope): Due => {
      const subscription = subscriptions.find((candidate) => candidate.id === scope)
      return { ...active, scope, month, subscription }
    }),
  )
  const charges = onePerPool([...ofProducts, ...general]).flatMap((due) => chargesOf(closing, due))
  return charges.sort((a, b) => (a.sourceKey < b.sourceKey ? -1 : 1))
}

/** One price to close, for one subscription, resource or pool. */
type Due = ActivePrice & {
  readonly scope: string
  readonly month: Period
  readonly subscription: RatedSubscription | undefined
}

function subscriptionDues(closing: ClosingInput, subscription: RatedSubscription): Due[] {
  const month = lastClosedMonth(subscription.cycle ?? closing.terms.cycle, closing.closesAt)
  return activePrices(closing.terms, subscription, month)
    .filter(({ price }) => closes(price.rule))
    .flatMap((active) => {
      const { includedScope } = active.price.rule
      if (includedScope === 'pool') return [{ ...active, scope: 'pool', month, subscription }]
      if (includedScope === 'subscription') return [{ ...active, scope: subscription.id, month, subscription }]
      const own = scopesUsed(closing, active.price.rule, month).filter((scope) => scope.startsWith(`${subscription.id}/`))
      return own.map((scope) => ({ ...active, scope, month, subscription }))
    })
}

/** Whether there is anything to charge for the rule but its usage. */
function closes(rule: PriceRule): boolean {
  return rule.minimum !== null || !costOf(modelOf(rule), none).isZero()
}

/** The scopes whose counter of `rule` stands in the period; a pool for all is always one. */
function scopesUsed({ terms, counters }: ClosingInput, rule: PriceRule, month: Period): string[] {
  if (!closes(rule)) return []
  if (rule.includedScope === 'pool') return ['pool']
  const periodStart = localDateOf(month.start, terms.cycle.zone)
  const suffix = counterKeyOf('', rule)
  const used = counters.filter(({ counterKey, periodStart: at }) => at === periodStart && counterKey.endsWith(suffix))
  return used.map(({ counterKey }) => counterKey.slice(0, -suffix.length)).filter((scope) => !/^(carry|largest|step)\|/.test(scope))
}

/** A pool is closed once, over all the time that anybody shared it. */
function onePerPool(dues: readonly Due[]): Due[] {
  const pools = new Map<string, Due>()
  for (const due of dues) {
    if (due.scope !== 'pool') continue
    const key = `${due.price.rule.id}|${due.month.start.getTime()}`
    pools.set(key, { ...due, subscription: undefined, spans: merged([...(pools.get(key)?.spans ?? []), ...due.spans]) })
  }
  return [...dues.filter(({ scope }) => scope !== 'pool'), ...pools.values()]
}

function merged(spans: readonly Period[]): Period[] {
  const ordered = [...spans].sort((a, b) => a.start.getTime() - b.start.getTime())
  const result: Period[] = []
  for (const span of ordered) {
    const last = result.at(-1)
    if (!last || last.end.getTime() < span.start.getTime()) result.push(span)
    else if (last.end.getTime() < span.end.getTime()) result[result.length - 1] = { start: last.start, end: span.end }
  }
  return result
}

function chargesOf({ terms, counters }: ClosingInput, due: Due): RatedCharge[] {
  const { price, month, subscription, scope } = due
  const { rule } = price
  const cycle = subscription?.cycle ?? terms.cycle
  const facts = { terms, price, month, cycle, subscription }
  const book = openCounters(counters)
  const periodStart = localDateOf(month.start, cycle.zone)
  const policy = subscription?.proration === 'day' ? 'day' : 'second'
  const share = (whole: Decimal) =>
    due.spans.reduce((sum, used) => sum.plus(prorate(whole, { policy, cycle: month, used, zone: cycle.zone })), none)
  const amounts = closingAmount({
    model: modelOf(rule),
    minimum: rule.minimum,
    included: grantedIn(facts).plus(carriedInto(facts, book, scope)),
    cap: rule.cap === null ? null : shareInForce(rule.cap, facts),
    consumed: book.open(counterKeyOf(scope, rule), periodStart).consumed,
    share,
  })
  return [...standingCharge(terms, due, amounts), ...trueUpCharge(terms, due, amounts)].map((charge) => ({
    ...charge,
    billingPeriod: periodStart,
  }))
}

type Unplaced = Omit<RatedCharge, 'billingPeriod'>

function standingCharge(terms: RatingTerms, due: Due, { standing }: ClosingAmount): Unplaced[] {
  const { rule } = due.price
  const whole = costOf(modelOf(rule), none)
  if (whole.isZero()) return []
  const { layer, model } = rule
  const reason = { kind: 'standing', layer, model: model.kind, whole: whole.toFixed(), reached: null } as const
  return [{ ...closingCharge(terms, due, standing), sourceKey: `standing:${keyOf(terms, due)}`, reason }]
}

function trueUpCharge(terms: RatingTerms, due: Due, { trueUp, reached }: ClosingAmount): Unplaced[] {
  const { minimum, layer, model } = due.price.rule
  if (minimum === null) return []
  const reason = { kind: 'true-up', layer, model: model.kind, whole: minimum.toFixed(), reached: reached.toFixed() } as const
  return [{ ...closingCharge(terms, due, trueUp), sourceKey: `true-up:${keyOf(terms, due)}`, reason }]
}

function keyOf({ contractId, cycle }: RatingTerms, { scope, subscription, price, month }: Due): string {
  const owner = subscription ? scope : `${contractId}/${scope}`
  return `${owner}:${price.rule.id}:${localDateOf(month.start, (subscription?.cycle ?? cycle).zone)}`
}

function closingCharge(terms: RatingTerms, due: Due, amount: Decimal): Omit<Unplaced, 'sourceKey' | 'reason'> {
  const { price, spans, scope, month, subscription } = due
  const { rule } = price
  const [, resourceRef] = /resource:(.*)$/.exec(scope) ?? []
  return {
    contractId: terms.contractId,
    subscriptionId: subscription?.id ?? null,
    productId: rule.productId,
    usageId: null,
    resourceRef: resourceRef ?? null,
    category: 'Purchase',
    class: '',
    frequency: 'Recurring',
    feeKind: 'recurring',
    meter: rule.meter,
    tier: null,
    unit: 'month',
    quantity: one,
    includedQuantity: none,
    billedQuantity: one,
    unitPrice: amount,
    amount,
    currency: terms.currency,
    priceVersionId: rule.priceVersionId,
    priceRuleId: rule.id,
    chargePeriod: { start: spans[0]?.start ?? month.start, end: spans.at(-1)?.end ?? month.end },
  }
}
