import { determineTax, type TaxFacts, type TaxTreatment } from './determine-tax.ts'
import type { RateKind } from './tax-rate.ts'

/** Which of a country's rates applies to products, by product; those that are not named have the standard one. */
export type TaxKinds = ReadonlyMap<string, RateKind>

/** How products are taxed that are not taxed as everything else is, by product. */
export type ProductTreatments = ReadonlyMap<string, TaxTreatment>

/** How each product of `kinds` is taxed in one supply; a product without any rate is left out, as the supply itself is refused then. */
export function productTreatments(facts: Omit<TaxFacts, 'kind'>, kinds: TaxKinds): ProductTreatments {
  return new Map(
    [...kinds].flatMap(([productId, kind]) => {
      const treatment = determineTax({ ...facts, kind })
      return treatment.ok ? [[productId, treatment.value] as const] : []
    }),
  )
}
