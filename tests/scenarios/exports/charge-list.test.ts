import { afterEach, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { listCharges } from '#app/reports/charges/list.server.ts'
import type { ChargeListFilter } from '#app/reports/charges/shape.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'

let tenantId: string
let brandt: string
let huber: string
let productId: string

beforeAll(async () => {
  tenantId = await buildTenant()
  productId = await buildProduct(tenantId)
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const rated = { priceVersionId, priceRuleId: ruleIds[0] ?? '' }
  brandt = await buildAccount(tenantId, { name: 'Brandt' })
  huber = await buildAccount(tenantId, { name: 'Huber' })
  const of = { accountId: brandt, contractId: await buildContract(tenantId, { accountId: brandt, priceBookId }), ...rated }
  const ofHuber = { accountId: huber, contractId: await buildContract(tenantId, { accountId: huber, priceBookId }), ...rated }
  await buildCharges(tenantId, [
    { ...of, billingPeriod: '2026-03-01', amount: '1' },
    { ...of, billingPeriod: '2026-06-01', amount: '2', productId },
    { ...ofHuber, billingPeriod: '2026-06-05', amount: '4' },
    { ...ofHuber, billingPeriod: '2026-07-05', amount: '8' },
  ])
})
afterEach(() => setClock())

async function shown(filter: Partial<ChargeListFilter>, today = '2026-06-20') {
  setClock(fixedClock(`${today}T10:00:00Z`))
  const { rows, totals, total, month } = await asOffice(tenantId, (ctx) => listCharges(ctx, { page: 1, ...filter }))
  return { month, amounts: rows.map(({ amount }) => amount), sum: totals.map(({ minor }) => minor), total }
}

test('without a month the newest that has begun is shown, never all months of all customers', async () => {
  expect(await shown({})).toEqual({ month: '2026-06', amounts: ['4', '2'], sum: [600n], total: 2 })
  expect(await shown({}, '2026-07-01')).toEqual({ month: '2026-07', amounts: ['8'], sum: [800n], total: 1 })
  expect(await shown({}, '2026-01-15')).toMatchObject({ month: '2026-03' })
  expect(await shown({ productId })).toMatchObject({ month: '2026-06', amounts: ['2'] })
})

test('one customer is shown over all months, or over the one that is asked for', async () => {
  expect(await shown({ accountId: huber })).toEqual({ month: null, amounts: ['8', '4'], sum: [1200n], total: 2 })
  expect(await shown({ accountId: huber, month: '2026-07' })).toEqual({ month: '2026-07', amounts: ['8'], sum: [800n], total: 1 })
  expect(await shown({ accountId: brandt, month: '2026-07' })).toMatchObject({ amounts: [], total: 0 })
})

test('the months to choose reach from the oldest charge to the newest, and hold the one that is asked for', async () => {
  const monthsOf = async (month?: string) =>
    (await asOffice(tenantId, (ctx) => listCharges(ctx, { page: 1, ...(month ? { month } : {}) }))).months
  expect(await monthsOf()).toEqual(['2026-07', '2026-06', '2026-05', '2026-04', '2026-03'])
  expect((await monthsOf('2025-12')).at(-1)).toBe('2025-12')
  const empty = await buildTenant({ slug: 'empty' })
  expect(await asOffice(empty, (ctx) => listCharges(ctx, { page: 1 }))).toMatchObject({ hasAny: false, months: [], month: null })
})
