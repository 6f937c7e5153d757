import type { Money } from '#app/domain/money/whole-money.ts'
import {
  type CurrencyStyle,
  formatCountry,
  formatDate,
  formatDateTime,
  formatLocalDate,
  formatMoney,
  formatMonth,
  formatPercent,
  formatPeriod,
  formatQuantity,
  formatRate,
  formatShortDateTime,
  formatShortDay,
  formatSpan,
} from '#app/i18n/formats.ts'
import { usePage } from './page-context.tsx'

/** The formats of the page's locale and zone. Rates and quantities come as decimal text. */
export function useFormat() {
  const { locale, zone } = usePage()
  return {
    money: (amount: Money, style?: CurrencyStyle) => formatMoney(amount, locale, style),
    rate: (rate: string, currency: string) => formatRate(rate, currency, locale),
    quantity: (quantity: string | number, digits?: number) => formatQuantity(String(quantity), locale, digits),
    percent: (percent: string | number) => formatPercent(String(percent), locale),
    date: (instant: Date) => formatDate(instant, locale, zone),
    day: (day: string) => formatLocalDate(day, locale),
    /** A day without its year, for the axis of a chart. */
    shortDay: (day: string) => formatShortDay(day, locale),
    /** Day and minute, for tables; two-digit year, no zone. */
    shortDateTime: (instant: Date) => formatShortDateTime(instant, locale, zone),
    dateTime: (instant: Date) => formatDateTime(instant, locale, zone),
    month: (instant: Date) => formatMonth(instant, locale, zone),
    period: (start: Date, end: Date) => formatPeriod(start, end, locale, zone),
    span: (count: number, unit: Parameters<typeof formatSpan>[1]) => formatSpan(count, unit, locale),
    country: (code: string) => formatCountry(code, locale),
  }
}
