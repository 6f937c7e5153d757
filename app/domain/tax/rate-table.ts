import { Decimal } from '../money/decimal.ts'
import type { LocalDate } from '../time/local-date.ts'
import { reducedRates } from './reduced-rates.ts'
import { standardRates } from './standard-rates.ts'
import type { RateKind, TaxRate } from './tax-rate.ts'

/** All rates that ship. */
export const shippedRates: readonly TaxRate[] = [...standardRates.map((rate) => ({ ...rate, kind: 'standard' as const })), ...reducedRates]

const shippedByCountry = new Map<string, TaxRate[]>()
for (const rate of shippedRates) shippedByCountry.set(rate.country, [...(shippedByCountry.get(rate.country) ?? []), rate])

export type RateQuestion = {
  readonly country: string
  readonly kind: RateKind
  readonly on: LocalDate
  /** The seller's own rows, those that were entered last first. */
  readonly own?: readonly TaxRate[]
}

/**
 * The rate of a country or region on a day, in percent: the seller's own row that began last, of rows that began on the same day
 * the one entered last; else the rate that ships. Undefined when neither is known: never guessed.
 */
export function rateOn({ country, kind, on, own = [] }: RateQuestion): Decimal | undefined {
  const isInForce = (rate: TaxRate) =>
    rate.country === country && rate.kind === kind && rate.from <= on && (rate.to === null || on < rate.to)
  const entered = own
    .filter(isInForce)
    .reduce<TaxRate | undefined>((best, rate) => (best && best.from >= rate.from ? best : rate), undefined)
  const percent = (entered ?? shippedByCountry.get(country)?.find(isInForce))?.percent
  return percent === undefined ? undefined : new Decimal(percent)
}
