import { Decimal } from '#app/domain/money/decimal.ts'
import { add, type Money, multiply } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { OrderQuote, QuoteLine } from './shape.ts'

/** So many pieces that cost the same. */
export type QuotedCount = { readonly quote: OrderQuote; readonly count: number }

type Discount = OrderQuote['discounts'][number]
type Total = 'monthlyNet' | 'monthlyTax' | 'monthlyTotal' | 'yearlyTotal' | 'firstNet' | 'firstTax' | 'firstTotal' | 'dueToday'

/**
 * The quote of an order of several pieces: each is billed by itself, so its sums are those of the pieces, each rounded before. Equal lines
 * and discounts stand together; options are those of the first piece.
 */
export function combineQuotes(parts: readonly QuotedCount[]): OrderQuote {
  const [first] = parts
  invariant(first, 'combineQuotes: nothing is quoted')
  const times = ({ quote, count }: QuotedCount, pick: (quote: OrderQuote) => Money) => multiply(pick(quote), new Decimal(count))
  const total = (of: Total) => parts.map((part) => times(part, (quote) => quote[of])).reduce(add)
  const isSame = parts.every(({ quote }) => quote.tax.percent === first.quote.tax.percent)
  return {
    lines: together(
      parts.flatMap(({ quote, count }) => quote.lines.map((line) => counted(line, count))),
      ({ feeKind, role, name, hourly, days, units }) => JSON.stringify([feeKind, role, name, hourly, days, units]),
      (one, other) => ({ ...one, count: one.count + other.count, amount: add(one.amount, other.amount) }),
    ),
    options: first.quote.options,
    discounts: together(
      parts.flatMap(({ quote, count }) =>
        quote.discounts.map(({ name, amount }) => ({ name, amount: multiply(amount, new Decimal(count)) })),
      ),
      ({ name }: Discount) => name,
      (one, other) => ({ name: one.name, amount: add(one.amount, other.amount) }),
    ),
    tax: { ...first.quote.tax, percent: isSame ? first.quote.tax.percent : null },
    taxReason: first.quote.taxReason,
    monthlyNet: total('monthlyNet'),
    monthlyTax: total('monthlyTax'),
    monthlyTotal: total('monthlyTotal'),
    yearlyTotal: total('yearlyTotal'),
    firstNet: total('firstNet'),
    firstTax: total('firstTax'),
    firstTotal: total('firstTotal'),
    dueToday: total('dueToday'),
  }
}

function counted(line: QuoteLine, count: number): QuoteLine {
  return { ...line, count: line.count * count, amount: multiply(line.amount, new Decimal(count)) }
}

/** Items of one key made one by `join`, in the place of the first. */
function together<T>(items: readonly T[], keyOf: (item: T) => string, join: (one: T, other: T) => T): T[] {
  const known = new Map<string, T>()
  for (const item of items) {
    const before = known.get(keyOf(item))
    known.set(keyOf(item), before === undefined ? item : join(before, item))
  }
  return [...known.values()]
}
