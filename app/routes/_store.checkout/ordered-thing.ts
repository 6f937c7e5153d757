import type { StoreBundle, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'
import { chosenOf, imageNameIn, type ReaderCatalog } from '../_store.order._index/chosen.ts'
import type { Choice } from './choice.server.ts'

/** One thing of an order in words. */
export type OrderedThing = {
  readonly plan: StorePlan | StoreBundle
  readonly location: StoreLocation | undefined
  readonly image: string | null
  readonly name: string | null
  readonly quantity: number
}

/** A choice in the words of the catalog; nothing where it is not offered. */
export function orderedThing(catalog: ReaderCatalog, choice: Choice): OrderedThing[] {
  const { planCode, locationCode, imageCode, name, quantity } = choice
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
