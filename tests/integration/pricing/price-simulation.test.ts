import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import { readBookHistory } from '#app/reports/plans/history.server.ts'
import { listPlans } from '#app/reports/plans/query.server.ts'
import { readUsageOf } from '#app/reports/price-simulation/query.server.ts'
import { publishVersion } from '#app/services/pricing/publish-version.server.ts'
import { startPlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { simulateUsage } from '#app/services/pricing/simulate-prices.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { buildPriceBook, buildProduct, buildTenant } from '#tests/support/builders.ts'
import { bill, buildBuyer, buildCloud, buildSeller, ran } from '#tests/support/usage.ts'

beforeEach(() => setClock(fixedClock('2026-06-12T08:00:00Z')))
afterEach(() => setClock())

const gigabytes = (quantity: string): SheetUsage => ({
  row: 2,
  meter: 'traffic.sent',
  unit: 'GB',
  quantity: new Decimal(quantity),
  start: new Date('2026-06-01T10:00:00Z'),
  end: new Date('2026-06-01T11:00:00Z'),
  resource: null,
  subscription: null,
  dimensions: {},
})

test('a plan of a book is simulated with its fees, and use it does not price falls to the rate card', async () => {
  const tenantId = await buildTenant()
  const productId = await buildProduct(tenantId, 'web')
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'setup', price: '5', productId },
    { feeKind: 'recurring', price: '20', productId },
    { feeKind: 'usage', price: '0.10', meter: 'traffic.sent' },
  ])
  const plan = { kind: 'book', priceBookId, productId } as const
  const simulated = await inTenant(tenantId, (ctx) => simulateUsage(ctx, { plan, usage: [gigabytes('33')], zone: 'Europe/Berlin' }))
  const lines = simulated.ok ? simulated.value.prices.lines.map(({ charge }) => [charge.feeKind, charge.amount.toFixed()]) : []
  expect(lines).toEqual([
    ['setup', '5'],
    ['recurring', '20'],
    ['usage', '3.3'],
  ])
  expect(simulated.ok && simulated.value.prices.total).toEqual({ minor: 2830n, currency: 'EUR' })
})

test('a plan that is wrong or not there is refused by name', async () => {
  const tenantId = await buildTenant()
  const ask = (text: string) => inTenant(tenantId, (ctx) => simulateUsage(ctx, { plan: { kind: 'file', text }, usage: [], zone: 'UTC' }))
  expect(await ask('{')).toEqual({ ok: false, error: 'not-json' })
  expect(await ask('{"format":"livery-plan/2"}')).toMatchObject({ ok: false, error: 'bad-plan' })
})

test('the real use of a customer is what was accepted of a month', async () => {
  const seller = await buildSeller()
  await bill(seller, [ran('1')])
  const usage = await inTenant(seller.tenantId, (ctx) => readUsageOf(ctx, seller.accountId, monthOf('Europe/Berlin', 2026, 6)))
  expect(usage.map(({ meter, quantity }) => [meter, quantity.toFixed()])).toEqual([['server.running', '1']])
})

test('the versions of a book are compared price by price, and the list shows what is in force and what comes', async () => {
  const tenantId = await buildTenant()
  const productId = await buildProduct(tenantId, 'web')
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '20', productId },
    { feeKind: 'usage', price: '0.10', meter: 'traffic.sent' },
  ])
  await inTenant(tenantId, async (ctx) => {
    const validFrom = new Date('2026-07-01T00:00:00Z')
    const change = (rule: Parameters<Parameters<typeof publishVersion>[1]['change']>[0]) =>
      rule.feeKind === 'recurring' ? { ...rule, unitPrice: new Decimal(25) } : rule
    await publishVersion(ctx, { priceBookId, validFrom, note: null, change })
    await startPlanDraft(ctx, { priceBookId, productId: null })
  })
  const history = await inTenant(tenantId, (ctx) => readBookHistory(ctx, priceBookId, {}))
  expect(history?.compared?.prices.map(({ feeKind, before, after }) => [feeKind, before?.[0]?.values, after?.[0]?.values])).toEqual([
    ['recurring', { price: { price: '20' } }, { price: { price: '25' } }],
  ])
  const { books, drafts } = await inTenant(tenantId, (ctx) => listPlans(ctx))
  expect(books).toMatchObject([{ current: 1, prices: 2, nextFrom: new Date('2026-07-01T00:00:00Z') }])
  expect(drafts).toMatchObject([{ state: 'draft', currency: 'EUR' }])
})

test('`livery price simulate --tenant` rates the use of an account by a plan that the seller has stored', async () => {
  const tenantId = await buildTenant({ slug: 'simulating' })
  const cloudRef = await buildCloud(tenantId)
  const { accountId } = await buildBuyer(tenantId, cloudRef)
  await bill({ tenantId, cloudRef }, [ran('1')])
  const out: string[] = []
  const line = `price simulate --tenant simulating --account ${toPublicId('account', accountId)} --month 2026-06 --zone Europe/Berlin --json --book`
  const simulate = (book: string) =>
    runLivery([...line.split(' '), book], { out: (text) => out.push(text), problem: (text) => out.push(text) })
  const { code } = await inTenant(tenantId, ({ db }) => db.priceBook.findFirstOrThrow({ select: { code: true } }))
  expect(await simulate(code)).toBe(0)
  expect(JSON.parse(out.join(''))).toMatchObject({ currency: 'EUR', lines: [{ meter: 'server.running', quantity: '1' }] })
  out.length = 0
  expect(await simulate('nowhere')).toBe(2)
  expect(out.join('')).toContain('there is no price book "nowhere"')
})
