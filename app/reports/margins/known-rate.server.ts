import { readExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { rateOn } from '#app/domain/money/exchange.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { KnownRate } from './shape.ts'

export type RateInput = { readonly buyCurrency: string | null; readonly sellCurrency: string; readonly today: LocalDate }

/** The newest rate the seller knows from the currency it buys in to the one of its book; null when both are one, or there is none. */
export async function readKnownRate(ctx: TenantContext, { buyCurrency, sellCurrency, today }: RateInput): Promise<KnownRate | null> {
  if (buyCurrency === null || buyCurrency === sellCurrency) return null
  const rates = await readExchangeRates(ctx, [buyCurrency, sellCurrency, 'EUR'], today)
  const used = rateOn(rates, { base: buyCurrency, quote: sellCurrency, on: today, derive: { over: 'EUR' } })
  if (!used.ok) return null
  const { rate, source, date } = used.value
  return { rate: rate.toFixed(), source, date }
}
