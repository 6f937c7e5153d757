import { billMonth, invoicesOf } from './billing.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from './builders.ts'

/** Ahorn with one customer and 60 GB to bill for June 2026, with names that a spreadsheet would take for formulas. */
export async function sellerWithUsage() {
  const tenantId = await buildTenant({
    slug: 'ahorn',
    country: 'AT',
    timeZone: 'Europe/Vienna',
    vatId: 'ATU12345675',
    numberPrefix: 'AH',
  })
  const accountId = await buildAccount(tenantId, { name: '=Linde', country: 'AT', email: 'linde@linde.example' })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '0.15', meter: 'traffic.sent', included: '100' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const usage = { quantity: '160', included: '100', billed: '60', unitPrice: '0.15', amount: '9', resourceName: '+linde-01' }
  await buildCharges(tenantId, [
    {
      accountId,
      contractId,
      priceVersionId: book.priceVersionId,
      priceRuleId: book.ruleIds[0] ?? '',
      billingPeriod: '2026-06-01',
      ...usage,
    },
  ])
  return tenantId
}

/** Bills June 2026 and returns the id of the one invoice. */
export async function billed(tenantId: string): Promise<string> {
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  return (await invoicesOf(tenantId))[0]?.id ?? ''
}
