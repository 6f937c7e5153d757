import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildSubscription, buildTenant } from '#tests/support/builders.ts'

afterEach(() => setClock())

const firstOfJuly = '2026-07-01T06:00:00Z'

describe('a provider and its reseller', () => {
  test('Ahorn owes Meridian 29.96 for June, VAT reversed to Vienna', async () => {
    const meridian = await buildTenant()
    const ahorn = await buildAccount(meridian, { name: 'Ahorn Hosting GmbH', country: 'AT', vatId: 'ATU12345675' })
    const web1 = await buildProduct(meridian)
    const book = await buildPriceBook(meridian, [
      { feeKind: 'setup', price: '9.00', productId: web1 },
      { feeKind: 'recurring', price: '15.20', productId: web1 },
      { feeKind: 'usage', price: '0.096', meter: 'traffic.sent', included: '100' },
    ])
    const contractId = await buildContract(meridian, { accountId: ahorn, priceBookId: book.priceBookId })
    const subscriptionId = await buildSubscription(meridian, { accountId: ahorn, contractId, productId: web1, startedAt: '2026-06-01T07:00:00Z' })
    await buildCharges(meridian, [{
      accountId: ahorn, contractId, subscriptionId, productId: web1, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[2] ?? '',
      billingPeriod: '2026-06-01', quantity: '160', included: '100', billed: '60', unitPrice: '0.096', amount: '5.76',
    }])

    expect(await billMonth(meridian, '2026-06', firstOfJuly)).toBe(1)

    const [invoice] = await invoicesOf(meridian)
    expect(amountsOf(invoice)).toEqual([2996n, 0n, 2996n])
    expect(invoice?.taxes.map((tax) => [tax.category, tax.reason])).toEqual([['AE', 'reverse-charge-eu']])
    expect(invoice?.sections.flatMap((section) => section.lines.map((line) => [line.kind, line.net.minor]))).toEqual([
      ['setup', 900n], ['recurring', 1520n], ['usage', 576n],
    ])
    expect([invoice?.number, invoice?.issueDate, invoice?.dueDate]).toEqual(['MG-2026-00001', '2026-07-01', '2026-07-15'])
  })
})
