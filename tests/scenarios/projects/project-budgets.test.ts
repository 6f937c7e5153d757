import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { NewBudget } from '#app/db/charges/budgets.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { isServerSuspended } from '#app/db/subscriptions/service-suspensions.server.ts'
import { money } from '#app/domain/money/money.ts'
import { addBudget, changeBudget } from '#app/services/budgets/keep-budget.server.ts'
import { refreshBudgets } from '#app/services/budgets/refresh-budgets.server.ts'
import { isBlocked } from '#app/services/holds/effect-of.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource, tagResource } from '#app/services/projects/place-resource.server.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let seller: { tenantId: string; cloudRef: string }
let buyer: { accountId: string; contractId: string; priceVersionId: string; priceRuleId: string }
beforeEach(async () => {
  setClock(fixedClock('2026-06-01T00:00:00Z'))
  if (!seller) {
    const tenantId = await growTenant('ahorn')
    seller = { tenantId, cloudRef: await buildCloud(tenantId) }
  }
  const { tenantId } = seller
  const accountId = await buildAccount(tenantId, { name: 'Bergmann SE' })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  buyer = {
    accountId,
    contractId: await buildContract(tenantId, { accountId, priceBookId }),
    priceVersionId,
    priceRuleId: ruleIds[0] ?? '',
  }
})
afterEach(() => setClock())

const panel = <T>(deed: Parameters<typeof inPanel<T>>[2]) => inPanel(seller.tenantId, [buyer.accountId], deed)
const eur = (minor: bigint) => money(minor, 'EUR')
const refresh = async () => {
  await refreshBudgets(seller.tenantId, { accountId: buyer.accountId })
  await work([seller.tenantId])
}

async function server(name: string): Promise<string> {
  const { tenantId, cloudRef } = seller
  const { ids } = await buildServer(cloudRef, name, [{ tenantId, accountId: buyer.accountId }])
  return ids[0] ?? ''
}

async function project(name: string): Promise<string> {
  const added = await panel((ctx) => addProject(ctx, { accountId: buyer.accountId, name }))
  if (!added.ok) throw new Error(added.error)
  return added.value
}

const monthly = (facts: Partial<NewBudget>): NewBudget => ({
  accountId: buyer.accountId,
  parentId: null,
  name: 'Cloud',
  span: { period: 'month' },
  amount: eur(10_000n),
  thresholds: [50, 80, 100],
  tellsForecast: false,
  allowsOver: false,
  hardStop: 'suspend-services',
  ...facts,
})
const budget = async (facts: Partial<NewBudget>) => {
  const added = await panel((ctx) => addBudget(ctx, monthly(facts)))
  if (!added.ok) throw new Error(added.error)
  return added.value
}
const use = (resourceId: string, amount: string, day = '2026-06-03') =>
  buildCharges(seller.tenantId, [{ ...buyer, resourceId, billingPeriod: '2026-06-01', day, amount }])
const spentOf = async (budgetId: string) =>
  (await panel(({ db }) => db.budgetStanding.findFirst({ where: { budgetId }, select: { spentMinor: true } })))?.spentMinor
const standsStill = (id: string) => asOffice(seller.tenantId, (ctx) => isServerSuspended(ctx, id))

test('the hard stop of a project stops its servers alone, takes nothing new in, and lets go of what is moved out or when it is raised', async () => {
  const [web, other, third] = [await server('web'), await server('other'), await server('third')]
  // The cloud takes a while to build them.
  setClock(fixedClock('2026-06-02T00:00:00Z'))
  const projectId = await project('Web')
  for (const resourceId of [web, third]) await panel((ctx) => placeResource(ctx, { resourceId, projectId }))
  const budgetId = await budget({ scope: { kind: 'project', projectId } })
  await use(other, '500.00')
  await use(web, '99.99')
  await refresh()
  expect(await spentOf(budgetId)).toBe(9_999n)
  expect(await standsStill(web)).toBe(false)

  await use(web, '0.01')
  await refresh()
  expect([await standsStill(web), await standsStill(third), await standsStill(other)]).toEqual([true, true, false])
  expect([await stateAt(seller.tenantId, web), await stateAt(seller.tenantId, other)]).toEqual(['stopped', 'running'])
  expect(await asOffice(seller.tenantId, (ctx) => isBlocked(ctx, buyer.accountId))).toBe(false)
  expect(await panel((ctx) => placeResource(ctx, { resourceId: other, projectId }))).toEqual({ ok: false, error: 'project-stopped' })

  setClock(fixedClock('2026-06-05T00:00:00Z'))
  await panel((ctx) => placeResource(ctx, { resourceId: third, projectId: null }))
  await refresh()
  expect([await stateAt(seller.tenantId, third), await stateAt(seller.tenantId, web)]).toEqual(['running', 'stopped'])
  await panel((ctx) => changeBudget(ctx, budgetId, { ...monthly({}), amount: eur(20_000n) }))
  await refresh()
  expect([await standsStill(web), await stateAt(seller.tenantId, web)]).toEqual([false, 'running'])
})

test('a budget of a label counts what carried it at the time', async () => {
  const [live, trial] = [await server('live'), await server('trial')]
  const label = { key: 'env', value: 'live' }
  await panel((ctx) => tagResource(ctx, { resourceId: live, tags: [label] }))
  const budgetId = await budget({ scope: { kind: 'tag', tag: label }, hardStop: 'none' })
  await use(live, '10.00')
  await use(trial, '20.00')
  setClock(fixedClock('2026-06-10T00:00:00Z'))
  await panel((ctx) => tagResource(ctx, { resourceId: live, tags: [{ ...label, value: 'old' }] }))
  await use(live, '40.00', '2026-06-11')
  await refresh()
  expect(await spentOf(budgetId)).toBe(1_000n)
})

test('a budget is of a project of its account; for a label no orders can be refused', async () => {
  const projectId = await project('Web')
  const elsewhere = await buildAccount(seller.tenantId)
  const refused = (facts: Partial<NewBudget>) =>
    inPanel(seller.tenantId, [buyer.accountId, elsewhere], (ctx) => addBudget(ctx, monthly(facts)))
  await buildContract(seller.tenantId, { accountId: elsewhere, priceBookId: (await buildPriceBook(seller.tenantId, [])).priceBookId })
  expect(await refused({ accountId: elsewhere, scope: { kind: 'project', projectId } })).toEqual({ ok: false, error: 'project-not-found' })
  const tag = { key: 'env', value: 'live' }
  expect(await refused({ scope: { kind: 'tag', tag }, hardStop: 'block-orders' })).toEqual({ ok: false, error: 'stop-not-for-label' })
})
