import { readPriceRules } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ProductQuote, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

export type PriceOrderInput = { readonly accountId: string; readonly productId: string }
export type PriceOrderError = 'no-contract' | 'no-price' | 'no-tax-rate'

/** What a product costs an account by the account's own contract, tax included. Reads the seller's office scope: books are not public. */
export async function priceOrder(
  ctx: TenantContext,
  input: PriceOrderInput,
): Promise<Result<ProductQuote & { contractId: string }, PriceOrderError>> {
  const [buyer] = await ctx.db.$queryRaw<BuyerRow[]>`
    select c.id as "contractId", c.price_book_id as "priceBookId", c.currency, payer.country, payer.kind <> 'personal' as "isBusiness",
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
  const rules = await readPriceRules(ctx, [buyer.priceBookId])
  const quote = quoteProduct({ productId: input.productId, rules, currency: buyer.currency, treatment: treatment.value, at: ctx.now })
  return quote.ok ? { ok: true, value: { ...quote.value, contractId: buyer.contractId } } : quote
}

type BuyerRow = {
  contractId: string
  priceBookId: string
  currency: string
  country: string
  isBusiness: boolean
  hasValidVatId: boolean
  sellerCountry: string
  isRegistered: boolean
  zone: string
}
