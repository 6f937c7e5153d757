import { readExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type Conversion, convert, type Derivation, rateOn, type UsedRate } from '#app/domain/money/exchange.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

export type FindRateInput = { readonly base: string; readonly quote: string; readonly on: LocalDate; readonly derive?: Derivation }

/** The seller's rate of a pair on a day: the newest on or before it. Worked out of other pairs only when `derive` says so. */
export async function findExchangeRate(ctx: TenantContext, input: FindRateInput): Promise<Result<UsedRate, 'no-rate'>> {
  const { base, quote, on, derive = 'none' } = input
  const over = derive === 'none' ? [] : [derive.over]
  return rateOn(await readExchangeRates(ctx, [base, quote, ...over], on), { base, quote, on, derive })
}

export type ConvertMoneyInput = { readonly amount: Money; readonly quote: string; readonly on: LocalDate; readonly derive?: Derivation }

/** `amount` in another currency by the seller's rate of that day, with the rate, its source and its date. */
export async function convertMoney(ctx: TenantContext, { amount, ...input }: ConvertMoneyInput): Promise<Result<Conversion, 'no-rate'>> {
  const used = await findExchangeRate(ctx, { base: amount.currency, ...input })
  if (!used.ok) return used
  const converted = convert(amount, used.value)
  invariant(converted.ok, 'convertMoney: the rate starts from the currency of the amount')
  return ok(converted.value)
}
