import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { membershipsOf } from '#app/db/people/people.server.ts'
import { money } from '#app/domain/money/money.ts'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { readDepartments } from '#app/reports/accounts/departments.server.ts'
import { readBudgetAccounts } from '#app/reports/budgets/query.server.ts'
import { listShowbacks } from '#app/reports/invoices/showbacks.server.ts'
import { readMembersPage } from '#app/reports/members/query.server.ts'
import { closeDepartment } from '#app/services/accounts/close-department.server.ts'
import { liftDepartmentLimit } from '#app/services/accounts/lift-department-limit.server.ts'
import { limitDepartment, openDepartment } from '#app/services/accounts/open-department.server.ts'
import { renameDepartment } from '#app/services/accounts/rename-department.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { roomForOrder } from '#app/services/orders/room-for-order.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { billMonth } from '#tests/support/billing.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook, buildProduct, buildSubscription } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

let tenantId: string
let enterpriseId: string
let contractId: string
beforeAll(async () => {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  tenantId = await growTenant('ahorn')
  enterpriseId = await buildAccount(tenantId, { kind: 'enterprise', name: 'Werke AG' })
  const { priceBookId } = await buildPriceBook(tenantId, [])
  contractId = await buildContract(tenantId, { accountId: enterpriseId, priceBookId, creditLimitMinor: 100_000n })
})
afterAll(() => setClock())

const office = <T>(work: (ctx: TenantContext) => Promise<T>) => inTenant(tenantId, work)
const open = (name: string, limitMinor: bigint | null, of = enterpriseId) =>
  office((ctx) => openDepartment(ctx, { enterpriseId: of, name, limitMinor }))

test('a department is opened within the enterprise’s limit, charged to it, and seen at once by the enterprise’s owner', async () => {
  const owner = await office((ctx) =>
    addMember(ctx, { email: 'chef@werke.example', name: 'Chef', language: 'de', accountId: enterpriseId, profile: 'customer-owner' }),
  )
  expect(await open('Lab', 100_001n)).toEqual({ ok: false, error: 'above-enterprise' })
  const lab = await open('Lab', 30_000n)
  const sales = await open('Sales', null)
  if (!lab.ok || !sales.ok || !owner.ok) throw new Error('not opened')
  expect(await open('lab', null)).toEqual({ ok: false, error: 'name-taken' })
  expect(await open('Lab', null, lab.value.accountId)).toEqual({ ok: false, error: 'not-an-enterprise' })

  const [membership] = await office((ctx) => membershipsOf(ctx, owner.value.userId))
  expect(membership?.accountIds).toEqual([enterpriseId, lab.value.accountId, sales.value.accountId])
  const room = (accountId: string) => office((ctx) => roomForOrder(ctx, { contractId, accountId }))
  expect(await room(lab.value.accountId)).toMatchObject({ available: eur(30_000n) })
  expect(await room(sales.value.accountId)).toMatchObject({ available: eur(100_000n) })
  expect((await office((ctx) => readDepartments(ctx, enterpriseId)))?.rows).toMatchObject([
    { name: 'Lab', limit: eur(30_000n), used: eur(0n) },
    { name: 'Sales', limit: null, used: null },
  ])
})

test('a limit is set for departments of the enterprise alone', async () => {
  const other = await buildAccount(tenantId, { kind: 'business', name: 'Fremd GmbH' })
  const set = (departmentId: string, limitMinor: bigint) =>
    office((ctx) => limitDepartment(ctx, { enterpriseId, departmentId, limitMinor }))
  expect(await set(other, 1n)).toEqual({ ok: false, error: 'department-not-found' })
  expect(await set(enterpriseId, 1n)).toEqual({ ok: false, error: 'department-not-found' })
  expect(await office((ctx) => readDepartments(ctx, other))).toBeNull()
})

/** An enterprise of its own with a department. */
async function enterpriseWith(name: string, limitMinor: bigint | null = null) {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  const whole = await buildAccount(tenantId, { kind: 'enterprise', name: `Werke ${v7()}`, country: 'AT' })
  const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [{ feeKind: 'usage', meter: 'traffic.sent', price: '1' }])
  const of = { contractId: await buildContract(tenantId, { accountId: whole, priceBookId, creditLimitMinor: 100_000n }), priceVersionId }
  const opened = await open(name, limitMinor, whole)
  if (!opened.ok) throw new Error(opened.error)
  const departmentId = opened.value.accountId
  const charge = { ...of, accountId: departmentId, payerAccountId: whole, priceRuleId: ruleIds[0] ?? '', billingPeriod: '2026-06-01' }
  return {
    enterpriseId: whole,
    departmentId,
    ...of,
    use: (amount: string) => buildCharges(tenantId, [{ ...charge, amount }]),
    row: async () => (await office((ctx) => readDepartments(ctx, whole)))?.rows.find(({ id }) => id === departmentId),
    audited: (action: string) =>
      office(({ db }) => db.auditEntry.findMany({ where: { subjectId: departmentId, action }, select: { detail: true } })),
  }
}

