import { z } from 'zod'
import { bookOfVisitor } from '#app/db/catalog/buyer-catalog.server.ts'
import { readPriceRules } from '#app/db/catalog/catalog.server.ts'
import {
  isWhole,
  type OfferedProduct,
  type ProductOffer,
  productIdsOf,
  prorationsOf,
  readProductOffer,
} from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readVisitorTax } from '#app/db/documents/tax-facts.server.ts'
import { type OfferQuote, quoteOffer } from '#app/domain/catalog/quote-offer.ts'
import type { ProductQuote } from '#app/domain/catalog/quote-product.ts'
import type { QuotedFee } from '#app/domain/catalog/quoted-fees.ts'
import { anchorOfSale, areUnitsOffered, type ServiceSale, saleOf } from '#app/domain/catalog/service-sale.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, multiply, zero } from '#app/domain/money/money.ts'
import type { DiscountStep } from '#app/domain/promo/apply-discounts.ts'
import { serviceMonths } from '#app/domain/subscription/fee-period.ts'
import type { TaxReason } from '#app/domain/tax/determine-tax.ts'
import type { OrderQuote, OrderQuoteInput, QuoteLine, QuoteOption, ServiceLevel } from './shape.ts'

/** What a visitor of the store would pay for a plan by its public book, taxed as who the visitor says to be, else as a private person at home. Null without a price. */
export async function readStoreQuote(ctx: TenantContext, input: OrderQuoteInput): Promise<OrderQuote | null> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { timeZone: true } })
  const book = await bookOfVisitor(ctx, input.currency)
  const ids = await productIdsOf(ctx, [input.planCode, ...input.optionCodes])
  const productId = ids.get(input.planCode)
  if (!productId || !book) return null
  const tax = await readVisitorTax(ctx, book.id, input.buyer)
  if (!tax.ok) return null
  const offer = await readProductOffer(ctx, productId)
  if (!isWhole(offer, productId)) return null
  const product = offer.products.get(productId)
  const sale = product ? saleOf(product) : null
  if (!areUnitsOffered(sale, input.units)) return null
  const offered = quoteOffer({
    productId,
    currency: book.currency,
    ...tax.value,
    at: ctx.now,
    rules: await readPriceRules(ctx, [book.id]),
    quantity: new Decimal(input.units ?? 1),
    service: { ...monthsOf(ctx, tenant.timeZone, sale), trialEndsAt: null, proration: prorationsOf(offer) },
    bundleItems: offer.bundleItems,
    chosen: [...ids.values()].filter((id) => id !== productId),
    isOnOffer: (id) => offer.products.get(id)?.status === 'published',
    dropsOthers: true,
  })
  if (!offered.ok) return null
  const { quote, ...rest } = offered.value
  const { orderNet, orderTax, orderTotal } = quote
  return toOrderQuote({ ...quote, ...rest, offer, discounted: { steps: [], orderNet, orderTax, orderTotal } }, input.language)
}

/** Where the service months of a visitor's order begin: on the first, as contracts of sign-ups have it, or with a service itself. */
function monthsOf({ now }: TenantContext, zone: string, sale: ServiceSale | null) {
  const billingAnchor = anchorOfSale(sale)
  const contract = { contractAnchor: 'calendar', contractDay: 1 } as const
  return { cycle: serviceMonths({ ...contract, startedAt: now, billingAnchor, zone }), isAnniversary: billingAnchor !== null }
}

export type QuotedOrder = ProductQuote &
  Omit<OfferQuote, 'quote'> & {
    readonly offer: ProductOffer
    readonly discounted: {
      readonly steps: readonly DiscountStep[]
      readonly orderNet: Money
      readonly orderTax: Money
      readonly orderTotal: Money
    }
  }

