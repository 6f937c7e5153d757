import type { LocalDate } from '../time/local-date.ts'

export const rateKinds = ['standard', 'reduced', 'second-reduced', 'super-reduced', 'zero'] as const
export type RateKind = (typeof rateKinds)[number]

/** A rate in percent over `[from, to)`, local dates of the country; `to` null while it is in force. `country` may be a region. */
export type TaxRate = {
  readonly country: string
  readonly kind: RateKind
  readonly percent: string
  readonly from: LocalDate
  readonly to: LocalDate | null
}
