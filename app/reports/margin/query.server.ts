import { readExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { rateOn } from '#app/domain/money/exchange.ts'
import { fromDecimal, type Money, toDecimal } from '#app/domain/money/money.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import type { MarginRate, MarginReport, MarginRow, MarginView } from './shape.ts'
import { ownKeys, type SideRow, soldSide } from './sides.server.ts'

export type MarginInput = {
  /** `YYYY-MM`: the month of the services. */
  readonly month: string
  readonly by: MarginView
  /** What the parent charged for them, by its own keys; nothing for a seller without a parent. */
  readonly bought: readonly SideRow[]
}

type Amounts = Map<string, Decimal>
type Line = { readonly sold: Amounts; readonly bought: Amounts }

/**
 * What was earned on the services of a month, by product or by buyer: this tenant's charges beside what its parent charged it. Amounts of
 * two currencies meet only at a recorded rate, the newest on or before the last day of the month, so that a later rate changes no past
 * figure. Amounts are rounded once, for each row; documents round by line.
 */
export async function readMargin(ctx: TenantContext, { month, by, bought }: MarginInput): Promise<MarginReport> {
  const { start, end } = daysOfMonth(month)
  const sold = await soldSide(ctx, start, by)
  const keys = await ownKeys(ctx, start, by)
  const lines = new Map<string, Line>()
  for (const { key, currency, amount } of sold) addTo(lineOf(lines, key).sold, currency, amount)
  for (const { key, currency, amount } of bought) addTo(lineOf(lines, ownKey(keys, key, by)).bought, currency, amount)

  const rates = await ratesOf(ctx, { sold, bought, on: addDays(end, -1) })
  const names = await namesOf(ctx, [...lines.keys()], by)
  const rows = [...lines]
    .filter(([, line]) => !isFree(line))
    .map(([key, line]): MarginRow => ({ key, ...subjectOf(names, key, by), ...figuresOf(line, rates) }))
  const all: Line = { sold: new Map(), bought: new Map() }
  for (const line of lines.values()) {
    for (const [currency, amount] of line.sold) addTo(all.sold, currency, amount)
    for (const [currency, amount] of line.bought) addTo(all.bought, currency, amount)
  }
  return { rows: rows.sort(byMargin), total: figuresOf(all, rates), rates }
}

/** By product the parent's meters are this tenant's own; by buyer what nobody below is known for stays unassigned. */
function ownKey(keys: ReadonlyMap<string, string>, key: string, by: MarginView): string {
  return keys.get(key) ?? (by === 'product' ? key : 'unassigned')
}

/** What costs nothing and brings nothing is left out. */
function isFree({ sold, bought }: Line): boolean {
  return [...sold.values(), ...bought.values()].every((amount) => amount.isZero())
}

function lineOf(lines: Map<string, Line>, key: string): Line {
  const line = lines.get(key) ?? { sold: new Map(), bought: new Map() }
  lines.set(key, line)
  return line
}

function addTo(amounts: Amounts, currency: string, amount: Decimal): void {
  amounts.set(currency, amount.plus(amounts.get(currency) ?? 0))
}

function figuresOf({ sold, bought }: Line, rates: readonly MarginRate[]): Pick<MarginRow, 'sold' | 'bought' | 'margin' | 'percent'> {
  const [currency = [...bought.keys()][0]] = sold.keys()
  const margin = currency === undefined || sold.size > 1 ? null : marginIn(currency, { sold, bought }, rates)
  const base = currency === undefined ? undefined : sold.get(currency)
  return {
    sold: moneyOf(sold),
    bought: moneyOf(bought),
    margin,
    percent: margin && base?.gt(0) ? toDecimal(margin).div(base).times(100).toFixed(1) : null,
  }
}

function marginIn(currency: string, { sold, bought }: Line, rates: readonly MarginRate[]): Money | null {
  let margin = sold.get(currency) ?? new Decimal(0)
  for (const [from, amount] of bought) {
    const rate = from === currency ? '1' : rates.find(({ base, quote }) => base === from && quote === currency)?.rate
    if (rate === undefined) return null
    margin = margin.minus(amount.times(rate))
  }
  return fromDecimal(margin, currency)
}

function moneyOf(amounts: Amounts): Money[] {
  return [...amounts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, amount]) => fromDecimal(amount, currency))
}

type RateQuestion = { readonly sold: readonly SideRow[]; readonly bought: readonly SideRow[]; readonly on: string }

async function ratesOf(ctx: TenantContext, { sold, bought, on }: RateQuestion): Promise<MarginRate[]> {
  const quotes = [...new Set(sold.map(({ currency }) => currency))]
  const bases = [...new Set(bought.map(({ currency }) => currency))]
  if (bases.every((base) => quotes.every((quote) => quote === base))) return []
  const known = await readExchangeRates(ctx, [...new Set([...quotes, ...bases, 'EUR'])], on)
  return bases.flatMap((base) =>
    quotes.flatMap((quote) => {
      const used = base === quote ? undefined : rateOn(known, { base, quote, on, derive: { over: 'EUR' } })
      return used?.ok ? [{ base, quote, rate: used.value.rate.toFixed(), source: used.value.source, date: used.value.date }] : []
    }),
  )
}

type Subject = Pick<MarginRow, 'product' | 'subject' | 'name'>
type Known = ReadonlyMap<string, Subject>

async function namesOf(ctx: TenantContext, keys: readonly string[], by: MarginView): Promise<Known> {
  const ids = keys.filter((key) => /^[0-9a-f]{8}-/.test(key))
  const rows =
    by === 'product'
      ? await ctx.db.product.findMany({ where: { tenantId: ctx.tenantId, id: { in: ids } }, select: { id: true, name: true } })
      : await ctx.db.account.findMany({ where: { tenantId: ctx.tenantId, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(
    rows.map(({ id, name }) => [
      id,
      typeof name === 'string'
        ? { product: null, subject: null, name }
        : { product: name as Record<string, string>, subject: null, name: null },
    ]),
  )
}

function subjectOf(names: Known, key: string, by: MarginView): Subject {
  // A product of the parent that is not sold on has no name here.
  const isForeign = /^[0-9a-f]{8}-/.test(key) || by === 'account'
  return names.get(key) ?? { product: null, subject: isForeign ? 'unassigned' : key, name: null }
}

function byMargin(a: MarginRow, b: MarginRow): number {
  const size = (row: MarginRow) => (row.sold[0] ? toDecimal(row.sold[0]) : new Decimal(-1))
  return size(b).comparedTo(size(a)) || (a.key < b.key ? -1 : 1)
}
