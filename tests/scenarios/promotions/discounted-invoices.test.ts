import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { activateOrder, attachOrder } from '#app/db/subscriptions/subscriptions.server.ts'
import { previewBillingRun } from '#app/services/billing/preview-billing-run.server.ts'
import { addDiscount } from '#app/services/promotions/add-discount.server.ts'
import { applyRedemptions } from '#app/services/promotions/redeem.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { buildPromotion, buildShop, buildShopper, countersOf, orderWith, type Shop } from './store.ts'

beforeEach(() => setClock(fixedClock('2026-06-05T14:40:00Z')))
afterEach(() => setClock())

const linesOf = async (tenantId: string, at: number) =>
  (await invoicesOf(tenantId))[at]?.sections.flatMap((section) =>
    section.lines.map((line) => `${section.name} ${line.kind} ${line.net.minor}`),
  )

/** The order's server runs from `startedAt` on. */
async function running(shop: Shop, orderId: string, startedAt: Date): Promise<void> {
  await asOffice(shop.tenantId, async (ctx) => {
    const { subscriptionId } = await attachOrder(ctx, {
      orderId,
      server: { cloudRef: orderId, externalId: orderId, state: 'running', address: null },
    })
    await activateOrder(ctx, orderId, { address: null, startedAt })
    await applyRedemptions(ctx, { orderId, subscriptionId, startedAt })
    await applyRedemptions(ctx, { orderId, subscriptionId, startedAt })
  })
}

test('a server on a Friday: the first period is 10 % less, the second is not', async () => {
  const shop = await buildShop([
    { feeKind: 'setup', price: '15.00' },
    { feeKind: 'recurring', price: '101.00' },
  ])
  const { accountId } = await buildShopper(shop)
  const built = await buildPromotion(shop, { budgetMinor: 5_000n })
  const order = await orderWith(shop, accountId, ['WEEKEND10'])
  if (!order.ok) throw new Error(order.error)
  await running(shop, order.value.orderId, new Date('2026-06-05T14:50:00Z'))

  const preview = await asOffice(shop.tenantId, (ctx) => previewBillingRun(ctx, { month: '2026-06' }))
  await billMonth(shop.tenantId, '2026-06', '2026-06-30T22:00:00Z')
  await billMonth(shop.tenantId, '2026-07', '2026-07-31T22:00:00Z')
  const [first, second] = await invoicesOf(shop.tenantId)
  expect(amountsOf(first)).toEqual([10_590n, 2_118n, 12_708n])
  expect(amountsOf(second)).toEqual([10_100n, 2_020n, 12_120n])
  expect(await linesOf(shop.tenantId, 0)).toEqual([
    'Tischlerei Huber OG setup 1500',
    'Tischlerei Huber OG recurring 10100',
    'Tischlerei Huber OG discount -1010',
  ])
  expect(preview.ok && preview.value.rows.map((row) => row.total.minor)).toEqual([12_708n])
  expect(await countersOf(shop, built)).toMatchObject({ spentMinor: 1_010n, redemptions: { applied: 1 } })
})

describe('a special discount for one customer', () => {
  let tenantId: string
  let productId: string
  let payer: string
  const enterprise = async (facts: { price?: string } = {}) => {
    tenantId = await buildTenant({ timeZone: 'Europe/Berlin' })
    productId = await buildProduct(tenantId, 'Compute L')
    payer = await buildAccount(tenantId, { name: 'Hanse Maschinenbau AG', kind: 'enterprise' })
    const { priceBookId } = await buildPriceBook(tenantId, [{ feeKind: 'recurring', price: facts.price ?? '120.00', productId }])
    return buildContract(tenantId, { accountId: payer, priceBookId })
  }
  const agreed = (changes: Partial<Parameters<typeof addDiscount>[1]> = {}) =>
    asOffice(tenantId, (ctx) =>
      addDiscount(ctx, {
        accountId: payer,
        name: '10 % off recurring',
        percent: '10',
        amount: null,
        scopes: ['recurring'],
        productGroups: [],
        priority: 100,
        isStackable: true,
        from: '2026-06-01',
        to: null,
        reason: 'agreed in May',
        ...changes,
      }),
    )

  test('stands in each department’s section and lowers the tax', async () => {
    const contractId = await enterprise()
    for (const [name, servers] of [
      ['R&D', 3],
      ['Sales', 1],
    ] as const) {
      const accountId = await buildAccount(tenantId, { name, parentAccountId: payer })
      for (let server = 0; server < servers; server += 1)
        await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
    }
    expect(await agreed()).toMatchObject({ ok: true })
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await linesOf(tenantId, 0)).toEqual([
      'R&D recurring 12000',
      'R&D recurring 12000',
      'R&D recurring 12000',
      'R&D discount -3600',
      'Sales recurring 12000',
      'Sales discount -1200',
    ])
    expect(amountsOf((await invoicesOf(tenantId))[0])).toEqual([43_200n, 8_208n, 51_408n])
  })

  test('as an amount is used up invoice by invoice, and the invoice over nothing is paid', async () => {
    const contractId = await enterprise({ price: '50.00' })
    await buildSubscription(tenantId, { accountId: payer, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
    await agreed({ percent: null, amount: { minor: 8_000n, currency: 'EUR' } })
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
    await billMonth(tenantId, '2026-08', '2026-09-01T06:00:00Z')
    const invoices = await invoicesOf(tenantId)
    expect(invoices.map((invoice) => [invoice.net.minor, invoice.status])).toEqual([
      [0n, 'paid'],
      [2_000n, 'overdue'],
      [5_000n, 'open'],
    ])
    const uses = await asOffice(tenantId, ({ db }) => db.discountUse.findMany({ where: { tenantId }, orderBy: { createdAt: 'asc' } }))
    expect(uses.map((use) => use.amountMinor)).toEqual([5_000n, 3_000n])
  })

  test('in another currency does not apply, and the invoice says so', async () => {
    const contractId = await enterprise()
    await buildSubscription(tenantId, { accountId: payer, contractId, productId, startedAt: '2026-05-31T22:00:00Z' })
    await agreed({ percent: null, amount: { minor: 8_000n, currency: 'USD' } })
    await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
    const [invoice] = await invoicesOf(tenantId)
    expect(amountsOf(invoice)).toEqual([12_000n, 2_280n, 14_280n])
    expect(invoice?.sections[0]?.lines.at(-1)?.subject.discount).toMatchObject({
      refusal: 'other-currency',
      leftMinor: '8000',
      leftCurrency: 'USD',
    })
  })
})
