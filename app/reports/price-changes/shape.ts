/** A book prices can be changed in. */
export type BookOption = { readonly id: string; readonly name: string; readonly currency: string }
/** Names by language tag. */
export type ProductOption = { readonly id: string; readonly name: Readonly<Record<string, string>>; readonly productGroup: string | null }
/** What a filter over prices can name. */
export type PriceOptions = {
  readonly books: readonly BookOption[]
  readonly products: readonly ProductOption[]
  readonly productGroups: readonly string[]
  readonly meters: readonly string[]
}

export type VersionState = 'withdrawn' | 'over' | 'in-force' | 'planned'

/** One published version of a price book. */
export type VersionItem = {
  readonly id: string
  readonly priceBookId: string
  readonly bookName: string
  readonly currency: string
  readonly number: number
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly state: VersionState
  /** Number of the version it corrects; null for one that follows another. */
  readonly corrects: number | null
  readonly rules: number
  readonly note: string | null
  readonly createdBy: string | null
  readonly createdAt: Date
}
export type VersionList = {
  readonly rows: readonly VersionItem[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
}

/** One price before and after. Decimal texts in major units of the book's currency. */
export type PriceMove = {
  readonly key: string
  readonly bookName: string
  readonly currency: string
  readonly feeKind: string
  readonly product: Readonly<Record<string, string>> | null
  readonly meter: string | null
  readonly unit: string
  readonly model: string
  readonly former: string
  readonly next: string
  readonly formerCap: string | null
  readonly nextCap: string | null
}

/** One price of a version, as it can be corrected. Decimal texts; only a price per unit has figures of its own to correct. */
export type VersionPrice = {
  readonly ruleId: string
  readonly feeKind: string
  readonly product: Readonly<Record<string, string>> | null
  readonly meter: string | null
  readonly unit: string
  readonly model: string
  readonly unitPrice: string
  readonly cap: string | null
  readonly minimum: string | null
}
export type VersionDetail = Omit<VersionItem, 'rules'> & { readonly prices: readonly VersionPrice[] }
