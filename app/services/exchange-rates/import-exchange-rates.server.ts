import { importedBy, insertExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { ExchangeRate } from '#app/domain/money/exchange.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type ExchangeRateSource, type ExchangeSourceCode, ExchangeSourceError } from '#app/ports/exchange-rate-source.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** A rate as a job's step hands it on: plain JSON. */
export type PlainRate = Omit<ExchangeRate, 'rate'> & { readonly rate: string }

/**
 * The newest rates of the source, fetched once for all sellers. What asking again does not help is returned.
 * @throws ExchangeSourceError while the source cannot be reached: the job asks again.
 */
export async function fetchExchangeRates(source: ExchangeRateSource): Promise<Result<PlainRate[], ExchangeSourceCode>> {
  try {
    return ok((await source.fetchRates()).map((rate) => ({ ...rate, rate: rate.rate.toFixed() })))
  } catch (failure) {
    if (failure instanceof ExchangeSourceError && !failure.isTransient) return err(failure.code)
    throw failure
  }
}

/** Ids of the sellers that rates are imported for. */
export async function sellersWithRates(): Promise<string[]> {
  return (await listTenants()).filter((tenant) => tenant.status === 'active').map((tenant) => tenant.tenantId)
}

/** Adds fetched rates to one seller, all or none; those that stand already are passed over. Returns how many are new. */
export function importExchangeRates(process: TenantProcess<object>, rates: readonly PlainRate[]): Promise<number> {
  const read = rates.map((rate) => ({ ...rate, rate: new Decimal(rate.rate) }))
  return process.inTenant(async (ctx) => {
    let added = 0
    for (const source of new Set(read.map((rate) => rate.source))) {
      const own = read.filter((rate) => rate.source === source)
      added += await insertExchangeRates(ctx, own, importedBy(source))
    }
    return added
  })
}
