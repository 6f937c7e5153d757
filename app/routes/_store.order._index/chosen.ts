import type { StoreCatalog, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'

export type Chosen = { readonly plan: StorePlan; readonly location: StoreLocation | undefined; readonly imageCode: string | undefined }

/** The plan, place and image an address asks for, each replaced by the first that fits where it is not offered. */
export function chosenOf(catalog: StoreCatalog, search: URLSearchParams): Chosen | null {
  const plan = catalog.plans.find(({ code }) => code === search.get('plan')) ?? catalog.plans[0]
  if (!plan) return null
  const offered = catalog.locations.filter(({ code }) => plan.locations.includes(code))
  const image = catalog.images.find(({ code }) => code === search.get('image')) ?? catalog.images[0]
  return { plan, location: offered.find(({ code }) => code === search.get('location')) ?? offered[0], imageCode: image?.code }
}
