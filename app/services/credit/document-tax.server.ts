import type { TenantContext } from '#app/db/context.server.ts'
import { saveTaxRates } from '#app/db/credit-positions.server.ts'
import { type ContractTax, readContractTax } from '#app/db/tax-facts.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { determineTax } from '#app/domain/tax/determine-tax.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

/**
 * Notes the tax in percent that is added to what is rated under each contract when it is invoiced: nothing under reverse charge, and
 * nothing where prices include it. Products of another rate count at the ordinary one until then.
 */
export async function noteDocumentTax(ctx: TenantContext, contractIds: readonly string[]): Promise<void> {
  const taxes = await readContractTax(ctx, contractIds)
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  await saveTaxRates(ctx, new Map([...taxes].map(([contractId, tax]) => [contractId, rateOf(tax, today)])))
}

function rateOf(tax: ContractTax, on: LocalDate): Decimal {
  const treatment = determineTax({ ...tax, on })
  return treatment.ok && tax.behaviour === 'exclusive' ? treatment.value.rate : new Decimal(0)
}
