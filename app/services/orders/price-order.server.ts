import type { StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import { type ProductOffer, prorationsOf, readProductOffer } from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ContractTax, readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { type OfferQuote, quoteOffer } from '#app/domain/catalog/quote-offer.ts'
import type { ProductQuote } from '#app/domain/catalog/quote-product.ts'
import { anchorOfSale, saleOf } from '#app/domain/catalog/service-sale.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { rulesThatCount } from '#app/domain/pricing/contract-layers.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { serviceMonths } from '#app/domain/subscription/fee-period.ts'
import { firstTerm } from '#app/domain/subscription/fixed-term.ts'
import type { BillingAnchor } from '#app/domain/subscription/subscription-cycle.ts'
import { determineTax, type TaxFacts, type TaxTreatment } from '#app/domain/tax/determine-tax.ts'
import { productTreatments } from '#app/domain/tax/product-taxes.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { type AcceptedCode, type PricedWithCodes, priceWithCodes } from '../promotions/price-with-codes.server.ts'

export type PriceOrderInput = {
  readonly accountId: string
  readonly productId: string
  /** Of a service that is ordered by itself; one unless said. */
  readonly units?: number | undefined
  /** Products taken beside it. */
  readonly options?: readonly string[]
  /** Whether options that are not offered are left out instead of refused. */
  readonly dropsOthers?: boolean
  readonly codes?: readonly string[]
  /** The first piece of the order that this is one more piece of; and the codes that its earlier pieces take, where none of it is kept. */
  readonly leadId?: string | null
  readonly earlier?: readonly AcceptedCode[]
  /** Where its service months begin; null: as its contract says. As such a product has it where nothing is said. */
  readonly anchor?: BillingAnchor | null
  /** Whether a reseller buys: what its parent hides from its store it may still buy. */
  readonly isBuySide?: boolean
}
export type PriceOrderError = 'no-contract' | 'no-price' | 'no-tax-rate' | 'option-not-offered'

/** A quote with its parts and options, and beside it what discounts and codes leave of it. */
export type PricedOrder = ProductQuote &
  PricedWithCodes &
  Omit<OfferQuote, 'quote'> & { readonly contractId: string; readonly offer: ProductOffer }

/** What all prices of an account follow from: its contract with the rules that count now, and its tax. */
type OrderTerms = {
  readonly buyer: BuyerRow
  readonly supply: ContractTax & Pick<TaxFacts, 'on'>
  readonly treatment: TaxTreatment
  readonly rules: readonly StoredPriceRule[]
}

/**
 * What a product with its options costs an account by the account's own contract, tax and discounts included: the first service
 * period as it will be billed when it begins now, and the most a month costs. Reads the seller's office scope: books are not public.
 */
export async function priceOrder(ctx: TenantContext, input: PriceOrderInput): Promise<Result<PricedOrder, PriceOrderError>> {
  const terms = await readOrderTerms(ctx, input.accountId)
  return terms.ok ? priceByTerms(ctx, terms.value, input) : terms
}

/** The terms of an account, for whoever prices several products by them. */
export async function readOrderTerms(ctx: TenantContext, accountId: string): Promise<Result<OrderTerms, 'no-contract' | 'no-tax-rate'>> {
  const buyer = await readBuyer(ctx, accountId)
  const tax = buyer && (await readContractTax(ctx, [buyer.contractId])).get(buyer.contractId)
  if (!buyer || !tax) return err('no-contract')

  const supply = { ...tax, on: localDateOf(ctx.now, buyer.zone) }
  const treatment = determineTax(supply)
  if (!treatment.ok) return treatment
  const rules = rulesThatCount(await readRulesOfContract(ctx, buyer.contractId), ctx.now)
  return ok({ buyer, supply, treatment: treatment.value, rules })
}

/** The price of one product by the terms of its account. */
export async function priceByTerms(
  ctx: TenantContext,
  { buyer, supply, treatment, rules }: OrderTerms,
  input: PriceOrderInput,
): Promise<Result<PricedOrder, PriceOrderError>> {
  const offer = await readProductOffer(ctx, input.productId)
  const { bundleItems, products } = offer
  const offered = quoteOffer({
    productId: input.productId,
    currency: buyer.currency,
    treatment,
    behaviour: supply.behaviour,
    at: ctx.now,
    treatments: productTreatments(supply, supply.kinds),
    rules,
    service: serviceOf(ctx, { buyer, offer, input }),
    bundleItems,
    quantity: new Decimal(input.units ?? 1),
    chosen: input.options ?? [],
    dropsOthers: input.dropsOthers ?? false,
    isOnOffer: (id) => input.isBuySide === true || products.get(id)?.status === 'published',
  })
  if (!offered.ok) return offered
  const { quote, ...rest } = offered.value
  const { contractId, zone } = buyer
  const groups = new Map([...products].map(([id, { productGroup }]) => [id, productGroup]))
  const { accountId, codes = [], leadId = null, earlier = [] } = input
  const order = { accountId, codes, leadId, earlier, contractId, zone }
  const priced = await priceWithCodes(ctx, { ...order, quote, items: rest.items, productGroups: groups })
  return ok({ ...quote, ...rest, ...priced, contractId, offer })
}

type ServiceFacts = { readonly buyer: BuyerRow; readonly offer: ProductOffer; readonly input: PriceOrderInput }

function serviceOf({ now }: TenantContext, { buyer, offer, input }: ServiceFacts) {
  const { zone, contractAnchor, contractDay } = buyer
  const product = offer.products.get(input.productId)
  const billingAnchor = input.anchor === undefined ? anchorOfSale(product ? saleOf(product) : null) : input.anchor
  return {
    cycle: serviceMonths({ startedAt: now, billingAnchor, contractAnchor, contractDay, zone }),
    isAnniversary: (billingAnchor ?? contractAnchor) === 'anniversary',
    trialEndsAt: firstTerm(product?.spec, { startedAt: now, zone }).trialEndsAt,
    proration: prorationsOf(offer),
  }
}

type BuyerRow = {
  readonly contractId: string
  readonly currency: string
  readonly contractAnchor: BillingAnchor
  readonly contractDay: number
  readonly zone: string
}

/** The contract an account buys by: its own, else that of its enterprise. */
async function readBuyer(ctx: TenantContext, accountId: string): Promise<BuyerRow | undefined> {
  const [buyer] = await ctx.db.$queryRaw<BuyerRow[]>`
    select c.id as "contractId", c.currency, c.billing_anchor as "contractAnchor", c.billing_day as "contractDay", t.time_zone as zone
    from accounts a
    join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid
    order by c.account_id = a.id desc
    limit 1`
  return buyer
}
