import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { insertExchangeRates } from '#app/db/catalog/exchange-rates.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { listCharges } from '#app/reports/charges/list.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { readMargin } from '#app/reports/margin/query.server.ts'
import type { MarginRow, MarginView } from '#app/reports/margin/shape.ts'
import { boughtSide } from '#app/reports/margin/sides.server.ts'
import { readRevenue } from '#app/reports/revenue/query.server.ts'
import type { RevenueView } from '#app/reports/revenue/shape.ts'
import { billMonth } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { sellOnTwoLevels, sent } from '#tests/support/two-levels.ts'
import { deliver, processDown, type Seller } from '#tests/support/usage.ts'

afterEach(() => setClock())

const revenueOf = (tenantId: string, by: RevenueView, product: string | null = null) =>
  asOffice(tenantId, (ctx) => readRevenue(ctx, { from: '2026-07', to: '2026-07', by, accountId: null, product }, 1))

test('revenue is what documents say, less credit notes, and comes to the income of the books', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  setClock(fixedClock('2026-07-09T08:00:00Z'))
  await creditAmount(tenantId, invoice.id, 1000n)

  const { rows, totals } = await revenueOf(tenantId, 'product')
  expect(rows.map(({ subject, net, documents }) => [subject, net.minor, documents])).toEqual([
    ['server.running', 2490n, 1],
    ['traffic.sent', 900n, 1],
    ['credit', -840n, 1],
  ])
  const income = (await asOffice(tenantId, trialBalance)).filter(({ kind }) => kind === 'income')
  expect(totals.map(({ minor }) => minor)).toEqual([income.reduce((sum, { balance }) => sum - balance.minor, 0n)])
})

test('a product opens its buyers and documents; months stand in their order', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const ofTraffic = await revenueOf(tenantId, 'document', 'traffic.sent')
  expect(ofTraffic.rows.map(({ key, number, name, net }) => [key, number, name, net.minor])).toEqual([
    [invoice.id, 'MG-2026-00001', 'Brandt Versand GmbH', 900n],
  ])
  expect((await revenueOf(tenantId, 'account')).rows.map(({ name, net }) => [name, net.minor])).toEqual([['Brandt Versand GmbH', 3390n]])
  expect((await revenueOf(tenantId, 'month')).rows.map(({ key, net }) => [key, net.minor])).toEqual([['2026-07', 3390n]])
})

const shown = ({ product, subject, name, sold, bought, margin, percent }: MarginRow) => [
  product?.en ?? subject ?? name,
  sold.map(({ minor }) => minor),
  bought.map(({ minor }) => minor),
  margin?.minor,
  percent,
]

async function marginOf(reseller: Seller, provider: Seller, by: MarginView) {
  const bought = await inPanel(provider.tenantId, [provider.accountId], (ctx) => boughtSide(ctx, '2026-06-01', by))
  return asOffice(reseller.tenantId, (ctx) => readMargin(ctx, { month: '2026-06', by, bought }))
}

test('margin is what was charged below less what the parent charged for the same, by product and by buyer', async () => {
  const { provider, reseller } = await sellOnTwoLevels()
  await processDown(provider.tenantId, await deliver(provider, [sent(120, '2026-06-03'), sent(40, '2026-06-07')]))
  await billMonth(provider.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  await billMonth(reseller.tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const byProduct = await marginOf(reseller, provider, 'product')
  expect(byProduct.rows.map(shown)).toEqual([['traffic.sent', [1500n], [1300n], 200n, '13.3']])
  const byAccount = await marginOf(reseller, provider, 'account')
  expect(byAccount.rows.map(shown)).toEqual([['Brandt Versand GmbH', [1500n], [1300n], 200n, '13.3']])
  expect([byAccount.total.margin?.minor, byAccount.rates]).toEqual([200n, []])
})

test('two currencies meet at a recorded rate alone, which is shown; a later one changes no past figure', async () => {
  const { provider, reseller } = await sellOnTwoLevels()
  await processDown(provider.tenantId, await deliver(provider, [sent(120, '2026-06-03'), sent(40, '2026-06-07')]))
  const inFrancs = async () => {
    const bought = [{ key: 'traffic.sent', currency: 'CHF', amount: new Decimal('13') }]
    return asOffice(reseller.tenantId, (ctx) => readMargin(ctx, { month: '2026-06', by: 'product', bought }))
  }
  expect((await inFrancs()).rows.map(shown)).toEqual([['traffic.sent', [1500n], [1300n], undefined, null]])

  const rate = (value: string, date: string) => ({ base: 'CHF', quote: 'EUR', rate: new Decimal(value), source: 'contract', date })
  await asOffice(reseller.tenantId, (ctx) => insertExchangeRates(ctx, [rate('1.05', '2026-06-05'), rate('2', '2026-07-01')], 'test'))
  const { rows, rates } = await inFrancs()
  expect(rows.map(shown)).toEqual([['traffic.sent', [1500n], [1300n], 135n, '9.0']])
  expect(rates).toEqual([{ base: 'CHF', quote: 'EUR', rate: '1.05', source: 'contract', date: '2026-06-05' }])
})

test('a buyer whose months begin on the fifth counts in the month that they begin in', async () => {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId, { name: 'Tischlerei Huber OG' })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const facts = { accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '' }
  await buildCharges(tenantId, [
    { ...facts, billingPeriod: '2026-06-05', amount: '10' },
    { ...facts, billingPeriod: '2026-07-05', amount: '4' },
  ])
  const soldIn = (month: string) => asOffice(tenantId, (ctx) => readMargin(ctx, { month, by: 'account', bought: [] }))
  expect((await soldIn('2026-06')).rows.map(shown)).toEqual([['Tischlerei Huber OG', [1000n], [], 1000n, '100.0']])
  expect((await soldIn('2026-07')).rows.map(shown)).toEqual([['Tischlerei Huber OG', [400n], [], 400n, '100.0']])
  const listed = await asOffice(tenantId, (ctx) => listCharges(ctx, { month: '2026-06', page: 1 }))
  expect(listed.rows.map(({ amount }) => amount)).toEqual(['10'])
})
