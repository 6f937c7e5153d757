import type { TenantContext } from '#app/db/context.server.ts'
import { type DocumentTax, saveTaxRates } from '#app/db/credit/credit-positions.server.ts'
import { type ContractTax, readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { productTreatments } from '#app/domain/tax/product-taxes.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

/**
 * Notes the tax in percent that is added to what is rated under each contract when it is invoiced: nothing under reverse charge, and
 * nothing where prices include it. Products of another rate count at their own.
 */
export async function noteDocumentTax(ctx: TenantContext, contractIds: readonly string[]): Promise<void> {
  const taxes = await readContractTax(ctx, contractIds)
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  await saveTaxRates(ctx, new Map([...taxes].map(([contractId, tax]) => [contractId, taxOf(tax, today)])))
}

function taxOf(tax: ContractTax, on: LocalDate): DocumentTax {
  const supply = { ...tax, on }
  const treatment = determineTax(supply)
  if (!treatment.ok || tax.behaviour !== 'exclusive') return { ordinary: new Decimal(0), others: new Map() }
  const ordinary = treatment.value.rate
  const others = [...productTreatments(supply, tax.kinds)].filter(([, { rate }]) => !rate.eq(ordinary))
  return { ordinary, others: new Map(others.map(([productId, { rate }]) => [productId, rate.minus(ordinary)])) }
}
