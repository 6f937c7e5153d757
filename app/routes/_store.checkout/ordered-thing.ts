import type { StoreBundle, StoreLocation, StorePlan, StoreService } from '#app/reports/store/shape.ts'
import { chosenOf, imageNameIn, type ReaderCatalog } from '../_store.order._index/chosen.ts'
import type { Choice } from './choice.server.ts'

/** One thing of an order in words. */
export type OrderedThing = {
  readonly plan: StorePlan | StoreBundle | StoreService
  readonly location: StoreLocation | undefined
  readonly image: string | null
  readonly name: string | null
  readonly quantity: number
  /** Of a service that is ordered by itself; what its buyer tells the seller with it. */
  readonly units?: number
  readonly note?: string | undefined
}

/** A choice in the words of the catalog; nothing where it is not offered. */
export function orderedThing(catalog: ReaderCatalog, choice: Choice): OrderedThing[] {
  const { planCode, locationCode, imageCode, name, quantity, units, note } = choice
  const service = catalog.services.find(({ code }) => code === planCode)
  if (service) return [{ plan: service, location: undefined, image: null, name: null, quantity: quantity ?? 1, units: units ?? 1, note }]
  const chosen = chosenOf(catalog, { plan: planCode, location: locationCode, image: imageCode })
  if (chosen?.plan.code !== planCode) return []
  return [
    {
      plan: chosen.plan,
      location: chosen.location,
      image: imageNameIn(catalog, chosen.imageCode),
      name: name ?? null,
      quantity: quantity ?? 1,
    },
  ]
}
