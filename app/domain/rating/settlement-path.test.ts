import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, trafficUsage } from './rating.fixture.ts'

/** 1,000 GB out in June 2026, of which every edge includes 100. */
const usage = [trafficUsage({ quantity: new Decimal(600) }), trafficUsage({ id: 'usage-2', quantity: new Decimal(400) })]

const edges = [
  { contractId: "provider's own cost", price: '0.03', net: '27' },
  { contractId: 'provider to reseller', price: '0.08', net: '72' },
  { contractId: 'reseller to sub-reseller', price: '0.10', net: '90' },
  { contractId: 'sub-reseller to customer', price: '0.15', net: '135' },
]

function rateEdge(contractId: string, price: string): Decimal {
  const rules = [priceRule({ unitPrice: new Decimal(price), included: new Decimal(100) })]
  const { charges } = rateUsage({ terms: ratingTerms({ contractId, rules }), usage, counters: [] })
  return charges.reduce((total, charge) => total.plus(charge.amount), new Decimal(0))
}

test.each(edges)('the same 1,000 GB at $price per GB cost $net on the edge $contractId', ({ contractId, price, net }) => {
  expect(String(rateEdge(contractId, price))).toBe(net)
})

test('the margin of each seller is what it charges less what it is charged', () => {
  const margins = edges
    .slice(1)
    .map((edge, index) =>
      String(rateEdge(edge.contractId, edge.price).minus(rateEdge(edges[index]?.contractId ?? '', edges[index]?.price ?? '0'))),
    )
  expect(margins).toEqual(['45', '18', '45'])
})
