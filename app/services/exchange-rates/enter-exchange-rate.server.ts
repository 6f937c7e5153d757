import { audit } from '#app/db/audit.server.ts'
import { insertExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import type { ExchangeRate } from '#app/domain/money/exchange.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type EnterRateError = 'unknown-currency' | 'same-currency' | 'not-positive' | 'future-date' | 'stands-already'

/** Enters a rate by hand, with its source and date. It counts from its date on; prices and charges that were made before stay as they are. */
export async function enterExchangeRate(
  ctx: TenantContext,
  { rate, today }: { readonly rate: ExchangeRate; readonly today: string },
): Promise<Result<null, EnterRateError>> {
  const { base, quote, source, date } = rate
  if (!isCurrency(base) || !isCurrency(quote)) return err('unknown-currency')
  if (base === quote) return err('same-currency')
  if (!rate.rate.gt(0)) return err('not-positive')
  if (date > today) return err('future-date')
  const enteredBy = actorName(ctx.actor)
  if ((await insertExchangeRates(ctx, [rate], enteredBy)) === 0) return err('stands-already')
  const detail = { base, quote, rate: rate.rate.toFixed(), source, date }
  await audit(ctx, { action: 'exchange-rate.entered', subjectKind: 'exchange-rate', subjectId: `${base}/${quote}/${date}`, detail })
  return ok(null)
}
