import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { plainRule } from '#app/domain/pricing/price-rule.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { agree, balances, buildSettledEdge, customerPays, invoiceCustomer, off, type SettledEdge } from '#tests/support/settled-edge.ts'
import { bill, reported } from '#tests/support/usage.ts'

afterEach(() => setClock())

/** What the reseller buys, by other prices; usage of June is known on 30 June. */
async function buying(edge: SettledEdge, prices: Parameters<typeof buildPriceBook>[1], currency = 'EUR'): Promise<void> {
  const { tenantId, contractId } = edge.provider
  const { priceBookId } = await buildPriceBook(tenantId, prices, currency)
  await asOffice(tenantId, ({ db }) => db.contract.updateMany({ where: { tenantId, id: contractId }, data: { priceBookId, currency } }))
  setClock(fixedClock('2026-06-30T20:00:00Z'))
}

/** 100 units included for everybody who buys from the pool, 8.00 above. */
async function poolOf({ provider: { tenantId, contractId } }: SettledEdge): Promise<void> {
  const facts = { id: '', priceVersionId: '', feeKind: 'usage', productId: null, meter: 'traffic.sent', unit: 'GB' } as const
  const validFrom = new Date('2026-01-01T00:00:00Z')
  const plain = plainRule({ ...facts, unitPrice: new Decimal(8), included: new Decimal(100), validFrom })
  await asOffice(tenantId, async (ctx) => {
    const { priceBookId } = await ctx.db.contract.findFirstOrThrow({ where: { tenantId, id: contractId } })
    const version = await ctx.db.priceVersion.findFirstOrThrow({ where: { tenantId, priceBookId } })
    await insertPriceRules(ctx, { priceVersionId: version.id, isPublic: false, rules: [{ ...plain, includedScope: 'pool' }] })
  })
}

const gb = (count: number) => reported({ quantity: `${count}000000000` })

async function invoicesOfJune({ provider: { tenantId } }: SettledEdge) {
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  return (await invoicesOf(tenantId)).map(amountsOf)
}

test('wholesale: 12 units with 2 free at 5.00 USD are 50.00 USD, sold at 8.00 EUR or not', async () => {
  const edge = await buildSettledEdge()
  await buying(edge, [{ feeKind: 'usage', meter: 'traffic.sent', price: '5', included: '2' }], 'USD')
  await bill(edge.provider, [gb(12)])
  expect(await invoicesOfJune(edge)).toEqual([[5_000n, 0n, 5_000n]])
  expect((await invoicesOf(edge.provider.tenantId))[0]?.net.currency).toBe('USD')
})

test('a pool of 100 at 600.00 with 112 used at 8.00 above it is an invoice of 696.00', async () => {
  const edge = await buildSettledEdge()
  await agree(edge, { entitlementScope: 'pool' })
  const { tenantId, accountId, contractId } = edge.provider
  const productId = await buildProduct(tenantId, 'Pool 100')
  await buying(edge, [{ feeKind: 'recurring', productId, price: '600' }])
  await poolOf(edge)
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
  await bill(edge.provider, [gb(112)])
  expect((await invoicesOfJune(edge)).map((amounts) => amounts?.[0])).toEqual([69_600n])
})

test('an operating unit is rated in full and gets no invoice, and nothing stands between the two', async () => {
  const edge = await buildSettledEdge()
  await agree(edge, { isOperatingUnit: true })
  setClock(fixedClock('2026-06-30T20:00:00Z'))
  await bill(edge.provider, [gb(400)])
  expect(await invoicesOfJune(edge)).toEqual([])
  const { tenantId } = edge.provider
  const [charge] = await asOffice(tenantId, ({ db }) => db.charge.findMany({ where: { tenantId }, take: 5 }))
  expect(charge?.amount.toFixed(2)).toBe('40.00')
  expect(await balances(edge.provider, 'receivable')).toEqual({})
})

test('terms hold from their day on: what was rated before them is invoiced as it was agreed then', async () => {
  const edge = await buildSettledEdge()
  await agree(edge, { pricing: 'discount-off-list', chargeTrigger: 'on-customer-payment', discounts: off('20') }, '2026-07-01')
  setClock(fixedClock('2026-07-31T20:00:00Z'))
  const july = { windowStart: new Date('2026-07-10T00:00:00Z'), windowEnd: new Date('2026-07-11T00:00:00Z') }
  await bill(edge.provider, [gb(400), reported({ quantity: '100000000000', ...july })])
  const invoiceId = await invoiceCustomer(edge)
  await customerPays(edge, { invoiceId, cents: 12_000n })
  await billMonth(edge.provider.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  await billMonth(edge.provider.tenantId, '2026-07', '2026-08-01T06:00:00Z')
  expect((await invoicesOf(edge.provider.tenantId)).map((invoice) => invoice.net.minor)).toEqual([4_000n, 8_000n])
})

test('an invoice falls due by the days of the terms that hold', async () => {
  const edge = await buildSettledEdge()
  await agree(edge, { creditTerms: { dueDays: 30, graceDays: 0 } })
  setClock(fixedClock('2026-06-30T20:00:00Z'))
  await bill(edge.provider, [gb(400)])
  await invoicesOfJune(edge)
  expect((await invoicesOf(edge.provider.tenantId))[0]).toMatchObject({ issueDate: '2026-07-01', dueDate: '2026-07-31' })
})
