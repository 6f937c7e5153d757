import type { Money } from '#app/domain/money/money.ts'
import { normaliseCode } from '#app/domain/promo/promo-code.ts'
import { combineQuotes, type QuotedCount } from '#app/reports/order-quote/combine.ts'
import { readStoreQuote, toOrderQuote } from '#app/reports/order-quote/query.server.ts'
import type { OrderQuote, OrderQuoteInput } from '#app/reports/order-quote/shape.ts'
import { checkVatId } from '#app/services/accounts/check-vat-id.ts'
import { limitOfSignUp } from '#app/services/accounts/save-sign-up-terms.server.ts'
import { quoteGuestOrder } from '#app/services/orders/quote-guest-order.server.ts'
import type { TriedCodes } from '#app/services/promotions/try-codes.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { addressHashOf, payingLater, quoteForReader } from '#app/web/store/order-quote.server.ts'
import { chosenCurrencyOf } from '#app/web/store/store-currency.server.ts'
import { mayWithdraw } from '#app/web/store/terms.server.ts'
import { type Choice, optionProblems } from './choice.server.ts'

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

export type EstimateInput = { readonly choices: readonly Choice[]; readonly stated: Stated; readonly codes: readonly string[] }

/** What the choices cost the reader together: a customer by its own contract, a visitor as who it says to be. Null when it has no price. */
export async function estimateOf(request: Request, input: EstimateInput): Promise<Estimate | null> {
  if (input.choices.length === 0) return null
  return (await viewerOf(request))?.hasPanel ? ofMember(request, input) : ofGuest(request, input)
}

/** What is asked the price of. A quantity that cannot be is asked as one: the field says what is wrong. */
function thingsOf(choices: readonly Choice[]) {
  const things = choices.map(({ planCode, optionCodes, quantity, units }) => ({
    planCode,
    optionCodes,
    quantity: quantity ?? 1,
    units: units ?? undefined,
  }))
  const [first = { planCode: '' }, ...further] = things
  return { ...first, further }
}

/** The quote of everything that was priced. */
export function quoteOfTried({ pieces }: Pick<TriedCodes, 'pieces'>, language: string): OrderQuote {
  return combineQuotes(pieces.map(({ price, count }) => ({ quote: toOrderQuote(price, language), count })))
}

async function ofMember(request: Request, { choices, codes }: EstimateInput): Promise<Estimate | null> {
  const tried = await quoteForReader(request, { ...thingsOf(choices), promoCodes: codes })
  const [first] = tried?.pieces ?? []
  if (!tried || !first) return null
  const quote = quoteOfTried(tried, await languageOf(request, await tenantOf(request)))
  const { room, buyer } = await payingLater(request, first.price.contractId)
  const later = room && { ...room, hasRoom: room.available.minor >= quote.firstTotal.minor }
  return { quote, applied: tried.acceptedCodes, codeProblem: tried.problem, later, needsWaiver: mayWithdraw(buyer), vat: null }
}

async function ofGuest(request: Request, { choices, stated, codes }: EstimateInput): Promise<Estimate | null> {
  const isBusiness = stated.kind === 'business'
  const checked = checkVatId(stated.country, isBusiness ? stated.vatId : null).status
  const language = await languageOf(request, await tenantOf(request))
  const tried = codes.length > 0 ? await triedAsGuest(request, { choices, stated, codes }) : null
  const buyer = { country: stated.country, isBusiness, hasValidVatId: checked === 'valid' }
  const currency = await chosenCurrencyOf(request)
  const quote = tried ? quoteOfTried(tried, language) : await readStoreQuotes(request, { choices, language, currency, buyer })
  if (!quote) return null
  const available = await limitOfSignUp((await tenantOf(request)).tenantId, quote.firstTotal.currency)
  return {
    quote,
    applied: tried?.acceptedCodes ?? [],
    codeProblem: tried?.problem ?? null,
    later: { kind: 'invoice', available, hasRoom: available.minor >= quote.firstTotal.minor },
    needsWaiver: mayWithdraw(stated),
    vat: checked === 'none' ? null : checked === 'pending' ? 'unknown-form' : checked,
  }
}

type VisitorQuestion = Omit<OrderQuoteInput, 'planCode' | 'optionCodes'> & { readonly choices: readonly Choice[] }

/** What the choices cost a visitor together; null when one of them has no price. */
function readStoreQuotes(request: Request, { choices, ...question }: VisitorQuestion): Promise<OrderQuote | null> {
  return asVisitor(request, async (ctx) => {
    const parts: QuotedCount[] = []
    for (const { planCode, optionCodes, quantity, units } of choices) {
      const quote = await readStoreQuote(ctx, { ...question, planCode, optionCodes, units: units ?? undefined })
      if (!quote) return null
      parts.push({ quote, count: quantity ?? 1 })
    }
    return combineQuotes(parts)
  })
}

async function triedAsGuest(request: Request, { choices, stated, codes }: EstimateInput): Promise<TriedCodes | null> {
  const tenant = await tenantOf(request)
  const { kind, country, vatId } = stated
  const facts = { name: 'guest', email: 'guest@invalid', addressLines: [], language: await languageOf(request, tenant) }
  const tried = await quoteGuestOrder({
    tenantId: tenant.tenantId,
    customer: { ...facts, kind, country, vatId, currency: await chosenCurrencyOf(request) },
    ...thingsOf(choices),
    promoCodes: codes,
    addressHash: addressHashOf(request, tenant.tenantId),
  })
  return tried.ok ? tried.value : null
}

/** Whether everything that was ticked is offered with the plan it was ticked for. */
export async function areOptionsOffered(request: Request, { choices, stated }: Omit<EstimateInput, 'codes'>): Promise<boolean> {
  for (const choice of choices) {
    if (choice.optionCodes.length === 0) continue
    const alone = await estimateOf(request, { choices: [choice], stated, codes: [] })
    if (!alone || Object.keys(optionProblems(alone.quote, choice)).length > 0) return false
  }
  return true
}

/** The codes of a form that the price does not count, to stand in the field again. */
export function leftOf(codes: readonly string[], applied: readonly string[]): string {
  return codes.filter((code) => !applied.includes(normaliseCode(code) ?? '')).join(' ')
}
