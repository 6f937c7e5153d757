import { v7 } from 'uuid'
import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { acceptChange } from '#app/services/subscriptions/accept-change.server.ts'
import { applyDueChanges } from '#app/services/subscriptions/apply-change.server.ts'
import { previewSubscriptionChange } from '#app/services/subscriptions/preview-change.server.ts'
import { proposeChange } from '#app/services/subscriptions/request-change.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
  builtAt,
} from '#tests/support/builders.ts'
import { bill, buildCloud, buildMapping, reported } from '#tests/support/usage.ts'

afterEach(() => setClock())

/** Brandt's server `shop-01` on Web 1 since February, and Web 2 beside it on Meridian's list. */
async function brandt() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const web1 = await buildProduct(tenantId, 'Web 1')
  const web2 = await buildProduct(tenantId, 'Web 2')
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'setup', price: '10', productId: web1 },
    { feeKind: 'recurring', price: '19', productId: web1 },
    { feeKind: 'usage', price: '0.12', meter: 'traffic.sent', productId: web1, included: '100' },
    { feeKind: 'setup', price: '10', productId: web2 },
    { feeKind: 'recurring', price: '79', productId: web2 },
    { feeKind: 'usage', price: '0.04', meter: 'traffic.sent', productId: web2, included: '2000' },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId, feesInAdvance: true })
  const subscriptionId = await buildSubscription(tenantId, {
    accountId,
    contractId,
    productId: web1,
    startedAt: '2026-02-01T09:00:00Z',
  })
  const cloudRef = await buildCloud(tenantId)
  await buildMapping(tenantId, { cloudRef, accountId })
  await inTenant(tenantId, ({ db }) => db.resource.createMany({ data: [serverOf({ tenantId, accountId, subscriptionId, cloudRef })] }))
  return { tenantId, cloudRef, subscriptionId, web2 }
}

function serverOf(facts: { tenantId: string; accountId: string; subscriptionId: string; cloudRef: string }) {
  const server = { id: v7(), externalId: 'srv-1', kind: 'server', name: 'shop-01', state: 'running', address: null, zone: 'fra-1' }
  return { ...facts, ...server, spec: {}, isManaged: false, createdAt: builtAt }
}

/** Traffic of one day, in GB of 10^9 bytes. */
const sent = (day: string, gigabytes: number) =>
  reported({
    quantity: `${gigabytes}000000000`,
    windowStart: new Date(`${day}T06:00:00Z`),
    windowEnd: new Date(`${day}T07:00:00Z`),
  })

test('Brandt over-uses Web 1 in May, moves to Web 2 on 16 June, and pays 229.00, 181.00 and 79.00', async () => {
  const shop = await brandt()
  const { tenantId, subscriptionId, web2 } = shop
  setClock(fixedClock('2026-05-01T06:00:00Z'))
  await billMonth(tenantId, '2026-04', '2026-05-01T06:00:00Z')
  setClock(fixedClock('2026-06-01T05:00:00Z'))
  await bill(shop, [sent('2026-05-10', 900), sent('2026-05-20', 950)])
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')

  setClock(fixedClock('2026-06-12T09:00:00Z'))
  await bill(shop, [sent('2026-06-05', 650)])
  const proposal = {
    subscriptionId,
    change: { kind: 'plan', productId: web2 },
    when: { date: '2026-06-16' },
    chosenBy: 'seller',
  } as const
  const preview = await asOffice(tenantId, (ctx) => previewSubscriptionChange(ctx, proposal))
  if (!preview.ok) throw new Error(preview.error)
  expect(preview.value.lines.map(({ amount }) => amount.minor)).toEqual([-950n, 3950n])
  expect([preview.value.net.minor, preview.value.tax.minor, preview.value.total.minor]).toEqual([3000n, 570n, 3570n])
  const proposed = await asOffice(tenantId, (ctx) => proposeChange(ctx, proposal))
  if (!proposed.ok) throw new Error(proposed.error)
  await asOffice(tenantId, (ctx) => acceptChange(ctx, { subscriptionId, changeId: proposed.value.changeId }))

  setClock(fixedClock('2026-06-15T22:05:00Z'))
  await applyDueChanges(tenantId)
  setClock(fixedClock('2026-07-01T05:00:00Z'))
  await bill(shop, [sent('2026-06-20', 900)])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  setClock(fixedClock('2026-08-01T05:00:00Z'))
  await bill(shop, [sent('2026-07-10', 900), sent('2026-07-11', 900)])
  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')

  const invoices = await invoicesOf(tenantId)
  expect(invoices.slice(-3).map(amountsOf)).toEqual([
    [22900n, 4351n, 27251n],
    [18100n, 3439n, 21539n],
    [7900n, 1501n, 9401n],
  ])
  const july = invoices.at(-2)?.sections.flatMap(({ lines }) => lines.map((line) => [line.kind, line.net.minor]))
  expect(july).toEqual([
    ['recurring', -950n],
    ['recurring', 3950n],
    ['recurring', 7900n],
    ['usage', 7200n],
    ['usage', 0n],
  ])
})

test('traffic that comes late counts for the plan that ran when it was sent', async () => {
  const shop = await brandt()
  setClock(fixedClock('2026-06-16T09:00:00Z'))
  const { tenantId, subscriptionId, web2 } = shop
  await bill(shop, [sent('2026-06-04', 10)])
  const change = { subscriptionId, change: { kind: 'plan', productId: web2 }, when: 'now', chosenBy: 'seller' } as const
  const proposed = await asOffice(tenantId, (ctx) => proposeChange(ctx, change))
  if (!proposed.ok) throw new Error(proposed.error)
  await asOffice(tenantId, (ctx) => acceptChange(ctx, { subscriptionId, changeId: proposed.value.changeId }))
  await applyDueChanges(tenantId)
  setClock(fixedClock('2026-07-01T05:00:00Z'))
  await bill(shop, [sent('2026-06-20', 700), sent('2026-06-21', 400)])
  await bill(shop, [sent('2026-06-05', 60)])
  const charges = await asOffice(tenantId, ({ db }) =>
    db.charge.findMany({
      where: { tenantId, feeKind: 'usage' },
      select: { quantity: true, includedQuantity: true, amount: true },
      orderBy: { id: 'asc' },
    }),
  )
  expect(charges.map((each) => [each.quantity, each.includedQuantity, each.amount].map(String))).toEqual([
    ['10', '10', '0'],
    ['700', '700', '0'],
    ['400', '300', '4'],
    ['60', '40', '2.4'],
  ])
})
