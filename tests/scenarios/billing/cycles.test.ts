import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { setInvoiceCycle } from '#app/services/accounts/set-invoice-cycle.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { runBilling } from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildCharges, buildPriceBook, buildProduct, buildSubscription, type ContractFacts } from '#tests/support/builders.ts'
import { buildBuyer, buildSeller, type Seller, useDaily, used } from './seller.ts'

afterEach(() => setClock())

/** What the schedule does at `at`: opens what is due and runs it. Returns how many invoices that made. */
async function scheduleAt(seller: Seller, at: string): Promise<number> {
  setClock(fixedClock(at))
  if (!(await openDueRun(seller.tenantId))) return 0
  const [run] = await inTenant(seller.tenantId, ({ db }) =>
    db.billingRun.findMany({ where: { tenantId: seller.tenantId }, orderBy: { periodEnd: 'desc' }, take: 1, select: { id: true } }),
  )
  const outcome = await runBilling(processOf(seller.tenantId, {}), { billingRunId: run?.id ?? '' })
  return outcome.ok ? outcome.value.finalised : -1
}

/** A customer whose plan costs 19.00 a month, invoiced as `cycle` says; on the 15th when it says nothing. */
async function shopOf(seller: Seller, cycle: NonNullable<ContractFacts['cycle']> = { unit: 'month', day: 15 }) {
  const productId = await buildProduct(seller.tenantId)
  const book = await buildPriceBook(seller.tenantId, [{ feeKind: 'recurring', price: '19.00', productId }])
  const anchor = cycle.day ? { billingDay: cycle.day, startsOn: '2026-05-15' } : {}
  return { productId, buyer: await buildBuyer(seller, 'Shop', { priceBookId: book.priceBookId, cycle, ...anchor }) }
}

const periodsOf = async ({ tenantId }: Seller) =>
  (await invoicesOf(tenantId)).map((invoice) => [invoice.periodStart, invoice.periodEnd, invoice.net.minor])

describe('a contract invoiced by the day', () => {
  test('gets what each day cost, and a run a day later bills nothing of it again', async () => {
    const seller = await buildSeller()
    const buyer = await buildBuyer(seller, 'Daily', { cycle: { unit: 'day' } })
    await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')
    await useDaily(seller, buyer, { from: '2026-06-01', days: 3, gb: '5' })
    expect(await scheduleAt(seller, '2026-06-02T05:00:00Z')).toBe(1)
    expect(await scheduleAt(seller, '2026-06-03T05:00:00Z')).toBe(1)
    expect(await scheduleAt(seller, '2026-06-03T05:30:00Z')).toBe(0)
    expect(await periodsOf(seller)).toEqual([
      ['2026-06-01', '2026-06-02', 500n],
      ['2026-06-02', '2026-06-03', 500n],
    ])
  })

  test('pays for thirds of a cent what they come to over the days, on lines that are no corrections', async () => {
    const seller = await buildSeller()
    const buyer = await buildBuyer(seller, 'Daily', { cycle: { unit: 'day' } })
    await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')
    const third = { gb: '1', amount: '0.013333333333', unitPrice: '0.013333333333' }
    await buildCharges(
      seller.tenantId,
      ['2026-06-01', '2026-06-02', '2026-06-03'].map((day) => used(seller, buyer, { day, ...third })),
    )
    for (const at of ['2026-06-02', '2026-06-03', '2026-06-04']) await scheduleAt(seller, `${at}T05:00:00Z`)
    const lines = (await invoicesOf(seller.tenantId)).flatMap(({ sections }) => sections.flatMap((section) => section.lines))
    expect(lines.map((line) => [line.kind, line.net.minor])).toEqual([
      ['usage', 1n],
      ['usage', 2n],
      ['usage', 1n],
    ])
  })

  test('finds the days that no run billed on one invoice', async () => {
    const seller = await buildSeller()
    const buyer = await buildBuyer(seller, 'Daily', { cycle: { unit: 'day' } })
    await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')
    await useDaily(seller, buyer, { from: '2026-06-01', days: 5, gb: '2' })
    await scheduleAt(seller, '2026-06-06T05:00:00Z')
    expect(await periodsOf(seller)).toEqual([['2026-06-01', '2026-06-06', 1000n]])
  })
})

test('a contract invoiced on the 15th gets its fee of the month on the 15th, and the run of the month leaves it alone', async () => {
  const seller = await buildSeller()
  const { buyer, productId } = await shopOf(seller)
  await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')
  expect(await scheduleAt(seller, '2026-06-14T05:00:00Z')).toBe(0)
  await buildSubscription(seller.tenantId, { ...buyer, productId, startedAt: '2026-05-14T22:00:00Z' })
  expect(await scheduleAt(seller, '2026-06-15T05:00:00Z')).toBe(1)
  expect(await billMonth(seller.tenantId, '2026-06', '2026-07-01T05:00:00Z')).toBe(0)
  expect(await periodsOf(seller)).toEqual([['2026-05-15', '2026-06-15', 1900n]])
})

test('a quarter is one invoice for three months of fees and traffic, with the run of its last month', async () => {
  const seller = await buildSeller()
  const { buyer, productId } = await shopOf(seller, { unit: 'month', count: 3 })
  await buildSubscription(seller.tenantId, { ...buyer, productId, startedAt: '2026-03-31T22:00:00Z' })
  for (const month of ['04', '05', '06']) await buildCharges(seller.tenantId, [used(seller, buyer, { day: `2026-${month}-10`, gb: '7' })])
  expect(await billMonth(seller.tenantId, '2026-04', '2026-05-01T05:00:00Z')).toBe(0)
  expect(await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')).toBe(0)
  expect(await billMonth(seller.tenantId, '2026-06', '2026-07-01T05:00:00Z')).toBe(1)
  expect(await periodsOf(seller)).toEqual([['2026-04-01', '2026-07-01', 3n * 1900n + 2100n]])
})

test('a customer who is invoiced by the week from now on gets what is open on the first weekly invoice, and nothing twice', async () => {
  const seller = await buildSeller()
  const buyer = await buildBuyer(seller, 'Changed')
  await useDaily(seller, buyer, { from: '2026-05-30', days: 2, gb: '3' })
  await billMonth(seller.tenantId, '2026-05', '2026-06-01T05:00:00Z')
  await useDaily(seller, buyer, { from: '2026-06-01', days: 10, gb: '1' })
  const set = (unit: 'week' | 'month', day: number | null) =>
    asOffice(seller.tenantId, (ctx) => setInvoiceCycle(ctx, { accountId: buyer.accountId, unit, count: 1, day, fees: 'in-arrears' }))
  expect(await set('week', 15)).toEqual({ ok: false, error: 'day-without-month' })
  expect(await set('week', null)).toEqual({ ok: true })

  expect(await scheduleAt(seller, '2026-06-15T08:00:00Z')).toBe(1)
  expect(await billMonth(seller.tenantId, '2026-06', '2026-07-01T05:00:00Z')).toBe(0)
  expect(await periodsOf(seller)).toEqual([
    ['2026-05-01', '2026-06-01', 600n],
    ['2026-06-01', '2026-06-15', 1000n],
  ])
})
