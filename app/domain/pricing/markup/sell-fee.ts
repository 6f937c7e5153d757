import { Decimal } from '../../money/decimal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { mapModelPrices } from '../models/registry.ts'
import type { PriceRule } from '../price-rule.ts'
import type { Markup } from './markup-rule.ts'
import { roundUp } from './round-up.ts'

/** The prices of a fee, in major units of one currency. */
export type FeeFigures = Pick<PriceRule, 'unitPrice' | 'cap' | 'minimum' | 'model'>

/** Between which two currencies a price is made. */
export type MarkupSides = { readonly buyCurrency: string; readonly sellCurrency: string }

export type SellFeeError = 'exchange-missing' | 'not-one-price'

const one = new Decimal(1)

/**
 * The sell prices of a fee by a mark-up: buy price in the selling currency, plus the mark-up, rounded by the rule, never below
 * its floor. Cap and minimum move in the proportion of the unit price. What is free stays free. Refuses to convert without
 * a rate, and a fixed price for a model that has more than one.
 */
export function sellFee(buy: FeeFigures, markup: Markup, { buyCurrency, sellCurrency }: MarkupSides): Result<FeeFigures, SellFeeError> {
  const rate = rateBetween(markup, { buyCurrency, sellCurrency })
  if (!rate) return err('exchange-missing')
  const isTiered = buy.model.kind !== 'per-unit' && buy.model.kind !== 'flat'
  if (markup.method === 'fixed-price' && isTiered) return err('not-one-price')

  const sell = (price: Decimal) => finished(marked(price.times(rate), markup), markup, sellCurrency)
  const unitPrice = sell(buy.unitPrice)
  const share = shareOf(buy.unitPrice.times(rate), unitPrice, markup)
  const limit = (price: Decimal | null) => price && finished(price.times(rate).times(share), markup, sellCurrency)
  return ok({ unitPrice, cap: limit(buy.cap), minimum: limit(buy.minimum), model: sellModel(buy.model, sell) })
}

function sellModel(model: PriceRule['model'], sell: (price: Decimal) => Decimal): PriceRule['model'] {
  if (model.kind === 'per-unit') return model
  return mapModelPrices(model, (price, nature) => (nature === 'percent' ? price : sell(price))) as PriceRule['model']
}

/** What one unit of the buying currency is in the selling one; undefined when that takes a rate and there is none for it. */
export function rateBetween({ exchange }: Pick<Markup, 'exchange'>, { buyCurrency, sellCurrency }: MarkupSides): Decimal | undefined {
  if (buyCurrency === sellCurrency) return one
  return exchange?.from === buyCurrency ? exchange.rate : undefined
}

function marked(bought: Decimal, { method, rate, amount }: Markup): Decimal {
  if (method === 'fixed-price') return amount ?? bought
  if (bought.isZero()) return bought
  return method === 'percent' ? bought.times(one.plus(rate ?? 0)) : bought.plus(amount ?? 0)
}

function finished(price: Decimal, { method, rounding, floor }: Markup, currency: string): Decimal {
  if (price.isZero()) return price
  const rounded = method === 'fixed-price' ? price : roundUp(price, rounding, currency)
  return floor && rounded.lt(floor) ? floor : rounded
}

/** By what cap and minimum are multiplied: the mark-up of the unit price before rounding. */
function shareOf(bought: Decimal, sold: Decimal, { method, rate }: Markup): Decimal {
  if (method === 'percent') return one.plus(rate ?? 0)
  return bought.isZero() ? one : sold.div(bought)
}
