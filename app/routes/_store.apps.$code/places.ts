import type { AppOffer } from '#app/reports/apps/shape.ts'
import type { StoreCatalog, StoreLocation } from '#app/reports/store/shape.ts'

type Sized = { readonly planCode: string }

type Standing = { readonly tiers: readonly Sized[]; readonly network: AppOffer['network'] }

/** The places where every size that was chosen is offered and not sold out, and its network is: an application stands in one. */
export function placesFor({ plans, locations }: Pick<StoreCatalog, 'plans' | 'locations'>, { tiers, network }: Standing): StoreLocation[] {
  const chosen = tiers.map(({ planCode }) => plans.find(({ code }) => code === planCode))
  const isNear = (code: string) => network === null || network.zone === code
  return locations.filter(({ code }) => isNear(code) && chosen.every((plan) => plan?.locations.includes(code) && plan.left[code] !== 0))
}
