import { v7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { runBilling } from '#app/services/billing/run-billing.server.ts'
import { keepPreference } from '#app/services/delivery/keep-recipients.server.ts'
import { orderUpstream } from '#app/services/orders/order-upstream.server.ts'
import { activateChain, attachChain, type BuiltServer, invoiceChain } from '#app/services/orders/provision-order.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, type ContractFacts } from '#tests/support/builders.ts'
import { buildFriday } from '../orders/friday.ts'
import { buildPromotion, buildShop, orderWith, type Shop } from '../promotions/store.ts'

afterEach(() => setClock())

const web1 = [
  { feeKind: 'setup', price: '15.00' },
  { feeKind: 'recurring', price: '24.90' },
] as const

async function shopper(shop: Shop, name: string, facts: Partial<ContractFacts> = {}, country = 'AT'): Promise<string> {
  const accountId = await buildAccount(shop.tenantId, { name, country })
  await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId, invoicesOrders: true, ...facts })
  return accountId
}

const builtServer = (): BuiltServer => ({ cloudRef: v7(), ref: v7(), state: 'running', address: '192.0.2.10' })

/** Orders at `at`; the server is there two minutes later, and the order is invoiced. */
async function orderAt(
  at: string,
  shop: Shop,
  accountId: string,
  codes: readonly string[] = [],
  facts: Parameters<typeof orderWith>[3] = {},
) {
  setClock(fixedClock(at))
  const order = await orderWith(shop, accountId, codes, facts)
  if (!order.ok) throw new Error(order.error)
  const chain = await orderUpstream({ tenantId: shop.tenantId, orderId: order.value.orderId })
  if (!chain.ok) throw new Error(chain.error)
  const startedAt = new Date(new Date(at).getTime() + 120_000)
  setClock(fixedClock(startedAt.toISOString()))
  const server = facts.projectId ? builtServer() : null
  await attachChain(chain.value, server)
  await activateChain(chain.value, server, startedAt)
  await invoiceChain(chain.value)
  return chain.value
}

const linesOf = async (tenantId: string) =>
  (await invoicesOf(tenantId)).map(({ issueDate, sections, total }) => {
    const lines = sections.flatMap((section) => section.lines.map(({ kind, net }) => `${kind} ${net.minor}`))
    return [issueDate, ...lines, Number(total.minor)]
  })

