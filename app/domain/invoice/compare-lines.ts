import { Decimal } from '../money/decimal.ts'
import { add, type Money, subtract, zero } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import type { FinalisedLine } from './finalised-invoice.ts'

/** Kinds of difference in the order they are shown. */
const lineChanges = ['new', 'gone', 'changed', 'same'] as const
export type LineChange = (typeof lineChanges)[number]

/** One thing on two invoices: what it came to before and now, net. `line` is the later of the two that have it. */
export type ComparedLine = {
  readonly key: string
  readonly line: FinalisedLine
  readonly before: Money | null
  readonly now: Money | null
  readonly difference: Money
  /** Of what it was before, in percent; null where there was nothing. */
  readonly percent: Decimal | null
  readonly change: LineChange
}

export type LineComparison = {
  readonly before: readonly FinalisedLine[]
  readonly now: readonly FinalisedLine[]
  readonly currency: string
  /** What counts as changed: a difference of more than so many percent. */
  readonly changedPercent: number
}

/**
 * The lines of an invoice beside those of the one before: the same thing for the same user stands in one row, prices, tiers and parts of
 * a month added up. New things first, then what is gone, what changed by more than the limit, and the rest.
 */
export function compareLines({ before, now, currency, changedPercent }: LineComparison): ComparedLine[] {
  const [old, current] = [sums(before, currency), sums(now, currency)]
  const keys = [...new Set([...current.keys(), ...old.keys()])]
  const rows = keys.map((key) => compared(key, { was: old.get(key), is: current.get(key), changedPercent }))
  return rows.sort((a, b) => lineChanges.indexOf(a.change) - lineChanges.indexOf(b.change))
}

type Pair = { readonly was: Sum | undefined; readonly is: Sum | undefined; readonly changedPercent: number }

function compared(key: string, { was, is, changedPercent }: Pair): ComparedLine {
  const known = is ?? was
  invariant(known, `compareLines: nothing stands under ${key}`)
  const nothing = zero(known.net.currency)
  const difference = subtract(is?.net ?? nothing, was?.net ?? nothing)
  const percent = was && was.net.minor !== 0n ? percentOf(difference, was.net) : null
  const change = was && is ? changeOf(difference, percent, changedPercent) : was ? 'gone' : 'new'
  return { key, line: known.line, before: was?.net ?? null, now: is?.net ?? null, difference, percent, change }
}

function changeOf(difference: Money, percent: Decimal | null, limit: number): LineChange {
  const isChanged = percent ? percent.abs().gt(limit) : difference.minor !== 0n
  return isChanged ? 'changed' : 'same'
}

function percentOf(part: Money, whole: Money): Decimal {
  return new Decimal(part.minor.toString()).div(new Decimal(whole.minor.toString()).abs()).times(100).toDecimalPlaces(1)
}

type Sum = { readonly line: FinalisedLine; readonly net: Money }

function sums(lines: readonly FinalisedLine[], currency: string): Map<string, Sum> {
  const found = new Map<string, Sum>()
  for (const line of lines) {
    const key = keyOf(line)
    found.set(key, { line, net: add(found.get(key)?.net ?? zero(currency), line.net) })
  }
  return found
}

/** What a line is about, whatever its month, quantity and price. */
function keyOf({ sectionAccountId, kind, subject }: FinalisedLine): string {
  const { product, meter, resource, discount, text } = subject
  return JSON.stringify([sectionAccountId, kind, product, meter, resource, discount?.name, text])
}
