import { exponentOf } from '#app/domain/money/currency.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { timesRatio } from '#app/domain/money/decimal-text.ts'
import { type Money, majorText } from '#app/domain/money/whole-money.ts'

/** A number of any length: a decimal, or decimal text. */
type Exact = Decimal | string

/** Decimals a rate is shown with at most: hourly prices need six. */
const rateFractionDigits = 6
/** Decimals a stored rate or quantity can have (`NUMERIC(38,12)`). */
const storedFractionDigits = 12

/** How a currency is written: its sign, its ISO code, or not at all (in a column whose head names it). */
export type CurrencyStyle = 'symbol' | 'code' | 'none'

/** `amount` with all decimals of its currency, e.g. `1.234,56 €` in `de-DE`. Exact for any size: no float is involved. */
export function formatMoney(amount: Money, locale: string, style: CurrencyStyle = 'symbol'): string {
  const digits = exponentOf(amount.currency)
  const format = numberFormat(locale, {
    ...currencyOptions(amount.currency, style),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return formatExactly(format, majorText(amount))
}

/**
 * A price per unit: at least the currency's decimals, at most six, e.g. `0,008333 €`.
 * `exact` shows all twelve stored decimals where there are more: on a document the factors must give the amount.
 */
export function formatRate(
  rate: Exact,
  currency: string,
  locale: string,
  options: { style?: CurrencyStyle; exact?: boolean } = {},
): string {
  const format = numberFormat(locale, {
    ...currencyOptions(currency, options.style ?? 'symbol'),
    minimumFractionDigits: exponentOf(currency),
    maximumFractionDigits: options.exact ? storedFractionDigits : rateFractionDigits,
  })
  return formatExactly(format, rate)
}

/** A quantity exactly as measured, up to twelve decimals, without trailing zeros. */
export function formatQuantity(quantity: Exact, locale: string, maximumFractionDigits = storedFractionDigits): string {
  return formatExactly(numberFormat(locale, { maximumFractionDigits }), quantity)
}

/** `ratePercent` such as 19 or 8.1 as a percentage, e.g. `8.1 %`. */
export function formatPercent(ratePercent: Exact, locale: string): string {
  return formatExactly(
    numberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }),
    timesRatio(textOf(ratePercent), ['1', '100'], storedFractionDigits),
  )
}

export type DateStyle = 'short' | 'medium' | 'long'

/** The calendar day of `instant` in `zone`. */
export function formatDate(instant: Date, locale: string, zone: string, style: DateStyle = 'medium'): string {
  return dateFormat(locale, { dateStyle: style, timeZone: zone }).format(instant)
}

/** Day and time of `instant` in `zone`, with the zone's short name, e.g. `16.06.2026, 14:05 MESZ`. */
export function formatDateTime(instant: Date, locale: string, zone: string): string {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  } as const
  return dateFormat(locale, options).format(instant)
}

/** A calendar day `YYYY-MM-DD` that already belongs to a zone, e.g. an invoice's issue date. */
export function formatLocalDate(day: string, locale: string, style: DateStyle = 'medium'): string {
  return dateFormat(locale, { dateStyle: style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

/** A calendar day `YYYY-MM-DD` without its year, e.g. `16. Juni`. */
export function formatShortDay(day: string, locale: string): string {
  return dateFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
}

/** Day and minute of `instant` in `zone` with a two-digit year, e.g. `16.06.26, 14:05`. */
export function formatShortDateTime(instant: Date, locale: string, zone: string): string {
  return dateFormat(locale, { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(instant)
}

/** The month of `instant` in `zone`, e.g. `Mai 2026`. */
export function formatMonth(instant: Date, locale: string, zone: string): string {
  return dateFormat(locale, { year: 'numeric', month: 'long', timeZone: zone }).format(instant)
}

/** The half-open `[start, end)` as people write it: from its first to its last day in `zone`. */
export function formatPeriod(start: Date, end: Date, locale: string, zone: string, style: DateStyle = 'medium'): string {
  const lastInstant = new Date(Math.max(start.getTime(), end.getTime() - 1))
  return dateFormat(locale, { dateStyle: style, timeZone: zone }).formatRange(start, lastInstant)
}

/** So many days, weeks, months or years, e.g. `3 Monate`. */
export function formatSpan(count: number, unit: 'day' | 'week' | 'month' | 'year', locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** The name of a country in the language of `locale`, e.g. `Österreich`. */
export function formatCountry(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}

function currencyOptions(currency: string, style: CurrencyStyle): Intl.NumberFormatOptions {
  return style === 'none' ? {} : { style: 'currency', currency, currencyDisplay: style === 'code' ? 'code' : 'narrowSymbol' }
}

/** Intl takes decimal text of any length; its own number type would round it first. */
function formatExactly(format: Intl.NumberFormat, value: Exact): string {
  return format.format(textOf(value) as `${number}`)
}

function textOf(value: Exact): string {
  return typeof value === 'string' ? value : value.toFixed()
}

const numberFormats = new Map<string, Intl.NumberFormat>()
const dateFormats = new Map<string, Intl.DateTimeFormat>()

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return remembered(numberFormats, locale, options, () => new Intl.NumberFormat(locale, options))
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return remembered(dateFormats, locale, options, () => new Intl.DateTimeFormat(locale, options))
}

function remembered<T>(cache: Map<string, T>, locale: string, options: object, make: () => T): T {
  const key = `${locale}|${JSON.stringify(options)}`
  const known = cache.get(key)
  if (known) return known
  const made = make()
  cache.set(key, made)
  return made
}
