export type QuarantineFilter = { readonly reason?: string | undefined; readonly page: number }
export type QuarantineRow = {
  readonly id: string
  readonly reason: string
  readonly receivedAt: Date
  readonly windowStart: Date | null
  readonly windowEnd: Date | null
  readonly usageType: string
  readonly quantity: string | null
  /** The larger quantity that counts for the same fact, where this one contradicts it. */
  readonly known: string | null
  readonly resourceRef: string | null
  readonly owner: string | null
  readonly source: string
  /** The record as received, as JSON text. */
  readonly payload: string
}
export type QuarantineList = {
  readonly rows: readonly QuarantineRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
}
