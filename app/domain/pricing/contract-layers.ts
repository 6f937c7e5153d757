import { isInForce, type PriceLayer, type PriceRule } from './price-rule.ts'

/** A price book that prices a contract over `[validFrom, validTo)`; open where an end is null. */
export type ContractLayer = {
  readonly priceBookId: string
  readonly layer: PriceLayer
  readonly validFrom: Date | null
  readonly validTo: Date | null
}

/** What the book a contract was made with is: the buy list of a partner level, the public list of the store, or agreed with this buyer. */
export type BaseBook = { readonly priceBookId: string; readonly isOfLevel: boolean; readonly isPublic: boolean }

/**
 * The layers of a contract out of its base book and its dated ones. The base book counts as what it is: a level's buy
 * list as partner level, the public list as channel catalog, any other as the contract's own book. A dated row takes the
 * place of a base book of the same layer for as long as it lasts. In order of layer.
 */
export function contractLayers(base: BaseBook, dated: readonly ContractLayer[]): ContractLayer[] {
  const layer = base.isOfLevel ? 2 : base.isPublic ? 3 : 1
  const byLayer = (rows: readonly ContractLayer[]) => [...rows].sort((a, b) => a.layer - b.layer)
  const replacing = dated.filter((row) => row.layer === layer).sort((a, b) => startOf(a) - startOf(b))
  const rest: ContractLayer[] = []
  let from: Date | null = null
  for (const row of replacing) {
    if (row.validFrom && (from === null || from < row.validFrom))
      rest.push({ priceBookId: base.priceBookId, layer, validFrom: from, validTo: row.validFrom })
    if (row.validTo === null) return byLayer([...dated, ...rest])
    from = row.validTo
  }
  return byLayer([...dated, ...rest, { priceBookId: base.priceBookId, layer, validFrom: from, validTo: null }])
}

/**
 * The prices of a contract: the rules of each layer's book, cut to the dates of the layer and marked with it. A rule of
 * which nothing is left is left out; one rule may come twice, over spans that do not touch.
 */
export function rulesOfLayers<Rule extends PriceRule>(
  layers: readonly ContractLayer[],
  rulesOf: (priceBookId: string) => readonly Rule[],
): Rule[] {
  return layers.flatMap((layer) => rulesOf(layer.priceBookId).flatMap((rule) => clipped(rule, layer)))
}

/** Of the rules in force at `at` those that count: where layers price the same thing, the lowest layer's. */
export function rulesThatCount<Rule extends PriceRule>(rules: readonly Rule[], at: Date): Rule[] {
  const inForce = rules.filter((rule) => isInForce(rule, at.getTime()))
  const lowest = new Map<string, PriceLayer>()
  for (const rule of inForce) lowest.set(thingOf(rule), lowerOf(lowest.get(thingOf(rule)), rule.layer))
  return inForce.filter((rule) => rule.layer === lowest.get(thingOf(rule)))
}

function lowerOf(known: PriceLayer | undefined, layer: PriceLayer): PriceLayer {
  return known !== undefined && known < layer ? known : layer
}

/** What a rule prices. */
function thingOf({ feeKind, productId, meter, match }: PriceRule): string {
  return JSON.stringify([feeKind, productId, meter, Object.entries(match).sort()])
}

function clipped<Rule extends PriceRule>(rule: Rule, { layer, validFrom, validTo }: ContractLayer): Rule[] {
  const from = validFrom && validFrom > rule.validFrom ? validFrom : rule.validFrom
  const to = validTo && (rule.validTo === null || validTo < rule.validTo) ? validTo : rule.validTo
  return to === null || from < to ? [{ ...rule, layer, validFrom: from, validTo: to }] : []
}

function startOf({ validFrom }: ContractLayer): number {
  return validFrom?.getTime() ?? Number.NEGATIVE_INFINITY
}
