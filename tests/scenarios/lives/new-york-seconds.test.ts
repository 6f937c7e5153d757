import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { requestChange } from '#app/services/subscriptions/request-change.server.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { balanceOf, billAsPreviewed, documentsOf, everythingHolds } from './life.ts'

afterEach(() => setClock())

test('a year in New York, by the second through both changes of the clocks, with a pause in August', async () => {
  const tenantId = await buildTenant({ country: 'US', currency: 'USD', timeZone: 'America/New_York', vatId: null, numberPrefix: 'NY' })
  const accountId = await buildAccount(tenantId, { country: 'US' })
  const productId = await buildProduct(tenantId, 'Box', 'second')
  const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: '45.00', productId }], 'USD')
  const contractId = await buildContract(tenantId, { accountId, priceBookId, currency: 'USD' })
  // Midnight of 8 March, two hours before an hour is left out.
  const subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-03-08T05:00:00Z' })
  const change = async (kind: 'pause' | 'resume' | 'cancel', at: string) => {
    setClock(fixedClock(at))
    const asked = { subscriptionId, change: { kind }, when: 'now', chosenBy: 'seller' } as const
    const requested = await asOffice(tenantId, (ctx) => requestChange(ctx, asked))
    if (!requested.ok) throw new Error(requested.error)
    await applyDueChanges(tenantId)
  }
  const bill = (month: string, next: string) => billAsPreviewed(tenantId, { month, at: `${next}T12:00:00Z` })

  await bill('2026-03', '2026-04-01')
  await bill('2026-04', '2026-05-01')
  await bill('2026-05', '2026-06-01')
  await bill('2026-06', '2026-07-01')
  await change('pause', '2026-08-01T04:00:00Z')
  await bill('2026-07', '2026-08-01')
  await change('resume', '2026-09-01T04:00:00Z')
  expect(await bill('2026-08', '2026-09-01')).toEqual([])
  await bill('2026-09', '2026-10-01')
  await bill('2026-10', '2026-11-01')
  // Midnight of 15 November, two weeks after an hour came twice.
  await change('cancel', '2026-11-15T05:00:00Z')
  await bill('2026-11', '2026-12-01')
  expect(await bill('2026-12', '2027-01-01')).toEqual([])

  // March: 575 of 743 hours. November: 337 of 721 hours. A seller that is not registered charges no tax.
  expect(await documentsOf(tenantId)).toEqual([
    'NY-2026-00001 2026-03-01 2026-04-01 3483 0 3483',
    'NY-2026-00002 2026-04-01 2026-05-01 4500 0 4500',
    'NY-2026-00003 2026-05-01 2026-06-01 4500 0 4500',
    'NY-2026-00004 2026-06-01 2026-07-01 4500 0 4500',
    'NY-2026-00005 2026-07-01 2026-08-01 4500 0 4500',
    'NY-2026-00006 2026-09-01 2026-10-01 4500 0 4500',
    'NY-2026-00007 2026-10-01 2026-11-01 4500 0 4500',
    'NY-2026-00008 2026-11-01 2026-12-01 2103 0 2103',
  ])
  expect(await balanceOf(tenantId, 'receivable')).toBe(32_586n)
  await everythingHolds(tenantId)
})
