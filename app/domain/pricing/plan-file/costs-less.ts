import { Decimal } from '../../money/decimal.ts'
import { segmentOf } from '../models/registry.ts'
import { periodCost } from '../period-cost.ts'
import { modelOf, type PriceRule } from '../price-rule.ts'

/** What the cost of a period depends on. */
export type CostedPrice = Omit<PriceRule, 'id' | 'priceVersionId' | 'productId' | 'layer' | 'exchange' | 'validFrom' | 'validTo'>

const none = new Decimal(0)
const mostEdges = 100
const sizes = ['1', '10', '100', '1000', '10000', '100000', '1000000'].map((text) => new Decimal(text))

/**
 * Whether `sell` costs less than `bought` for some quantity of a period: looked at where either price changes its course, just
 * after it, and at round quantities up to a million units. Both in one currency.
 */
export function costsLess(sell: CostedPrice, bought: CostedPrice): boolean {
  const edges = [...edgesOf(sell), ...edgesOf(bought)]
  const quantities = [...sizes, ...edges, ...edges.map((edge) => edge.plus(1))]
  return quantities.some((quantity) => periodCost(asRule(sell), quantity).amount.lt(periodCost(asRule(bought), quantity).amount))
}

function edgesOf(price: CostedPrice): Decimal[] {
  const edges = [price.included]
  const model = modelOf(price)
  let edge = segmentOf(model, none).upTo
  while (edge !== null && edges.length < mostEdges) {
    edges.push(edge.plus(price.included))
    edge = segmentOf(model, edge.plus(1)).upTo
  }
  return edges
}

const always = { id: '', priceVersionId: '', productId: null, layer: 1, exchange: null, validFrom: new Date(0), validTo: null } as const

function asRule(price: CostedPrice): PriceRule {
  return { ...price, ...always }
}
