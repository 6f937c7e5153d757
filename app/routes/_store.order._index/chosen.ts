import type { StoreBundle, StoreCatalog, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'

export type Chosen = {
  readonly plan: StorePlan | StoreBundle
  readonly location: StoreLocation | undefined
  readonly imageCode: string | undefined
}
type Wanted = {
  readonly plan?: string | null | undefined
  readonly location?: string | null | undefined
  readonly image?: string | null | undefined
}

/** The plan or bundle, place and image that are asked for, each replaced by the first that fits where it is not offered. */
export function chosenOf(catalog: StoreCatalog, wanted: Wanted): Chosen | null {
  const offers = [...catalog.plans, ...catalog.bundles]
  const plan = offers.find(({ code }) => code === wanted.plan) ?? offers[0]
  if (!plan) return null
  if (!plan.hasServer) return { plan, location: undefined, imageCode: undefined }
  const offered = catalog.locations.filter(({ code }) => plan.locations.includes(code))
  const image = catalog.images.find(({ code }) => code === wanted.image) ?? catalog.images[0]
  const inStock = offered.filter(({ code }) => plan.left[code] !== 0)
  const location = inStock.find(({ code }) => code === wanted.location) ?? inStock[0] ?? offered[0]
  return { plan, location, imageCode: image?.code }
}

/** What an address asks for. */
export function wantedIn(search: URLSearchParams): Wanted {
  return { plan: search.get('plan'), location: search.get('location'), image: search.get('image') }
}
