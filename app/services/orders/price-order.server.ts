import type { TenantContext } from '#app/db/context.server.ts'
import { readRulesOfContract } from '#app/db/contract-price-books.server.ts'
import { type ProductQuote, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { rulesThatCount } from '#app/domain/pricing/contract-layers.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { type PricedWithCodes, priceWithCodes } from '../promotions/price-with-codes.server.ts'

export type PriceOrderInput = { readonly accountId: string; readonly productId: string; readonly codes?: readonly string[] }
export type PriceOrderError = 'no-contract' | 'no-price' | 'no-tax-rate'

/** A quote, and beside it what discounts and codes leave of it. */
export type PricedOrder = ProductQuote & PricedWithCodes & { readonly contractId: string }

/** What a product costs an account by the account's own contract, tax and discounts included. Reads the seller's office scope: books are not public. */
export async function priceOrder(ctx: TenantContext, input: PriceOrderInput): Promise<Result<PricedOrder, PriceOrderError>> {
  const [buyer] = await ctx.db.$queryRaw<BuyerRow[]>`
    select c.id as "contractId", c.currency, payer.country, payer.kind <> 'personal' as "isBusiness",
      payer.vat_id_status = 'valid' as "hasValidVatId", t.country as "sellerCountry", t.vat_id is not null as "isRegistered", t.time_zone as zone
    from accounts a
    join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    join accounts payer on payer.tenant_id = c.tenant_id and payer.id = c.account_id
    join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${input.accountId}::uuid
    order by c.account_id = a.id desc
    limit 1`
  if (!buyer) return err('no-contract')

  const treatment = determineTax({
    seller: { country: buyer.sellerCountry, isRegistered: buyer.isRegistered },
    buyer: { country: buyer.country, isBusiness: buyer.isBusiness, hasValidVatId: buyer.hasValidVatId, isExempt: false },
    on: localDateOf(ctx.now, buyer.zone),
  })
  if (!treatment.ok) return treatment
  const rules = rulesThatCount(await readRulesOfContract(ctx, buyer.contractId), ctx.now)
  const quote = quoteProduct({ productId: input.productId, rules, currency: buyer.currency, treatment: treatment.value, at: ctx.now })
  if (!quote.ok) return quote
  const { contractId, zone } = buyer
  const priced = await priceWithCodes(ctx, { ...input, codes: input.codes ?? [], contractId, zone, quote: quote.value })
  return ok({ ...quote.value, ...priced, contractId })
}

type BuyerRow = {
  contractId: string
  currency: string
  country: string
  isBusiness: boolean
  hasValidVatId: boolean
  sellerCountry: string
  isRegistered: boolean
  zone: string
}