test('a department takes another name, which no other open one has; its history says what it was', async () => {
  const { departmentId, audited, row, ...of } = await enterpriseWith('Press')
  await open('Fair', null, of.enterpriseId)
  const rename = (name: string, id = departmentId) =>
    office((ctx) => renameDepartment(ctx, { enterpriseId: of.enterpriseId, departmentId: id, name }))
  expect(await rename(' fair ')).toEqual({ ok: false, error: 'name-taken' })
  expect(await rename('Mine', of.enterpriseId)).toEqual({ ok: false, error: 'department-not-found' })
  expect(await rename('PRESS')).toEqual({ ok: true, value: undefined })
  expect((await row())?.name).toBe('PRESS')
  expect(await audited('account.data-changed')).toEqual([{ detail: { changes: [{ field: 'name', before: 'Press', after: 'PRESS' }] } }])
})

test('a limit that is taken off leaves the enterprise’s, with nothing held by it; another limit counts what was used', async () => {
  const { enterpriseId: whole, departmentId, contractId: contract, use, row, audited } = await enterpriseWith('Pilot', 1_000n)
  const lift = () => office((ctx) => liftDepartmentLimit(ctx, { enterpriseId: whole, departmentId }))
  const room = async () => (await office((ctx) => roomForOrder(ctx, { contractId: contract, accountId: departmentId })))?.available.minor
  const held = () => office(({ db }) => db.accountHold.count({ where: { accountId: departmentId, liftedAt: null } }))
  await use('20')
  await office((ctx) => watchCredit(ctx, { accountId: departmentId }))
  expect([await room(), await held()]).toEqual([0n, 1])

  expect([await lift(), await lift()]).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: undefined },
  ])
  expect([await room(), await held()]).toEqual([98_000n, 0])
  expect(await row()).toMatchObject({ limit: null, used: null, accrued: eur(2_000n) })
  expect(await audited('credit-limit.lifted')).toHaveLength(1)
  expect(await office((ctx) => watchCredit(ctx, { accountId: departmentId }))).toMatchObject({ crossed: 0 })

  await office((ctx) => limitDepartment(ctx, { enterpriseId: whole, departmentId, limitMinor: 3_000n }))
  expect([await room(), (await row())?.used]).toEqual([1_000n, eur(2_000n)])
  expect((await office(creditNotAsSources)).violations).toBe(0)
})

test('a department is closed once nothing runs there and nothing waits for an invoice; it leaves the lists, its statements stay', async () => {
  const { enterpriseId: whole, departmentId, contractId: contract, use, row, audited } = await enterpriseWith('Old lab', 5_000n)
  const email = 'chefin@werke.example'
  const owner = await office((ctx) =>
    addMember(ctx, { email, name: 'Chefin', language: 'de', accountId: whole, profile: 'customer-owner' }),
  )
  if (!owner.ok) throw new Error(owner.error)
  const close = (id = departmentId) => office((ctx) => closeDepartment(ctx, { enterpriseId: whole, departmentId: id }))
  const subscription = { accountId: departmentId, contractId: contract, productId: await buildProduct(tenantId) }
  const subscriptionId = await buildSubscription(tenantId, { ...subscription, startedAt: '2026-06-01T00:00:00Z' })
  await use('7')
  await office((ctx) => addProject(ctx, { accountId: departmentId, name: 'Trial' }))
  expect(await close()).toEqual({ ok: false, error: 'in-the-way', obstacles: ['services', 'charges'] })
  expect(await close(whole)).toEqual({ ok: false, error: 'department-not-found' })

  await office(({ db }) =>
    db.subscription.updateMany({ where: { id: subscriptionId }, data: { state: 'ended', endedAt: new Date('2026-06-10T08:00:00Z') } }),
  )
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  expect(await close()).toEqual({ ok: true, value: undefined })
  expect(await close()).toEqual({ ok: false, error: 'department-not-found' })
  expect(await row()).toBeUndefined()
  expect(await audited('account.closed')).toEqual([{ detail: { enterpriseId: whole } }])
  expect(await office(({ db }) => db.project.count({ where: { accountId: departmentId, state: 'active' } }))).toBe(0)
  expect((await open('Old lab', null, whole)).ok).toBe(true)

  const [membership] = await office((ctx) => membershipsOf(ctx, owner.value.userId))
  expect(membership?.accountIds.at(-1)).toBe(departmentId)
  const ids = membership?.accountIds ?? []
  const namesOf = (rows: readonly { name: string }[] | undefined) => rows?.filter(({ name }) => name === 'Old lab').length
  expect(namesOf((await office((ctx) => readMembersPage(ctx, ids))).accounts)).toBe(1)
  const panel = <T>(work: (ctx: TenantContext) => Promise<T>) => inPanel(tenantId, ids, work)
  expect(namesOf(await panel(readBudgetAccounts))).toBe(1)
  expect(namesOf((await panel((ctx) => readAccountProfile(ctx, whole, [])))?.departments)).toBe(1)
  expect((await panel((ctx) => listShowbacks(ctx, { limit: 10 }))).rows).toMatchObject([{ accountId: departmentId, net: eur(700n) }])
})

test('a person of a closed department acts for it no more', async () => {
  const { enterpriseId: whole, departmentId } = await enterpriseWith('Gone')
  const member = { email: 'gone@werke.example', name: 'Gone', language: 'de', accountId: departmentId, profile: 'customer-owner' } as const
  const added = await office((ctx) => addMember(ctx, member))
  if (!added.ok) throw new Error(added.error)
  expect((await office((ctx) => closeDepartment(ctx, { enterpriseId: whole, departmentId }))).ok).toBe(true)
  expect(await office((ctx) => membershipsOf(ctx, added.value.userId))).toEqual([])
})
