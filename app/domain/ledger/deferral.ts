import { Temporal } from 'temporal-polyfill'
import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, money, sum, toDecimal } from '../money/money.ts'
import { groupBy } from '../shared/group-by.ts'
import type { LocalDate } from '../time/local-date.ts'
import { type BookMonth, bookMonthOf } from './accounting-period.ts'
import { type RevenueKind, revenueKinds } from './chart.ts'

/** A line of a document as deferral sees it: its net, and the days `[start, end)` it pays for. */
export type ServiceLine = {
  readonly lineId: string
  readonly kind: RevenueKind
  readonly net: Money
  readonly days: { readonly start: LocalDate; readonly end: LocalDate }
}

/** What `month` earns of a line that was invoiced before it. Below zero: what is taken back of that. */
export type DeferredPart = {
  readonly lineId: string
  readonly kind: RevenueKind
  readonly month: BookMonth
  readonly amount: Money
}

/**
 * The parts of `line` that months after `booked` earn. Each month has the share of its days (B6), so that all months together, those
 * up to `booked` included, come to the net of the line. A service of no whole day belongs to the day it begins.
 */
export function deferredParts(line: ServiceLine, booked: BookMonth): DeferredPart[] {
  if (bookMonthOf(line.days.end) <= booked) return []
  const months = daysByMonth(line.days)
  const shares = allocate(
    line.net,
    months.map(({ days }) => new Decimal(days)),
  )
  return months.flatMap(({ month }, index) => {
    const amount = shares[index] ?? line.net
    return month > booked && amount.minor !== 0n ? [{ lineId: line.lineId, kind: line.kind, month, amount }] : []
  })
}

function daysByMonth({ start, end }: ServiceLine['days']): { month: BookMonth; days: number }[] {
  const last = Temporal.PlainDate.from(end)
  const months: { month: BookMonth; days: number }[] = []
  for (let day = Temporal.PlainDate.from(start); Temporal.PlainDate.compare(day, last) < 0; ) {
    const next = day.with({ day: 1 }).add({ months: 1 })
    const until = Temporal.PlainDate.compare(next, last) < 0 ? next : last
    months.push({ month: day.toPlainYearMonth().toString(), days: day.until(until).days })
    day = until
  }
  return months.length > 0 ? months : [{ month: bookMonthOf(start), days: 1 }]
}

/** `net` of a discount, over the lines it was taken from, in proportion to what it took from each (B6). */
export function discountOver(net: Money, from: readonly (Omit<ServiceLine, 'net'> & { readonly taken: Money })[]): ServiceLine[] {
  const shares = allocate(
    net,
    from.map(({ taken }) => toDecimal(taken).abs()),
  )
  return from.map(({ taken: _, ...line }, index) => ({ ...line, net: shares[index] ?? net }))
}

/**
 * What a credit takes back of the `parts` of a line that months after `booked` are still to earn: `credited` of `rest`, the net that was
 * left to credit before it, rounded for each month. The credit that takes the rest takes all that is left of each.
 */
export function takenBack(
  parts: readonly DeferredPart[],
  { credited, rest, booked }: { readonly credited: Money; readonly rest: Money; readonly booked: BookMonth },
): DeferredPart[] {
  const isAll = credited.minor === rest.minor || rest.minor === 0n
  const share = isAll ? new Decimal(1) : toDecimal(credited).div(toDecimal(rest))
  return parts.flatMap((part) => {
    if (part.month <= booked) return []
    const amount = fromDecimal(toDecimal(part.amount).times(share).negated(), part.amount.currency)
    return amount.minor === 0n ? [] : [{ ...part, amount }]
  })
}

/** Parts of the same line and month added up; those that come to nothing are left out. */
export function addedUp(parts: readonly DeferredPart[]): DeferredPart[] {
  const groups = groupBy(parts, ({ lineId, month, kind }) => `${lineId}|${month}|${kind}`)
  return [...groups.values()].flatMap((own) => {
    const [first] = own
    if (!first) return []
    const amounts = own.map(({ amount }) => amount)
    const amount = sum(first.amount.currency, amounts)
    return amount.minor === 0n ? [] : [{ ...first, amount }]
  })
}

/** Parts added up by kind of revenue and currency, in the order of the books; those that come to nothing are left out. */
export function deferredByKind(parts: readonly Pick<DeferredPart, 'kind' | 'amount'>[]): { kind: RevenueKind; amount: Money }[] {
  const byCurrency = groupBy(parts, ({ amount }) => amount.currency)
  return [...byCurrency].flatMap(([currency, own]) =>
    revenueKinds.flatMap((kind) => {
      const amounts = own.filter((part) => part.kind === kind).map(({ amount }) => amount)
      const total = amounts.length === 0 ? money(0n, currency) : sum(currency, amounts)
      return total.minor === 0n ? [] : [{ kind, amount: total }]
    }),
  )
}
