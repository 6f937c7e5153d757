import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { readPanelDashboard } from '#app/reports/panel-dashboard/query.server.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { eur, receive } from '#tests/support/payments.ts'
import { buildSandboxAccount } from '#tests/support/sandbox-seller.ts'

let tenantId: string
let accountId: string
let buyer: { accountId: string; contractId: string; priceVersionId: string; priceRuleId: string }

beforeEach(async () => {
  setClock(fixedClock('2026-06-16T00:00:00Z'))
  tenantId = await buildTenant({ slug: `seller-${v7()}`, timeZone: 'UTC' })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  accountId = await buildAccount(tenantId)
  const contractId = await buildContract(tenantId, { accountId, priceBookId, creditLimitMinor: 10_000n })
  buyer = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '' }
})

afterEach(() => setClock())

const read = (reader = accountId) => inPanel(tenantId, [reader], (ctx) => readPanelDashboard(ctx, { language: 'en', accountId: reader }))
const day = (text: string) => new Date(`${text}T00:00:00Z`)

/** Usage of ten euros on each of these days. */
const use = (...days: readonly string[]) =>
  buildCharges(
    tenantId,
    days.map((text) => ({ ...buyer, quantity: '10', amount: '10', billingPeriod: `${text.slice(0, 7)}-01`, day: text })),
  )

test('half a month of usage is forecast to double, and is compared with the same days of the month before', async () => {
  await use('2026-05-10', '2026-05-20', '2026-06-02', '2026-06-10', '2026-06-15')
  const dashboard = await read()
  expect(dashboard).toMatchObject({ spendSoFar: eur(3000n), forecast: eur(6000n), lastMonthSameDays: eur(1000n), accrued: eur(5000n) })
  expect(dashboard.days.filter(({ amount }) => amount.minor > 0n).map((each) => each.day)).toEqual([
    '2026-06-02',
    '2026-06-10',
    '2026-06-15',
  ])
  expect([dashboard.days.length, dashboard.daysInMonth]).toEqual([16, 30])
})

test('money in hand, servers by their state, a card that ends and a limit nearly used up are told; a stranger sees none of it', async () => {
  await receive(tenantId, accountId, 2500n, { receivedOn: '2026-06-10' })
  await use(...Array<string>(12).fill('2026-06-02'))
  const gateway = await buildSandboxAccount(tenantId)
  const made = { tenantId, accountId, createdAt: day('2026-06-01') }
  const resource = (state: string, kind = 'server') => ({
    ...made,
    id: v7(),
    cloudRef: v7(),
    externalId: v7(),
    kind,
    name: `${kind}-${state}`,
    state,
    zone: 'vie-1',
    spec: {},
    isManaged: true,
  })
  const card = (lastDigits: string, expiresOn: string) => ({
    ...made,
    id: v7(),
    gatewayAccountId: gateway.id,
    kind: 'card',
    customerRef: 'c',
    methodRef: v7(),
    label: 'Visa',
    lastDigits,
    expiresOn: day(expiresOn),
    isDefault: false,
    state: 'active',
    createdBy: 'test',
  })
  await asOffice(tenantId, async ({ db }) => {
    await db.resource.createMany({ data: [resource('running'), resource('running'), resource('failed'), resource('ready', 'volume')] })
    await db.paymentMethod.createMany({ data: [card('4242', '2026-06-30'), card('1111', '2026-08-31'), card('9999', '2026-05-31')] })
  })
  const dashboard = await read()
  expect(dashboard).toMatchObject({
    credit: eur(2500n),
    servers: [
      { state: 'failed', count: 1 },
      { state: 'running', count: 2 },
    ],
  })
  expect(dashboard.newestServers.map(({ name }) => name)).toHaveLength(3)
  expect(dashboard.needs).toMatchObject([
    { kind: 'card-expiring', lastDigits: '9999', isOver: true },
    { kind: 'card-expiring', lastDigits: '4242', isOver: false },
    { kind: 'server-failed', name: 'server-failed' },
    { kind: 'limit-near' },
  ])
  const stranger = await buildAccount(tenantId, { name: 'Stranger' })
  expect(await read(stranger)).toMatchObject({ spendSoFar: eur(0n), credit: eur(0n), servers: [], needs: [], subscriptions: 0 })
})
