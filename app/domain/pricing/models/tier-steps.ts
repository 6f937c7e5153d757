import type { DescribedIn, DescribedValue, PriceDescription } from './price-slice.ts'
import type { Bounded, PriceTier } from './tiers.ts'

/** Each tier in words: its price per unit, its flat price if it has one, and where it ends or begins. */
export function priceSteps(tiers: readonly PriceTier[], words: DescribedIn): PriceDescription[] {
  return tiers.map(({ upTo, unitPrice, flat }, index) => {
    const price = { rate: unitPrice.toFixed() }
    const edge = edgeOf(tiers, index)
    const isOpen = upTo === null
    if (flat.isZero()) return { ...words, key: isOpen ? 'models.step.above' : 'models.step.up-to', values: { price, ...edge } }
    const values = { price, flat: { price: flat.toFixed() }, ...edge }
    return { ...words, key: isOpen ? 'models.step.above-plus' : 'models.step.up-to-plus', values }
  })
}

/** Each bracket in words: its one price and where it ends or begins. */
export function bracketSteps(tiers: readonly (Bounded & Pick<PriceTier, 'flat'>)[], words: DescribedIn): PriceDescription[] {
  return tiers.map(({ upTo, flat }, index) => ({
    ...words,
    key: upTo === null ? 'models.step.whole-above' : 'models.step.whole-up-to',
    values: { flat: { price: flat.toFixed() }, ...edgeOf(tiers, index) },
  }))
}

function edgeOf(tiers: readonly Bounded[], index: number): Record<string, DescribedValue> {
  const end = tiers[index]?.upTo
  return { edge: { quantity: (end ?? tiers[index - 1]?.upTo)?.toFixed() ?? '0' } }
}
