import { modelTerms } from '../pricing/models/registry.ts'
import { type LevelDiscount, type LevelPrice, type ListPrice, levelPrice } from './level-discount.ts'

/** A version of the list with its prices. */
export type ListVersion = { readonly validFrom: Date; readonly validTo: Date | null; readonly prices: readonly ListPrice[] }

/** A version of the level's book as it stands, with its prices. */
export type LevelVersion = ListVersion & { readonly id: string }

/** A version the level's book needs. `supersedesId` is the one that it takes the place of. */
export type NeededVersion = {
  readonly validFrom: Date
  readonly validTo: Date | null
  readonly supersedesId: string | null
  readonly prices: readonly LevelPrice[]
}

/** What makes a level's book follow its list: the version that ends earlier, those that price nothing any more, those to add. */
export type LevelBookPlan = {
  readonly ends: { readonly id: string; readonly validTo: Date } | null
  readonly withdraws: readonly string[]
  readonly adds: readonly NeededVersion[]
}

export type LevelBookFacts = {
  readonly list: readonly ListVersion[]
  readonly discounts: readonly LevelDiscount[]
  /** Those that are not withdrawn. */
  readonly standing: readonly LevelVersion[]
  /** Nothing before it is looked at: what was priced until then, is priced. */
  readonly from: Date
}

type Segment = Omit<NeededVersion, 'supersedesId'> & { readonly text: string }

/**
 * The versions a level's book must have from `from` on: a new one wherever the list or the discounts change, none where they
 * say the same as what stands. Where the book says something else, everything from there on is replaced.
 */
export function planLevelBook(facts: LevelBookFacts): LevelBookPlan {
  const needed = neededFrom(facts)
  const standing = [...facts.standing].sort((a, b) => a.validFrom.getTime() - b.validFrom.getTime())
  const differsAt = firstDifference(needed, standing, facts.from)
  if (!differsAt) return { ends: null, withdraws: [], adds: [] }

  const cut = standing.find((version) => version.validFrom < differsAt && (version.validTo === null || differsAt < version.validTo))
  const replaced = standing.filter((version) => version.validFrom >= differsAt)
  const adds = needed.flatMap(({ text: _, ...segment }): NeededVersion[] => {
    if (segment.validTo !== null && segment.validTo <= differsAt) return []
    const validFrom = segment.validFrom < differsAt ? differsAt : segment.validFrom
    const supersedesId = replaced.find((version) => version.validFrom.getTime() === validFrom.getTime())?.id ?? null
    return [{ ...segment, validFrom, supersedesId }]
  })
  return { ends: cut ? { id: cut.id, validTo: differsAt } : null, withdraws: replaced.map(({ id }) => id), adds }
}

/** The prices of the level from `from` on, a segment for each stretch over which they are the same. */
function neededFrom({ list, discounts, from }: LevelBookFacts): Segment[] {
  const changes = [...list, ...discounts].flatMap(({ validFrom, validTo }) => (validTo ? [validFrom, validTo] : [validFrom]))
  const times = instants([from, ...changes.filter((at) => at > from)])
  const segments: Segment[] = []
  for (const [index, at] of times.entries()) {
    const version = list.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at < validTo))
    if (!version) continue
    const validTo = times[index + 1] ?? null
    const prices = version.prices.map((price) => levelPrice(price, discounts, at))
    const text = textOf(prices)
    const last = segments.at(-1)
    if (last && last.text === text && last.validTo?.getTime() === at.getTime()) segments[segments.length - 1] = { ...last, validTo }
    else segments.push({ validFrom: at, validTo, prices, text })
  }
  return segments
}

/** The first instant from `from` on at which the book says something else than it must. */
function firstDifference(needed: readonly Segment[], standing: readonly LevelVersion[], from: Date): Date | undefined {
  const saying = standing.map(({ validFrom, validTo, prices }) => ({ validFrom, validTo, text: textOf(prices) }))
  const ends = [...needed, ...saying].flatMap(({ validFrom, validTo }) => (validTo ? [validFrom, validTo] : [validFrom]))
  const saidAt = (rows: readonly Pick<Segment, 'validFrom' | 'validTo' | 'text'>[], at: Date) =>
    rows.find(({ validFrom, validTo }) => validFrom <= at && (validTo === null || at < validTo))?.text
  return instants([from, ...ends.filter((at) => at > from)]).find((at) => saidAt(needed, at) !== saidAt(saying, at))
}

function instants(dates: readonly Date[]): Date[] {
  return [...new Set(dates.map((date) => date.getTime()))].sort((a, b) => a - b).map((ms) => new Date(ms))
}

/** Prices as a text that is the same for the same prices, whatever their order. */
function textOf(prices: readonly ListPrice[]): string {
  return JSON.stringify(prices.map((price) => JSON.stringify(factsOf(price))).sort())
}

function factsOf(price: ListPrice): unknown[] {
  const { model, cap, minimum, quantityStep } = price
  const terms = model.kind === 'per-unit' ? {} : modelTerms(model)
  const figures = [price.unitPrice, price.included, cap, minimum, quantityStep].map((figure) => figure?.toFixed() ?? null)
  return [
    price.feeKind,
    price.productId,
    price.meter,
    price.unit,
    Object.entries(price.match).sort(),
    figures,
    [model.kind, sorted(terms)],
    price.includedScope,
    price.rollsOver,
    price.interval && [price.interval.unit, price.interval.count],
    price.billingMode,
  ]
}

/** JSON whose keys stand in order, at every depth: the database keeps them in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)])
}