describe('a contract that has its orders invoiced', () => {
  test('Linde pays 15.00 and 24.90 on 1 June, 47.88, and 24.90 on 1 July', async () => {
    const shop = await buildShop(web1)
    await orderAt('2026-06-01T08:00:00Z', shop, await shopper(shop, 'Café Linde e.U.'))
    expect(await linesOf(shop.tenantId)).toEqual([['2026-06-01', 'setup 1500', 'recurring 2490', 4788]])

    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect((await linesOf(shop.tenantId)).slice(1)).toEqual([['2026-07-01', 'recurring 2490', 2988]])
  })

  test('Huber pays 139.20 by anniversary, or 127.08 with the code, and 121.20 on 5 July', async () => {
    setClock(fixedClock('2026-06-05T14:40:00Z'))
    const { shop, codeOf } = await buildFriday()
    await buildPromotion(shop)
    const terms = { billingDay: 5, cycle: { unit: 'month', day: 5 } } as const
    const options = { optionCodes: [codeOf('mysql')] }
    await orderAt('2026-06-05T14:40:00Z', shop, await shopper(shop, 'Plain', terms), [], options)
    await orderAt('2026-06-05T14:45:00Z', shop, await shopper(shop, 'Tischlerei Huber OG', terms), ['WEEKEND10'], options)
    const first = await invoicesOf(shop.tenantId)
    expect(first.map(amountsOf)).toEqual([
      [11_600n, 2_320n, 13_920n],
      [10_590n, 2_118n, 12_708n],
    ])

    await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')
    expect(await invoicesOf(shop.tenantId)).toHaveLength(2)
    setClock(fixedClock('2026-07-05T06:00:00Z'))
    expect(await openDueRun(shop.tenantId)).toBe(true)
    await finishRuns(shop.tenantId)
    expect((await invoicesOf(shop.tenantId)).slice(2).map(({ issueDate, total }) => [issueDate, total.minor])).toEqual([
      ['2026-07-05', 12_120n],
      ['2026-07-05', 12_120n],
    ])
  })

  test('Keller pays 40.97 CHF on 8 June, with the first number of the series', async () => {
    const shop = await lakeside()
    const accountId = await shopper(shop, 'Praxis Keller AG', { currency: 'CHF', billingDay: 8, cycle: { unit: 'month', day: 8 } }, 'CH')
    await orderAt('2026-06-08T07:00:00Z', shop, accountId)
    const [invoice] = await invoicesOf(shop.tenantId)
    expect([invoice?.number, invoice?.issueDate, invoice?.total]).toEqual([
      'LC-2026-00001',
      '2026-06-08',
      { minor: 4_097n, currency: 'CHF' },
    ])
  })

  test('is invoiced once, whoever comes first: the order again, or the run of the same day', async () => {
    const shop = await buildShop(web1)
    const chain = await orderAt('2026-06-01T08:00:00Z', shop, await shopper(shop, 'Café Linde e.U.'))
    await invoiceChain(chain)
    await Promise.all([invoiceChain(chain), invoiceChain(chain)])
    expect(await invoicesOf(shop.tenantId)).toHaveLength(1)
    await billMonth(shop.tenantId, '2026-05', '2026-06-01T09:00:00Z')
    expect(await invoicesOf(shop.tenantId)).toHaveLength(1)
  })

  test('gets an invoice for each order of a day, and the usage of that day with its cycle', async () => {
    const shop = await buildShop(web1)
    const accountId = await shopper(shop, 'Café Linde e.U.')
    await orderAt('2026-06-30T08:00:00Z', shop, accountId)
    await orderAt('2026-06-30T09:00:00Z', shop, accountId)
    // One of 30 days each, and the setup in full.
    expect(await linesOf(shop.tenantId)).toEqual([
      ['2026-06-30', 'setup 1500', 'recurring 83', 1900],
      ['2026-06-30', 'setup 1500', 'recurring 83', 1900],
    ])
    expect(await billMonth(shop.tenantId, '2026-06', '2026-07-01T06:00:00Z')).toBe(1)
    expect((await linesOf(shop.tenantId)).slice(2)).toEqual([['2026-07-01', 'recurring 2490', 'recurring 2490', 5976]])
  })

  test('is invoiced in sections by project where it asks for them: each server stands where it was ordered for', async () => {
    const shop = await buildShop(web1)
    const accountId = await shopper(shop, 'Café Linde e.U.')
    const project = await asOffice(shop.tenantId, (ctx) => addProject(ctx, { accountId, name: 'Web' }))
    if (!project.ok) throw new Error(project.error)
    const order = () => orderAt('2026-06-01T08:00:00Z', shop, accountId, [], { projectId: project.value })
    await order()
    const preference = { accountId, manner: 'attached', hasXml: false, byProject: true } as const
    await asOffice(shop.tenantId, (ctx) => keepPreference(ctx, preference))
    await order()
    const [before, after] = await invoicesOf(shop.tenantId)
    expect([before?.byProject, before?.net.minor]).toEqual([null, 3_990n])
    expect(after?.net.minor).toBe(3_990n)
    expect(after?.byProject?.map(({ project: name, net, lines }) => [name, net.minor, lines.length])).toEqual([['Web', 3_990n, 2]])
  })

  test('and no other contract: fees in arrears or merely in advance wait for their cycle', async () => {
    const shop = await buildShop(web1)
    await orderAt('2026-06-01T08:00:00Z', shop, await shopper(shop, 'Arrears', { invoicesOrders: false }))
    await orderAt('2026-06-01T08:00:00Z', shop, await shopper(shop, 'Advance', { invoicesOrders: false, feesInAdvance: true }))
    expect(await invoicesOf(shop.tenantId)).toEqual([])
  })
})

/** Lakeside Cloud AG sells Web 1 at 15.00 and 22.90 CHF, with 8.1 %. */
async function lakeside(): Promise<Shop> {
  const shop = await buildShop(web1)
  const { tenantId, productId } = shop
  await asOffice(tenantId, ({ db }) =>
    db.tenant.updateMany({
      where: { tenantId },
      data: { country: 'CH', currency: 'CHF', timeZone: 'Europe/Zurich', vatId: 'CHE-123.456.788 MWST', numberPrefix: 'LC' },
    }),
  )
  const rules = [
    { feeKind: 'setup', price: '15.00', productId },
    { feeKind: 'recurring', price: '22.90', productId },
  ] as const
  const { priceBookId } = await buildPriceBook(tenantId, rules, 'CHF')
  return { ...shop, priceBookId }
}

/** Finalises whatever runs were opened. */
async function finishRuns(tenantId: string): Promise<void> {
  const runs = await asOffice(tenantId, ({ db }) =>
    db.billingRun.findMany({ where: { tenantId, state: 'requested' }, select: { id: true } }),
  )
  for (const { id } of runs) {
    const done = await runBilling(processOf(tenantId, {}), { billingRunId: id })
    if (!done.ok) throw new Error(done.error)
  }
}
