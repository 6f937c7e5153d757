import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'
import { Decimal } from './decimal.ts'
import { fromDecimal, type Money, toDecimal } from './money.ts'

/** One unit of `base` was worth `rate` units of `quote` on `date`, as `source` says. */
export type ExchangeRate = {
  readonly base: string
  readonly quote: string
  readonly rate: Decimal
  readonly source: string
  readonly date: LocalDate
}

/** How a rate came about: published as such, turned round, or made of two rates over a third currency. */
export type RateOrigin = 'direct' | 'inverse' | 'cross'

/** The rate that is used, with what it was made of: one rate, or two of a cross rate. Its date is the older one. */
export type UsedRate = ExchangeRate & { readonly origin: RateOrigin; readonly madeOf: readonly ExchangeRate[] }

/**
 * What may be worked out when nobody published the pair: nothing, or a rate over `over`, whose own rates against both
 * currencies are known. Turning a pair round counts as working out.
 */
export type Derivation = 'none' | { readonly over: string }

export type RateQuestion = {
  readonly base: string
  readonly quote: string
  readonly on: LocalDate
  readonly derive?: Derivation
}

/** Decimals of a rate that was worked out, as the database keeps them. */
const ratePlaces = 12

/**
 * The rate of the pair on a day: the newest on or before it; of one day the one that stands first in `rates`. Without a rate
 * it is `no-rate`, never 1. A rate is turned round or crossed only when the question allows it, and says so.
 */
export function rateOn(rates: readonly ExchangeRate[], question: RateQuestion): Result<UsedRate, 'no-rate'> {
  const { base, quote, on, derive = 'none' } = question
  const direct = newest(rates, base, quote, on)
  if (direct) return ok({ ...direct, origin: 'direct', madeOf: [direct] })
  if (derive === 'none') return err('no-rate')

  const back = newest(rates, quote, base, on)
  if (back) return ok(inverse(back))
  const [toBase, toQuote] = [newest(rates, derive.over, base, on), newest(rates, derive.over, quote, on)]
  return toBase && toQuote ? ok(cross(toBase, toQuote)) : err('no-rate')
}

/** A conversion keeps what it was made with. */
export type Conversion = {
  readonly amount: Money
  readonly rate: Decimal
  readonly source: string
  readonly date: LocalDate
  readonly origin: RateOrigin
}

/**
 * `amount` in the quote currency of `used`, rounded once, half away from zero, to that currency's minor unit (JPY has
 * none, KWD three decimals). `wrong-currency` when the rate is of another currency: nothing converts by chance.
 */
export function convert(amount: Money, used: UsedRate): Result<Conversion, 'wrong-currency'> {
  if (amount.currency !== used.base) return err('wrong-currency')
  const { rate, source, date, origin } = used
  return ok({ amount: fromDecimal(toDecimal(amount).times(rate), used.quote), rate, source, date, origin })
}

function newest(rates: readonly ExchangeRate[], base: string, quote: string, on: LocalDate): ExchangeRate | undefined {
  return rates.reduce<ExchangeRate | undefined>((best, rate) => {
    if (rate.base !== base || rate.quote !== quote || rate.date > on) return best
    return !best || rate.date > best.date ? rate : best
  }, undefined)
}

function inverse(back: ExchangeRate): UsedRate {
  const rate = new Decimal(1).div(back.rate).toDecimalPlaces(ratePlaces)
  return { ...back, base: back.quote, quote: back.base, rate, origin: 'inverse', madeOf: [back] }
}

function cross(toBase: ExchangeRate, toQuote: ExchangeRate): UsedRate {
  const source = toBase.source === toQuote.source ? toBase.source : `${toBase.source}, ${toQuote.source}`
  return {
    base: toBase.quote,
    quote: toQuote.quote,
    rate: toQuote.rate.div(toBase.rate).toDecimalPlaces(ratePlaces),
    source: `${source} (${toBase.base})`,
    date: toBase.date < toQuote.date ? toBase.date : toQuote.date,
    origin: 'cross',
    madeOf: [toBase, toQuote],
  }
}
