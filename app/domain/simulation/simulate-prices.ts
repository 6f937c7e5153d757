import { groupCharges } from '../invoice/group-charges.ts'
import { lineAmount } from '../invoice/invoice-line.ts'
import { Decimal } from '../money/decimal.ts'
import { type Money, sum } from '../money/money.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { ProrationPolicy } from '../proration/prorate.ts'
import type { RatedCharge } from '../rating/charge.ts'
import { closingCharges } from '../rating/close-period.ts'
import { rateFees } from '../rating/rate-fees.ts'
import { rateUsage } from '../rating/rate-usage.ts'
import type { RatedSubscription, RatingTerms, RefusalReason } from '../rating/terms.ts'
import { type BillingCycle, billingMonthAt, billingMonthsStartingIn } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'
import type { SheetUsage } from './usage-sheet.ts'

export type Simulation = {
  readonly rules: readonly PriceRule[]
  readonly currency: string
  /** The product whose subscriptions use; null for a rate card, whose usage has no subscription. */
  readonly productId: string | null
  readonly proration: ProrationPolicy
  readonly usage: readonly SheetUsage[]
  readonly cycle: BillingCycle
  /** Fees are worked out over it, usage is what the rows say; null: the months that the usage touches. */
  readonly span: Period | null
  /** As of `RatingTerms`. */
  readonly sampledMeters?: ReadonlySet<string>
}

/** One charge as it would be made. `row` is the line of the usage file; null for fees, standing charges and true-ups. */
export type SimulatedLine = { readonly row: number | null; readonly charge: RatedCharge }

export type SimulatedPrices = {
  readonly lines: readonly SimulatedLine[]
  /** Rows without a price, or in another unit: on an invoice they would be missing, in quarantine. */
  readonly refused: readonly { readonly row: number; readonly reason: RefusalReason }[]
  /** The sum of the lines as an invoice would show them, each rounded once. Before tax. */
  readonly total: Money
  readonly span: Period | null
}

const contractId = 'simulation'

/**
 * What a period would cost: the usage by the very functions that rate it, the fees of each subscription that the rows name (or of
 * one), and what is missing to a minimum when the months close. Nothing is kept. Amounts are exact, in major units.
 */
export function simulatePrices(simulation: Simulation): SimulatedPrices {
  const { rules, currency, usage, cycle } = simulation
  const span = simulation.span ?? monthsOf(usage, cycle)
  const subscriptions = span ? subscriptionsOf(simulation, span) : []
  const terms: RatingTerms = {
    contractId,
    currency,
    cycle,
    rules,
    subscriptions: new Map(subscriptions.map((subscription) => [subscription.id, subscription])),
    pool: subscriptions,
    ...(simulation.sampledMeters && { sampledMeters: simulation.sampledMeters }),
  }
  const toRate = usage.map((record) => ({
    id: String(record.row),
    meter: record.meter,
    unit: record.unit,
    quantity: record.quantity,
    window: { start: record.start, end: record.end },
    resourceRef: record.resource,
    subscriptionId: simulation.productId === null ? null : (record.subscription ?? onlyOne),
    productId: null,
    dimensions: record.dimensions,
  }))
  const rated = rateUsage({ terms, usage: toRate, counters: [] })
  const months = span ? billingMonthsStartingIn(cycle, span) : []
  const closing = months.flatMap(({ end }) => closingCharges({ terms, counters: rated.counters, closesAt: end }))
  const fees = span ? subscriptions.flatMap((subscription) => feesOf(simulation, subscription, span)) : []
  const charges = [...fees, ...rated.charges, ...closing.filter((charge) => !charge.amount.isZero())]
  return {
    lines: charges.map((charge) => ({ row: charge.usageId === null ? null : Number(charge.usageId), charge })),
    refused: rated.refused.map(({ usageId, reason }) => ({ row: Number(usageId), reason })),
    total: totalOf(charges, currency),
    span,
  }
}

/** The subscription of rows that name none. */
const onlyOne = 'one'

function subscriptionsOf({ productId, proration, usage, cycle }: Simulation, span: Period): RatedSubscription[] {
  if (productId === null) return []
  const ids = new Set(usage.map(({ subscription }) => subscription ?? onlyOne))
  return [...(ids.size > 0 ? ids : new Set([onlyOne]))].sort().map((id) => ({ id, productId, startsAt: span.start, proration, cycle }))
}

function feesOf({ rules, currency, proration, cycle }: Simulation, { id, productId }: RatedSubscription, span: Period): RatedCharge[] {
  const facts = { id, contractId, productId, quantity: new Decimal(1), startsAt: span.start, endsAt: null, proration, cycle }
  const fees = rateFees({ subscription: facts, rules, currency, span })
  return fees.filter(({ chargePeriod }) => chargePeriod.start.getTime() < span.end.getTime())
}

function totalOf(charges: readonly RatedCharge[], currency: string): Money {
  const items = groupCharges(charges.map((charge) => ({ ...charge, accountId: contractId, resourceName: charge.resourceRef })))
  return sum(currency, items.map(lineAmount))
}

/** The billing months that the usage touches, from the first to the last. */
function monthsOf(usage: readonly SheetUsage[], cycle: BillingCycle): Period | null {
  const [first] = usage
  if (!first) return null
  const start = usage.reduce((least, { start: each }) => (each < least ? each : least), first.start)
  const end = usage.reduce((most, { end: each }) => (each > most ? each : most), first.end)
  return { start: billingMonthAt(cycle, start).start, end: billingMonthAt(cycle, new Date(end.getTime() - 1)).end }
}
