import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { correctVersion } from '#app/services/pricing/publish-version.server.ts'
import { approveReRate, requestReRate } from '#app/services/rerating/request-re-rate.server.ts'
import { invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import { postReRate, previewReRate } from '#tests/support/rerating.ts'
import { bill, buildCloud, buildMapping, reported } from '#tests/support/usage.ts'
import { balanceOf, billAsPreviewed, documentsOf, everythingHolds } from './life.ts'

afterEach(() => setClock())

const anna = { actor: { kind: 'user', userId: '0197a000-0000-7000-8000-00000000000a' } } as const
const ben = { actor: { kind: 'user', userId: '0197a000-0000-7000-8000-00000000000b' } } as const
const sent = (gb: number, day: string) =>
  reported({ quantity: `${gb}000000000`, windowStart: new Date(`${day}T00:00:00Z`), windowEnd: new Date(`${day}T12:00:00Z`) })

/** Ahorn in Vienna, invoiced by the quarter: 15.20 a month, and traffic typed at 1.00 a GB above 100 where 0.10 was meant. */
async function reseller() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId, { name: 'Ahorn Hosting GmbH', country: 'AT', vatId: 'ATU12345675' })
  const productId = await buildProduct(tenantId)
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'usage', meter: 'traffic.sent', price: '1.00', included: '100' },
    { feeKind: 'recurring', price: '15.20', productId },
  ])
  const cycle = { unit: 'month', count: 3 } as const
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId, cycle })
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-01-01T08:00:00Z' })
  const cloudRef = await buildCloud(tenantId)
  await buildMapping(tenantId, { cloudRef, accountId })
  return { tenantId, cloudRef, priceVersionId: book.priceVersionId }
}

/** The price is put right over its whole span, and February is rated again: Anna asks, Ben agrees. */
async function reRateFebruary({ tenantId, priceVersionId }: { tenantId: string; priceVersionId: string }): Promise<void> {
  const change = <Rule extends { readonly feeKind: string }>(rule: Rule) =>
    rule.feeKind === 'usage' ? { ...rule, unitPrice: new Decimal('0.10') } : rule
  const corrected = await asOffice(tenantId, (ctx) => correctVersion(ctx, { priceVersionId, note: 'A decimal point was missing', change }))
  if (!corrected.ok) throw new Error(corrected.error)
  const whole = { priceBookIds: [], priceVersionIds: [], productIds: [], accountIds: [] }
  const scope = { ...whole, meters: ['traffic.sent'], from: '2026-02-01', through: '2026-02-01' }
  const requested = await inTenant(tenantId, (ctx) => requestReRate(ctx, { scope, reason: 'Wrong price' }), anna)
  if (!requested.ok) throw new Error(requested.error)
  await previewReRate(tenantId, requested.value.runId)
  const approved = await inTenant(tenantId, (ctx) => approveReRate(ctx, requested.value), ben)
  if (!approved.ok) throw new Error(approved.error)
  await postReRate(tenantId, requested.value.runId)
}

test('a year of a reseller, billed by the quarter under reverse charge: a wrong price rated again, an outage credited', async () => {
  const shop = await reseller()
  const { tenantId } = shop
  const quarter = (month: string, at: string) => billAsPreviewed(tenantId, { month, at: `${at}T06:00:00Z` })

  setClock(fixedClock('2026-02-20T06:00:00Z'))
  await bill(shop, [sent(150, '2026-02-10'), sent(50, '2026-02-12')])
  await quarter('2026-03', '2026-04-01')
  setClock(fixedClock('2026-04-10T08:00:00Z'))
  await reRateFebruary(shop)
  setClock(fixedClock('2026-05-20T06:00:00Z'))
  await bill(shop, [sent(1_100, '2026-05-10')])
  await quarter('2026-06', '2026-07-01')
  await quarter('2026-09', '2026-10-01')
  setClock(fixedClock('2026-10-12T08:00:00Z'))
  const third = (await invoicesOf(tenantId)).find(({ periodStart }) => periodStart === '2026-07-01')
  expect(await creditAmount(tenantId, third?.id ?? '', 1_520n)).toMatchObject({ ok: true })
  await quarter('2026-12', '2027-01-01')

  // 3 x 15.20 = 45.60. February: 100 GB at 1.00, then 10.00 instead of 100.00. May: 1,000 GB at 0.10.
  expect((await documentsOf(tenantId)).sort()).toEqual([
    'MG-2026-00001 2026-01-01 2026-04-01 14560 0 14560',
    'MG-2026-00002 2026-04-01 2026-07-01 5560 0 5560',
    'MG-2026-00003 2026-07-01 2026-10-01 4560 0 4560',
    'MG-2027-00001 2026-10-01 2027-01-01 4560 0 4560',
    'MG-CN-2026-00001 2026-07-01 2026-10-01 1520 0 1520',
  ])
  expect(await balanceOf(tenantId, 'receivable')).toBe(27_720n)
  await everythingHolds(tenantId)
})
