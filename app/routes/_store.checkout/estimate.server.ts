import type { Money } from '#app/domain/money/money.ts'
import { normaliseCode } from '#app/domain/promo/promo-code.ts'
import { readStoreQuote, toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import type { OrderQuote } from '#app/reports/order-quote/shape.ts'
import { checkVatId } from '#app/services/accounts/check-vat-id.ts'
import { quoteGuestOrder } from '#app/services/orders/quote-guest-order.server.ts'
import { startingLimitIn } from '#app/services/people/open-customer-account.server.ts'
import type { TriedCodes } from '#app/services/promotions/try-codes.server.ts'
import { asVisitor } from '#app/web/as-visitor.server.ts'
import { addressHashOf, payingLater, quoteForReader } from '#app/web/order-quote.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { viewerOf } from '#app/web/session.server.ts'
import { chosenCurrencyOf } from '#app/web/store-currency.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'
import { mayWithdraw } from '#app/web/terms.server.ts'
import type { Choice } from './choice.server.ts'

/** Who a visitor says to be, as far as tax and law ask. */
export type Stated = { readonly kind: 'personal' | 'business'; readonly country: string; readonly vatId: string }

/** What a VAT id is worth by its form, and why. */
type VatAnswer = 'valid' | 'invalid' | 'unknown-form'

/** The price of the choice and what follows from it. */
export type Estimate = {
  readonly quote: OrderQuote
  /** Codes that count. */
  readonly applied: readonly string[]
  readonly codeProblem: string | null
  /** Paying later: to what it is charged, and whether there is room. Null: it is not offered. */
  readonly later: { readonly kind: 'balance' | 'invoice'; readonly available: Money; readonly hasRoom: boolean } | null
  /** Whether the buyer must waive a right of withdrawal for a service that begins at once. */
  readonly needsWaiver: boolean
  readonly vat: VatAnswer | null
}

export type EstimateInput = { readonly choice: Choice; readonly stated: Stated; readonly codes: readonly string[] }

/** What the choice costs the reader: a customer by its own contract, a visitor as who it says to be. Null when it has no price. */
export async function estimateOf(request: Request, input: EstimateInput): Promise<Estimate | null> {
  return (await viewerOf(request))?.hasPanel ? ofMember(request, input) : ofGuest(request, input)
}

async function ofMember(request: Request, { choice, codes }: EstimateInput): Promise<Estimate | null> {
  const { planCode, optionCodes } = choice
  const tried = await quoteForReader(request, { planCode, optionCodes, promoCodes: codes })
  if (!tried) return null
  const quote = toOrderQuote(tried.price, await languageOf(request, await tenantOf(request)))
  const { room, buyer } = await payingLater(request, tried.price.contractId)
  const later = room && { ...room, hasRoom: room.available.minor >= quote.firstTotal.minor }
  return { quote, applied: tried.acceptedCodes, codeProblem: tried.problem, later, needsWaiver: mayWithdraw(buyer), vat: null }
}

async function ofGuest(request: Request, { choice, stated, codes }: EstimateInput): Promise<Estimate | null> {
  const isBusiness = stated.kind === 'business'
  const checked = checkVatId(stated.country, isBusiness ? stated.vatId : null).status
  const { planCode, optionCodes } = choice
  const language = await languageOf(request, await tenantOf(request))
  const tried = codes.length > 0 ? await triedAsGuest(request, { choice, stated, codes }) : null
  const buyer = { country: stated.country, isBusiness, hasValidVatId: checked === 'valid' }
  const currency = await chosenCurrencyOf(request)
  const quote = tried
    ? toOrderQuote(tried.price, language)
    : await asVisitor(request, (ctx) => readStoreQuote(ctx, { planCode, optionCodes, language, currency, buyer }))
  if (!quote) return null
  const available = startingLimitIn(quote.firstTotal.currency)
  return {
    quote,
    applied: tried?.acceptedCodes ?? [],
    codeProblem: tried?.problem ?? null,
    later: { kind: 'invoice', available, hasRoom: available.minor >= quote.firstTotal.minor },
    needsWaiver: mayWithdraw(stated),
    vat: checked === 'none' ? null : checked === 'pending' ? 'unknown-form' : checked,
  }
}

async function triedAsGuest(request: Request, { choice, stated, codes }: EstimateInput): Promise<TriedCodes | null> {
  const tenant = await tenantOf(request)
  const { kind, country, vatId } = stated
  const facts = { name: 'guest', email: 'guest@invalid', addressLines: [], language: await languageOf(request, tenant) }
  const tried = await quoteGuestOrder({
    tenantId: tenant.tenantId,
    customer: { ...facts, kind, country, vatId, currency: await chosenCurrencyOf(request) },
    planCode: choice.planCode,
    optionCodes: choice.optionCodes,
    promoCodes: codes,
    addressHash: addressHashOf(request, tenant.tenantId),
  })
  return tried.ok ? tried.value : null
}

/** The codes of a form that the price does not count, to stand in the field again. */
export function leftOf(codes: readonly string[], applied: readonly string[]): string {
  return codes.filter((code) => !applied.includes(normaliseCode(code) ?? '')).join(' ')
}
