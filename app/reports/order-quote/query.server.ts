import { readPriceRules } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ProductQuote, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { zero } from '#app/domain/money/money.ts'
import { determineTax, type TaxReason } from '#app/domain/tax/determine-tax.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { OrderQuote, OrderQuoteInput } from './shape.ts'

/** What a visitor of the store would pay for a plan at home: the public book, a private buyer of the seller's country. Null without a price. */
export async function readStoreQuote(ctx: TenantContext, input: OrderQuoteInput): Promise<OrderQuote | null> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { country: true, vatId: true, timeZone: true } })
  const product = await ctx.db.product.findUnique({ where: { tenantId_code: { tenantId, code: input.planCode } }, select: { id: true } })
  const book = await ctx.db.priceBook.findFirst({
    where: { tenantId, isPublic: true },
    select: { id: true, currency: true },
    orderBy: { createdAt: 'asc' },
  })
  if (!product || !book) return null
  const treatment = determineTax({
    seller: { country: tenant.country, isRegistered: tenant.vatId !== null },
    buyer: { country: tenant.country, isBusiness: false, hasValidVatId: false, isExempt: false },
    on: localDateOf(ctx.now, tenant.timeZone),
  })
  if (!treatment.ok) return null
  const rules = await readPriceRules(ctx, [book.id])
  const quote = quoteProduct({ productId: product.id, rules, currency: book.currency, treatment: treatment.value, at: ctx.now })
  return quote.ok ? toOrderQuote(quote.value) : null
}

/** A quote as the order page shows it. Nothing is due today: fees and usage come on the month's invoice. */
export function toOrderQuote(quote: ProductQuote): OrderQuote {
  return {
    lines: quote.fees.map((fee) => ({ feeKind: fee.feeKind, hourly: fee.hourly?.toFixed() ?? null, amount: fee.amount })),
    taxPercent: quote.treatment.rate.toFixed(),
    taxReason: reasons[quote.treatment.reason],
    monthlyNet: quote.monthlyNet,
    monthlyTax: quote.monthlyTax,
    monthlyTotal: quote.monthlyTotal,
    orderTotal: quote.orderTotal,
    dueToday: zero(quote.orderNet.currency),
  }
}

const reasons: Readonly<Record<TaxReason, OrderQuote['taxReason']>> = {
  domestic: 'standard',
  'destination-eu': 'standard',
  'reverse-charge-eu': 'reverse-charge',
  'outside-eu': 'outside-scope',
  'service-abroad': 'outside-scope',
  'zero-rated-export': 'outside-scope',
  'seller-not-registered': 'outside-scope',
  'buyer-exempt': 'outside-scope',
}
