import { isImageFit, type OwnImage } from '#app/domain/cloud/own-image.ts'
import type { ShownSshKey } from '#app/reports/members/ssh-keys.server.ts'
import type { StoreBundle, StoreCatalog, StoreLocation, StorePlan } from '#app/reports/store/shape.ts'

/** What a customer has of its own to order a server with. */
export type OwnThings = {
  readonly images: readonly OwnImage[]
  readonly keys: readonly ShownSshKey[]
  /** Whether a key that is typed can be kept for the next time. */
  readonly mayKeep: boolean
}
export type ReaderCatalog = StoreCatalog & { readonly own: OwnThings }

export type Chosen = {
  readonly plan: StorePlan | StoreBundle
  readonly location: StoreLocation | undefined
  /** Of an image of the store's, or the id of a private one. */
  readonly imageCode: string | undefined
}
type Wanted = {
  readonly plan?: string | null | undefined
  readonly location?: string | null | undefined
  readonly image?: string | null | undefined
}

/**
 * The plan or bundle, place and image that are asked for, each replaced by the first that fits where it is not offered. A private image
 * without more said is asked for where it is, on the first plan it fits on.
 */
export function chosenOf(catalog: ReaderCatalog, wanted: Wanted): Chosen | null {
  const offers = [...catalog.plans, ...catalog.bundles]
  const own = catalog.own.images.find(({ id }) => id === wanted.image)
  const plan = offers.find(({ code }) => code === wanted.plan) ?? (own && planFor(catalog, own)) ?? offers[0]
  if (!plan) return null
  if (!plan.hasServer) return { plan, location: undefined, imageCode: undefined }
  const offered = catalog.locations.filter(({ code }) => plan.locations.includes(code))
  const inStock = offered.filter(({ code }) => plan.left[code] !== 0)
  const place = wanted.location ?? own?.zone
  const location = inStock.find(({ code }) => code === place) ?? inStock[0] ?? offered[0]
  if (own && location && isImageFit(own, { zone: location.code, diskGib: plan.diskGib })) return { plan, location, imageCode: own.id }
  const image = catalog.images.find(({ code }) => code === wanted.image) ?? catalog.images[0]
  return { plan, location, imageCode: image?.code }
}

function planFor({ plans }: ReaderCatalog, image: OwnImage): StorePlan | undefined {
  return plans.find(
    ({ locations, left, diskGib }) =>
      locations.includes(image.zone) && left[image.zone] !== 0 && isImageFit(image, { zone: image.zone, diskGib }),
  )
}

/** How the image of a choice is called, the store's or the reader's own. */
export function imageNameIn({ images, own }: ReaderCatalog, imageCode: string | undefined): string | null {
  return images.find(({ code }) => code === imageCode)?.name ?? own.images.find(({ id }) => id === imageCode)?.name ?? null
}

/** What an address asks for. */
export function wantedIn(search: URLSearchParams): Wanted {
  return { plan: search.get('plan'), location: search.get('location'), image: search.get('image') }
}
