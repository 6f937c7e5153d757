import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { acceptChange } from '#app/services/subscriptions/accept-change.server.ts'
import { applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { proposeChange } from '#app/services/subscriptions/request-change.server.ts'
import {
  asOffice,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { balanceOf, billAsPreviewed, documentsOf, everythingHolds } from './life.ts'

afterEach(() => setClock())

/** A shop in Berlin on Web 1 at 19.00, with 0.12 for each GB above 100; Web 2 costs 79.00. */
async function shop() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const [web1, web2] = [await buildProduct(tenantId, 'Web 1'), await buildProduct(tenantId, 'Web 2')]
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'usage', price: '0.12', meter: 'traffic.sent' },
    { feeKind: 'recurring', price: '19.00', productId: web1 },
    { feeKind: 'recurring', price: '79.00', productId: web2 },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId: web1, startedAt: '2026-01-01T08:00:00Z' })
  const use = (month: string, gb: string, amount: string, included = '0') =>
    buildCharges(tenantId, [
      {
        accountId,
        contractId,
        subscriptionId,
        productId: web1,
        priceVersionId: book.priceVersionId,
        priceRuleId: book.ruleIds[0] ?? '',
        billingPeriod: `${month}-01`,
        day: `${month}-10`,
        quantity: String(Number(gb) + Number(included)),
        included,
        billed: gb,
        unitPrice: '0.12',
        amount,
      },
    ])
  const move = async (productId: string, date: string, at: string, appliedAt: string) => {
    setClock(fixedClock(at))
    const change = { subscriptionId, change: { kind: 'plan', productId }, when: { date }, chosenBy: 'seller' } as const
    const proposed = await asOffice(tenantId, (ctx) => proposeChange(ctx, change))
    if (!proposed.ok) throw new Error(proposed.error)
    await asOffice(tenantId, (ctx) => acceptChange(ctx, { subscriptionId, changeId: proposed.value.changeId }))
    setClock(fixedClock(appliedAt))
    await applyDueChanges(tenantId)
  }
  return { tenantId, web1, web2, use, move }
}

test('a year in Berlin, billed by the month in arrears: up in June, down in October, traffic that comes late', async () => {
  const { tenantId, web1, web2, use, move } = await shop()
  const bill = (month: string, at: string) => billAsPreviewed(tenantId, { month, at })
  const bills: bigint[] = []
  bills.push(...(await bill('2026-01', '2026-02-01T06:00:00Z')))
  bills.push(...(await bill('2026-02', '2026-03-01T06:00:00Z')))
  await use('2026-03', '150', '18.00', '100')
  bills.push(...(await bill('2026-03', '2026-04-01T06:00:00Z')))
  await use('2026-03', '10', '1.20')
  bills.push(...(await bill('2026-04', '2026-05-01T06:00:00Z')))
  bills.push(...(await bill('2026-05', '2026-06-01T06:00:00Z')))
  await move(web2, '2026-06-16', '2026-06-12T09:00:00Z', '2026-06-15T22:05:00Z')
  bills.push(...(await bill('2026-06', '2026-07-01T06:00:00Z')))
  bills.push(...(await bill('2026-07', '2026-08-01T06:00:00Z')))
  bills.push(...(await bill('2026-08', '2026-09-01T06:00:00Z')))
  await move(web1, '2026-10-01', '2026-09-20T09:00:00Z', '2026-09-30T22:05:00Z')
  bills.push(...(await bill('2026-09', '2026-10-01T06:00:00Z')))
  bills.push(...(await bill('2026-10', '2026-11-01T06:00:00Z')))
  bills.push(...(await bill('2026-11', '2026-12-01T06:00:00Z')))
  bills.push(...(await bill('2026-12', '2027-01-01T06:00:00Z')))

  // Net, 19 % of it to the cent, both. June: 15/30 of 19.00 and 15/30 of 79.00.
  expect(await documentsOf(tenantId)).toEqual([
    'MG-2026-00001 2026-01-01 2026-02-01 1900 361 2261',
    'MG-2026-00002 2026-02-01 2026-03-01 1900 361 2261',
    'MG-2026-00003 2026-03-01 2026-04-01 3700 703 4403',
    'MG-2026-00004 2026-04-01 2026-05-01 2020 384 2404',
    'MG-2026-00005 2026-05-01 2026-06-01 1900 361 2261',
    'MG-2026-00006 2026-06-01 2026-07-01 4900 931 5831',
    'MG-2026-00007 2026-07-01 2026-08-01 7900 1501 9401',
    'MG-2026-00008 2026-08-01 2026-09-01 7900 1501 9401',
    'MG-2026-00009 2026-09-01 2026-10-01 7900 1501 9401',
    'MG-2026-00010 2026-10-01 2026-11-01 1900 361 2261',
    'MG-2026-00011 2026-11-01 2026-12-01 1900 361 2261',
    'MG-2027-00001 2026-12-01 2027-01-01 1900 361 2261',
  ])
  expect(bills).toHaveLength(12)
  expect(await balanceOf(tenantId, 'receivable')).toBe(54_407n)
  expect(await balanceOf(tenantId, 'revenue.recurring')).toBe(-43_800n)
  expect(await balanceOf(tenantId, 'revenue.usage')).toBe(-1_920n)
  await everythingHolds(tenantId)
})
