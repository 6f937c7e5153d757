/** The seller's list of usage records, newest window first. */
export type UsageListFilter = {
  readonly accountId?: string | undefined
  readonly meter?: string | undefined
  readonly month?: string | undefined
  readonly page: number
}
export type UsageRow = {
  readonly id: string
  readonly publicId: string
  readonly windowStart: Date
  readonly windowEnd: Date
  readonly accountId: string
  readonly accountName: string
  readonly resourceName: string | null
  readonly meter: string
  readonly quantity: string
  readonly unit: string
  /** Measured here, or handed down by the parent. */
  readonly origin: 'measured' | 'handed-down'
  readonly isRated: boolean
}
export type UsageList = {
  readonly rows: readonly UsageRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
  readonly meters: readonly string[]
  readonly months: readonly string[]
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
}
