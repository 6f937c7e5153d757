import type { Decimal } from '../../money/decimal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { checkSellPrice, isOverridable, type PriceRange, type SellPriceProblem } from './check-sell-price.ts'
import { type Markup, type MarkupRule, type MarkupSubject, pickMarkup } from './markup-rule.ts'
import type { FeeIdentity, OfferedFee } from './offered-fee.ts'
import { type FeeFigures, rateBetween, sellFee } from './sell-fee.ts'

/** How a price is to be made: by the mark-ups of the book, by a mark-up of its own, or as typed in. */
export type Pricing =
  | { readonly method: 'rules' }
  | { readonly method: 'markup'; readonly markup: Markup }
  | { readonly method: 'own'; readonly unitPrice: Decimal; readonly cap: Decimal | null }

/** A price that is to be set. */
export type PriceLine = { readonly productId: string | null; readonly fee: FeeIdentity; readonly unit?: string; readonly pricing: Pricing }

/** What a price is made of, and what limits it. */
export type PriceSource = {
  readonly subject: MarkupSubject
  /** The buy price in force when the sell price begins; null for a product without a parent. */
  readonly buy: OfferedFee | null
  readonly buyCurrency: string | null
  readonly sellCurrency: string
  /** The parent's range, in the buying currency. */
  readonly range: PriceRange
  /** The mark-ups of the book. */
  readonly rules: readonly MarkupRule[]
  /** The tax that the book's prices contain, in percent of the net; absent where they are net. */
  readonly taxPercent?: Decimal | undefined
}

/** How a sell price was made, kept beside it for ever. */
export type SellBasis = {
  readonly buyPrice?: string
  readonly buyCurrency?: string
  readonly markup: Readonly<Record<string, string>>
  readonly exchange?: { readonly from: string; readonly rate: string; readonly source: string; readonly date: string }
}

/** A price that may be set. `overcome` are the losses that the reason given overcomes. */
export type PlannedPrice = { readonly figures: FeeFigures; readonly basis: SellBasis; readonly overcome: readonly SellPriceProblem[] }

export type PlanPriceProblem = SellPriceProblem | 'no-buy-price' | 'no-markup-rule' | 'exchange-missing' | 'not-one-price'

/**
 * The sell price of one line, checked against buy price, own floor and the parent's range. A price below buy or floor is refused
 * unless there is a reason; one outside the range always is. Nothing is converted without a rate.
 */
export function planSellPrice(line: PriceLine, source: PriceSource, hasReason: boolean): Result<PlannedPrice, PlanPriceProblem> {
  const rule = pickMarkup(source.rules, source.subject)
  const { pricing } = line
  if (pricing.method === 'own') return checked(ownPrice(pricing, source), { line, source, rule, hasReason })

  const markup = pricing.method === 'markup' ? pricing.markup : rule
  if (!source.buy || !source.buyCurrency) return err('no-buy-price')
  if (!markup) return err('no-markup-rule')
  const { buyCurrency, sellCurrency } = source
  const exchange = markup.exchange ?? rule?.exchange ?? null
  const figures = sellFee(source.buy, { ...markup, exchange }, { buyCurrency, sellCurrency })
  if (!figures.ok) return figures
  return checked(ok({ figures: figures.value, markup: { ...markup, exchange } }), { line, source, rule, hasReason })
}

type Made = { readonly figures: FeeFigures; readonly markup: Markup | null }
type Checking = {
  readonly line: PriceLine
  readonly source: PriceSource
  readonly rule: MarkupRule | undefined
  readonly hasReason: boolean
}

function ownPrice({ unitPrice, cap }: Extract<Pricing, { method: 'own' }>, { buy }: PriceSource): Result<Made, 'not-one-price'> {
  if (buy && buy.model.kind !== 'per-unit') return err('not-one-price')
  return ok({ figures: { unitPrice, cap, minimum: null, model: { kind: 'per-unit' } }, markup: null })
}

function checked(made: Result<Made, 'not-one-price'>, { line, source, rule, hasReason }: Checking): Result<PlannedPrice, PlanPriceProblem> {
  if (!made.ok) return made
  const { figures, markup } = made.value
  const { buy, buyCurrency, sellCurrency, range, taxPercent } = source
  const exchange = markup?.exchange ?? rule?.exchange ?? null
  const rate = buyCurrency === null ? null : rateBetween({ exchange }, { buyCurrency, sellCurrency })
  if (rate === undefined) return err('exchange-missing')

  const inSellCurrency = (price: Decimal | null) => (price && rate ? price.times(rate) : price)
  const problems = checkSellPrice({
    sell: { ...line.fee, ...figures },
    bought: buy && { unitPrice: inSellCurrency(buy.unitPrice) ?? buy.unitPrice, cap: inSellCurrency(buy.cap) },
    floor: (markup ?? rule)?.floor ?? null,
    range: { floor: inSellCurrency(range.floor), ceiling: inSellCurrency(range.ceiling) },
    taxPercent,
  })
  const refused = problems.find((problem) => !isOverridable(problem) || !hasReason)
  if (refused) return err(refused)
  const used = buyCurrency !== null && buyCurrency !== sellCurrency ? exchange : null
  return ok({ figures, overcome: problems, basis: basisOf({ source, markup, used }) })
}

type BasisFacts = { readonly source: PriceSource; readonly markup: Markup | null; readonly used: Markup['exchange'] }

function basisOf({ source: { buy, buyCurrency }, markup, used }: BasisFacts): SellBasis {
  return {
    ...(buy && buyCurrency ? { buyPrice: buy.unitPrice.toFixed(), buyCurrency } : {}),
    markup: markup ? markupText(markup) : { method: 'own' },
    ...(used ? { exchange: { from: used.from, rate: used.rate.toFixed(), source: used.source, date: used.date } } : {}),
  }
}

function markupText({ method, rate, amount, rounding, floor }: Markup): Record<string, string> {
  return {
    method,
    rounding,
    ...(rate ? { rate: rate.toFixed() } : {}),
    ...(amount ? { amount: amount.toFixed() } : {}),
    ...(floor ? { floor: floor.toFixed() } : {}),
  }
}
