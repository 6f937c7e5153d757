import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant, type ChargeFacts } from '#tests/support/builders.ts'

afterEach(() => setClock())

/** A seller with one customer that pays `price` per GB, and how its usage is charged. */
async function trafficCustomer(price: string) {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price, meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const usage = (facts: Pick<ChargeFacts, 'billingPeriod' | 'quantity' | 'amount' | 'isCorrection'>): ChargeFacts => ({
    accountId,
    contractId,
    priceVersionId: book.priceVersionId,
    priceRuleId: book.ruleIds[0] ?? '',
    unitPrice: price,
    ...facts,
  })
  return { tenantId, usage }
}

test('a thousand charges of 0.00004 are 0.04 on one line', async () => {
  const { tenantId, usage } = await trafficCustomer('0.00004')
  await buildCharges(
    tenantId,
    Array.from({ length: 1000 }, () => usage({ billingPeriod: '2026-06-01', quantity: '1', amount: '0.00004' })),
  )
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const [invoice] = await invoicesOf(tenantId)
  expect(invoice?.sections[0]?.lines.map((line) => [line.quantity, line.net.minor])).toEqual([['1000', 4n]])
})

test('usage that comes late is corrected on the next invoice: 1.24 and 0.15 are the 1.39 of 107 GB at once', async () => {
  const { tenantId, usage } = await trafficCustomer('0.013')
  await buildCharges(tenantId, [usage({ billingPeriod: '2026-05-01', quantity: '95', amount: '1.235' })])
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  await buildCharges(tenantId, [
    usage({ billingPeriod: '2026-05-01', quantity: '12', amount: '0.156', isCorrection: true }),
    usage({ billingPeriod: '2026-06-01', quantity: '100', amount: '1.3' }),
  ])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const [may, june] = await invoicesOf(tenantId)
  expect(may?.net.minor).toBe(124n)
  expect(june?.sections[0]?.lines.map((line) => [line.kind, line.subject.billingPeriod, line.net.minor])).toEqual([
    ['usage', '2026-06-01', 130n],
    ['correction', '2026-05-01', 15n],
  ])
})

test('usage reported twice as high is taken back on the next invoice', async () => {
  const { tenantId, usage } = await trafficCustomer('0.10')
  await buildCharges(tenantId, [usage({ billingPeriod: '2026-05-01', quantity: '200', amount: '20' })])
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  await buildCharges(tenantId, [
    usage({ billingPeriod: '2026-05-01', quantity: '-200', amount: '-20', isCorrection: true }),
    usage({ billingPeriod: '2026-05-01', quantity: '100', amount: '10', isCorrection: true }),
    usage({ billingPeriod: '2026-06-01', quantity: '300', amount: '30' }),
  ])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const [, june] = await invoicesOf(tenantId)
  expect(amountsOf(june)).toEqual([2000n, 380n, 2380n])
})

test('a month that runs over a year’s end in Auckland is numbered in the new year there', async () => {
  const tenantId = await buildTenant({ slug: 'tui', country: 'NZ', timeZone: 'Pacific/Auckland', vatId: null, numberPrefix: 'TU' })
  const accountId = await buildAccount(tenantId, { country: 'NZ' })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  await buildCharges(tenantId, [
    {
      accountId,
      contractId,
      priceVersionId: book.priceVersionId,
      priceRuleId: book.ruleIds[0] ?? '',
      billingPeriod: '2026-12-01',
      amount: '1',
    },
  ])

  // Noon of 31 December in London is past midnight in Auckland.
  await billMonth(tenantId, '2026-12', '2026-12-31T12:00:00Z')

  const [invoice] = await invoicesOf(tenantId)
  expect([invoice?.number, invoice?.issueDate]).toEqual(['TU-2027-00001', '2027-01-01'])
})
