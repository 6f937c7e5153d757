import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { releaseBegunMonths } from '#app/services/ledger/release-deferred.server.ts'
import { setDeferral } from '#app/services/ledger/set-deferral.server.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { balanceOf, documentsOf, everythingHolds, scheduleAt } from './life.ts'

afterEach(() => setClock())

test('a year in Vienna, billed on the 31st in advance: the last day of shorter months, and back again', async () => {
  const tenantId = await buildTenant({ country: 'AT', timeZone: 'Europe/Vienna', vatId: 'ATU12345675', numberPrefix: 'AH' })
  await asOffice(tenantId, (ctx) => setDeferral(ctx, { from: '2026-01-01' }))
  const accountId = await buildAccount(tenantId, { kind: 'personal', country: 'AT' })
  const productId = await buildProduct(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'recurring', price: '24.90', productId },
    { feeKind: 'setup', price: '15.00', productId },
  ])
  const cycle = { unit: 'month', day: 31 } as const
  const contractId = await buildContract(tenantId, {
    accountId,
    priceBookId,
    feesInAdvance: true,
    billingDay: 31,
    startsOn: '2025-12-31',
    cycle,
  })
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-01-30T23:00:00Z' })

  const days = ['01-31', '02-28', '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30']
  // Two runs each: of the day itself, and of the month that ended.
  for (const day of days) {
    await scheduleAt(tenantId, `2026-${day}T08:00:00Z`)
    await scheduleAt(tenantId, `2026-${day}T09:00:00Z`)
  }

  // 24.90 and 20 %, with the setup of 15.00 on the first. The period is the one that ends; what is paid for is the one that begins.
  const monthly = '2490 498 2988'
  expect(await documentsOf(tenantId)).toEqual([
    'AH-2026-00001 2025-12-31 2026-01-31 3990 798 4788',
    `AH-2026-00002 2026-01-31 2026-02-28 ${monthly}`,
    `AH-2026-00003 2026-02-28 2026-03-31 ${monthly}`,
    `AH-2026-00004 2026-03-31 2026-04-30 ${monthly}`,
    `AH-2026-00005 2026-04-30 2026-05-31 ${monthly}`,
    `AH-2026-00006 2026-05-31 2026-06-30 ${monthly}`,
    `AH-2026-00007 2026-06-30 2026-07-31 ${monthly}`,
    `AH-2026-00008 2026-07-31 2026-08-31 ${monthly}`,
    `AH-2026-00009 2026-08-31 2026-09-30 ${monthly}`,
    `AH-2026-00010 2026-09-30 2026-10-31 ${monthly}`,
    `AH-2026-00011 2026-10-31 2026-11-30 ${monthly}`,
  ])
  expect(await balanceOf(tenantId, 'receivable')).toBe(34_668n)

  // Each fee pays for its last day of one month and for most of the next. The months are closed in order; what is left to earn on
  // 30 November are the 30 December days of 31 of that day's fee: 24.10.
  for (const month of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'])
    expect(await asOffice(tenantId, (ctx) => closePeriod(ctx, { month: `2026-${month}` }))).toMatchObject({ ok: true })
  expect(await releaseBegunMonths(tenantId)).toBe(1)
  expect(await balanceOf(tenantId, 'deferred-revenue.recurring')).toBe(-2_410n)
  expect(await balanceOf(tenantId, 'revenue.recurring')).toBe(-(11n * 2_490n - 2_410n))
  await everythingHolds(tenantId)
})
