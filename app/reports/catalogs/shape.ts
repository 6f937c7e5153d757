import type { RevisionState } from '#app/db/catalog/catalog-revisions.server.ts'
import type { RevisionChange } from '#app/domain/catalog/revision.ts'

export type CatalogOverviewRow = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly isReference: boolean
  readonly visible: number
  readonly hidden: number
  readonly books: number
}

export type ChannelOverviewRow = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly catalog: string
  readonly segment: string | null
  readonly countries: readonly string[]
  readonly currencies: readonly string[]
  readonly isDefault: boolean
  readonly accounts: number
}

/** Who gets a catalog whatever the channel: one of the three is given. */
export type AffinityOverviewRow = {
  readonly id: string
  readonly catalog: string
  readonly level: string | null
  readonly segment: string | null
  readonly country: string | null
  readonly priority: number
}

export type RevisionOverviewRow = {
  readonly id: string
  readonly number: number
  readonly catalog: string
  readonly note: string
  readonly state: RevisionState
  readonly changes: number
  readonly activateAt: Date | null
  readonly activatedAt: Date | null
}

/** A price book of a catalog; `startsAt` is null while it has no price. */
export type CatalogBookOverviewRow = {
  readonly id: string
  readonly catalog: string
  readonly name: string
  readonly currency: string
  readonly startsAt: Date | null
  /** Contracts it prices, now or later. */
  readonly contracts: number
}

export type CatalogsOverview = {
  readonly catalogs: readonly CatalogOverviewRow[]
  readonly channels: readonly ChannelOverviewRow[]
  readonly affinities: readonly AffinityOverviewRow[]
  readonly revisions: readonly RevisionOverviewRow[]
  readonly levels: readonly { readonly id: string; readonly name: string }[]
  readonly books: readonly CatalogBookOverviewRow[]
  /** Books whose prices a new one may begin with. */
  readonly sources: readonly BookChoice[]
}

export type BookChoice = { readonly id: string; readonly name: string; readonly currency: string }

type Names = Readonly<Record<string, string>>

/** A product before and after the changes of a revision; null where it is not in the catalog. */
export type RevisedRow = {
  readonly productId: string
  readonly name: Names
  readonly before: { readonly isVisible: boolean; readonly position: number } | null
  readonly after: { readonly isVisible: boolean; readonly position: number } | null
  readonly nameAfter: Names
  readonly prices: readonly {
    readonly feeKey: string
    readonly currency: string
    readonly before: string | null
    readonly after: string | null
  }[]
}

/** A change of a revision in words; what its kind has not is null. */
export type ChangeRow = {
  readonly index: number
  readonly kind: RevisionChange['kind']
  readonly product: Names | null
  /** The new name, or the book or version whose prices are taken over. */
  readonly text: string | null
  readonly position: number | null
  readonly price: { readonly feeKey: string; readonly currency: string; readonly unitPrice: string } | null
}

export type VersionChoice = BookChoice & { readonly number: number; readonly validFrom: Date }

export type RevisionDetail = Omit<RevisionOverviewRow, 'changes'> & {
  readonly changes: readonly ChangeRow[]
  readonly rows: readonly RevisedRow[]
  readonly products: readonly { readonly id: string; readonly name: Names }[]
  /** Books the catalog is priced by, whose single prices can change. */
  readonly books: readonly BookChoice[]
  /** Books and versions whose prices the catalog can take over. */
  readonly sources: readonly BookChoice[]
  readonly versions: readonly VersionChoice[]
}
