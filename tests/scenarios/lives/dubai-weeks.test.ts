import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { balanceOf, documentsOf, everythingHolds, scheduleAt } from './life.ts'

afterEach(() => setClock())

test('a year in Dubai, billed every four weeks for what was used, in dirhams', async () => {
  const tenantId = await buildTenant({
    country: 'AE',
    currency: 'AED',
    timeZone: 'Asia/Dubai',
    vatId: '100398215500003',
    numberPrefix: 'NK',
  })
  const accountId = await buildAccount(tenantId, { country: 'AE' })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '0.3333', meter: 'traffic.sent' }], 'AED')
  const cycle = { unit: 'week', count: 4 } as const
  const contractId = await buildContract(tenantId, {
    accountId,
    priceBookId: book.priceBookId,
    currency: 'AED',
    startsOn: '2025-12-29',
    cycle,
  })
  // 7 GB every Wednesday, 0.3333 each: 2.3331 a week.
  const wednesdays = Array.from({ length: 52 }, (_, week) => addDays('2025-12-31', 7 * week))
  await buildCharges(
    tenantId,
    wednesdays.map((day) => ({
      accountId,
      contractId,
      priceVersionId: book.priceVersionId,
      priceRuleId: book.ruleIds[0] ?? '',
      currency: 'AED',
      billingPeriod: `${day.slice(0, 7)}-01`,
      day,
      quantity: '7',
      unitPrice: '0.3333',
      amount: '2.3331',
    })),
  )
  for (let day = '2026-01-26'; day <= '2026-12-28'; day = addDays(day, 28)) {
    await scheduleAt(tenantId, `${day}T06:00:00Z`)
    await scheduleAt(tenantId, `${day}T07:00:00Z`)
  }
  // Three Wednesdays are 7.00 and one is 2.33; a month with five comes to 11.67, so that its last two are 4.67 (B4).
  expect(await documentsOf(tenantId)).toEqual([
    'NK-2026-00001 2025-12-29 2026-01-26 933 47 980',
    'NK-2026-00002 2026-01-26 2026-02-23 933 47 980',
    'NK-2026-00003 2026-02-23 2026-03-23 933 47 980',
    'NK-2026-00004 2026-03-23 2026-04-20 933 47 980',
    'NK-2026-00005 2026-04-20 2026-05-18 934 47 981',
    'NK-2026-00006 2026-05-18 2026-06-15 933 47 980',
    'NK-2026-00007 2026-06-15 2026-07-13 933 47 980',
    'NK-2026-00008 2026-07-13 2026-08-10 933 47 980',
    'NK-2026-00009 2026-08-10 2026-09-07 933 47 980',
    'NK-2026-00010 2026-09-07 2026-10-05 934 47 981',
    'NK-2026-00011 2026-10-05 2026-11-02 933 47 980',
    'NK-2026-00012 2026-11-02 2026-11-30 933 47 980',
    'NK-2026-00013 2026-11-30 2026-12-28 933 47 980',
  ])
  // 11 x 9.80 and 2 x 9.81.
  expect(await balanceOf(tenantId, 'receivable')).toBe(12_742n)
  await everythingHolds(tenantId)
})
