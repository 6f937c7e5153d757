import { Decimal } from '../../money/decimal.ts'
import { describeRule } from '../describe-rule.ts'
import type { PriceDescription } from '../models/price-slice.ts'
import { segmentOf } from '../models/registry.ts'
import { periodCost } from '../period-cost.ts'
import { modelOf, type PriceRule } from '../price-rule.ts'
import type { PlanFile } from './plan-file.ts'
import { type PlanRule, planRules } from './plan-rules.ts'

/** A quantity of one period and what it costs: decimal texts, major units, unrounded. */
export type PricePoint = { readonly quantity: string; readonly amount: string }

/** An edge after which more use costs less (B15): the quantity at the edge, and one just above it. */
export type PriceCliff = { readonly before: PricePoint; readonly after: PricePoint }

/** One price of use, as it will be charged for one subscription in one full period. Plain JSON. */
export type PricePreview = {
  readonly meter: string
  readonly unit: string
  readonly sentences: readonly PriceDescription[]
  readonly points: readonly PricePoint[]
  readonly cliffs: readonly PriceCliff[]
}

const none = new Decimal(0)
const always = { priceVersionId: 'version', layer: 1, exchange: null, validFrom: new Date(0), validTo: null } as const

/** The prices of a plan as rules that hold from `validFrom` to `validTo`, or always; ids follow the order of the plan. */
export function rulesOfPlan(plan: PlanFile, productId: string | null): PriceRule[] {
  const validFrom = plan.validFrom ? new Date(plan.validFrom) : always.validFrom
  const validTo = plan.validTo ? new Date(plan.validTo) : null
  return planRules(plan, productId).map((rule, index) => ({ ...asRule(rule, index), validFrom, validTo }))
}

/** What each usage price of the plan will charge, in the order of the plan. */
export function previewPlan(plan: PlanFile): PricePreview[] {
  const rules = planRules(plan, null).map(asRule)
  return rules.filter((rule) => rule.feeKind === 'usage').map((rule) => previewOf(rule, plan.currency))
}

/** The amounts of a calculator: what each of `quantities` costs by the price at `index`, in major units, unrounded. */
export function tryQuantity(plan: PlanFile, index: number, quantity: Decimal): PricePoint | undefined {
  const rule = planRules(plan, null).map(asRule)[plan.fees.length + index]
  return rule && pointAt(rule, quantity)
}

function asRule(rule: PlanRule, index: number): PriceRule {
  return { ...rule, ...always, id: `rule-${String(index + 1).padStart(4, '0')}` }
}

function previewOf(rule: PriceRule, currency: string): PricePreview {
  const edges = edgesOf(rule)
  return {
    meter: rule.meter ?? '',
    unit: rule.unit,
    sentences: describeRule(rule, currency),
    points: pointsOf(rule, edges),
    cliffs: edges.flatMap((edge) => cliffAt(rule, edge)),
  }
}

const mostEdges = 12

/** Where the price changes its course, the allowance included, from the smallest on. */
function edgesOf(rule: PriceRule): Decimal[] {
  const edges = rule.included.gt(0) ? [rule.included] : []
  const model = modelOf(rule)
  let edge = segmentOf(model, none).upTo
  while (edge !== null && edges.length < mostEdges) {
    if (edge.gt(0)) edges.push(edge.plus(rule.included))
    edge = segmentOf(model, edge.plus(smallest)).upTo
  }
  return edges
}

const smallest = new Decimal('0.000001')
const steps = 24

/** Evenly over half as much again as the last edge, with the edges and what comes just after each. */
function pointsOf(rule: PriceRule, edges: readonly Decimal[]): PricePoint[] {
  const last = edges.at(-1)
  const reach = last ? last.times('1.5') : new Decimal(100)
  const even = Array.from({ length: steps + 1 }, (_, step) => reach.times(step).div(steps))
  const around = edges.flatMap((edge) => [edge, edge.plus(reach.times('0.000001'))])
  const quantities = [...even, ...around].filter((quantity) => quantity.lte(reach)).sort((a, b) => a.comparedTo(b))
  return quantities.map((quantity) => pointAt(rule, quantity))
}

/** A price that falls at `edge`: shown by the next whole unit where that is cheaper, else by the next bit of one. */
function cliffAt(rule: PriceRule, edge: Decimal): PriceCliff[] {
  const before = pointAt(rule, edge)
  const after = [edge.plus(1), edge.plus(smallest)].map((quantity) => pointAt(rule, quantity))
  const cheaper = after.find(({ amount }) => new Decimal(amount).lt(before.amount))
  return cheaper ? [{ before, after: cheaper }] : []
}

function pointAt(rule: PriceRule, quantity: Decimal): PricePoint {
  return { quantity: quantity.toDecimalPlaces(12).toFixed(), amount: periodCost(rule, quantity).amount.toFixed() }
}
