import { contractCurrency } from '#app/services/accounts/contract-currency.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { currencyCookie, readCookie } from '../request/cookies.server.ts'
import { viewerOf } from '../request/session.server.ts'

/** `isAgreed`: the reader is a customer, whose contract says it once and for all. */
type StoreCurrency = { readonly currency: string | null; readonly isAgreed: boolean }

/** What the store shows its prices in: a customer's contract currency, else what the visitor chose; null for the store's usual one. */
export async function storeCurrencyOf(request: Request): Promise<StoreCurrency> {
  if ((await viewerOf(request))?.hasPanel) {
    const { tenantId, accountId } = await customerOf(request)
    const currency = await inTenant(tenantId, (ctx) => contractCurrency(ctx, accountId))
    if (currency) return { currency, isAgreed: true }
  }
  return { currency: await chosenCurrencyOf(request), isAgreed: false }
}

/** What the visitor chose; null before any choice. */
export async function chosenCurrencyOf(request: Request): Promise<string | null> {
  return (await readCookie(currencyCookie(request), request)) ?? null
}