/** A priced order as the order page shows it. Nothing is due today: fees and usage come on the month's invoice. */
export function toOrderQuote(order: QuotedOrder, language: string): OrderQuote {
  const { discounted, treatment } = order
  const nameOf = namesIn(order.offer, language)
  const given = discounted.steps.filter(({ refusal, amount }) => refusal === null && amount.minor !== 0n)
  return {
    lines: order.fees.map((fee) => toLine(fee, nameOf(fee.productId), order.offer.products.get(fee.productId))),
    options: toOptions(order, nameOf),
    discounts: given.map(({ discount: { name }, amount }) => ({ name: inLanguage(name, language) ?? '', amount })),
    tax: { percent: percentOf(order), behaviour: order.behaviour },
    taxReason: reasons[treatment.reason],
    monthlyNet: order.monthlyNet,
    monthlyTax: order.monthlyTax,
    monthlyTotal: order.monthlyTotal,
    yearlyTotal: multiply(order.monthlyTotal, twelve),
    firstNet: discounted.orderNet,
    firstTax: discounted.orderTax,
    firstTotal: discounted.orderTotal,
    dueToday: zero(order.orderNet.currency),
  }
}

const twelve = new Decimal(12)

/** The rate of what is charged; null when there are several. */
function percentOf({ fees, treatment, treatments }: QuotedOrder): string | null {
  const charged = fees.filter(({ amount, monthly }) => amount.minor !== 0n || monthly.minor !== 0n)
  const percents = new Set(charged.map(({ productId }) => (treatments.get(productId) ?? treatment).rate.toFixed()))
  return percents.size > 1 ? null : ([...percents][0] ?? treatment.rate.toFixed())
}

function toLine(
  { feeKind, role, hourly, amount, part, quantity }: QuotedFee,
  name: string,
  product: OfferedProduct | undefined,
): QuoteLine {
  const days = part?.policy === 'day' ? { charged: Number(part.part), all: Number(part.whole) } : null
  const sale = product && role === 'main' && feeKind !== 'usage' ? saleOf(product) : null
  const units = sale && { count: quantity.toFixed(), unit: sale.unit }
  return { feeKind, role, name, hourly: hourly?.toFixed() ?? null, units, count: 1, amount, days }
}

/** What comes with the plan, then what can be taken beside it. */
function toOptions(
  { items, options, offer, treatment, treatments, behaviour }: QuotedOrder,
  nameOf: (id: string) => string,
): QuoteOption[] {
  const named = (id: string) => ({
    code: offer.products.get(id)?.code ?? id,
    name: nameOf(id),
    tax: { percent: (treatments.get(id) ?? treatment).rate.toFixed(), behaviour },
    level: levelOf(offer.products.get(id)),
  })
  const isChosen = (id: string) => items.some(({ role, productId }) => role === 'add-on' && productId === id)
  const included = items.filter(({ role }) => role === 'included')
  return [
    ...included.map(({ productId: id }) => ({ ...named(id), isIncluded: true, isChosen: true, setup: null, monthly: null })),
    ...options.map(({ productId: id, ...price }) => ({ ...named(id), isIncluded: false, isChosen: isChosen(id), ...price })),
  ]
}

const LevelSpec = z.object({
  availabilityPercent: z.string().nullable().default(null),
  responseHours: z.number().nullable().default(null),
  missCreditPercent: z.string().nullable().default(null),
})

function levelOf(product: OfferedProduct | undefined): ServiceLevel | null {
  if (product?.kind !== 'sla') return null
  const promise = LevelSpec.safeParse(product.spec)
  return promise.success ? promise.data : null
}

function namesIn({ products }: ProductOffer, language: string) {
  return (id: string) => {
    const product = products.get(id)
    return product ? (inLanguage(product.name, language) ?? product.code) : ''
  }
}

function inLanguage(names: Readonly<Record<string, string>>, language: string): string | undefined {
  return names[language] ?? names.en ?? Object.values(names)[0]
}

const reasons: Readonly<Record<TaxReason, OrderQuote['taxReason']>> = {
  domestic: 'standard',
  'destination-eu': 'standard',
  'destination-registered': 'standard',
  'origin-below-threshold': 'standard',
  'reverse-charge-eu': 'reverse-charge',
  'reverse-charge-domestic': 'reverse-charge',
  'outside-eu': 'outside-scope',
  'service-abroad': 'outside-scope',
  'zero-rated-export': 'outside-scope',
  'seller-not-registered': 'outside-scope',
  'small-business': 'outside-scope',
  'buyer-exempt': 'outside-scope',
  'no-supply': 'outside-scope',
}
