import type { StoreCatalog, StoreLocation } from '#app/reports/store/shape.ts'

type Sized = { readonly planCode: string }

/** The places where every size that was chosen is offered and not sold out: an application stands in one. */
export function placesFor({ plans, locations }: Pick<StoreCatalog, 'plans' | 'locations'>, tiers: readonly Sized[]): StoreLocation[] {
  const chosen = tiers.map(({ planCode }) => plans.find(({ code }) => code === planCode))
  return locations.filter(({ code }) => chosen.every((plan) => plan?.locations.includes(code) && plan.left[code] !== 0))
}
