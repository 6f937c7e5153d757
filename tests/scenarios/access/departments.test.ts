import { beforeAll, expect, test } from 'vitest'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { membershipsOf } from '#app/db/people.server.ts'
import { money } from '#app/domain/money/money.ts'
import { readDepartments } from '#app/reports/accounts/departments.server.ts'
import { limitDepartment, openDepartment } from '#app/services/accounts/open-department.server.ts'
import { roomForOrder } from '#app/services/orders/room-for-order.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { buildAccount, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

let tenantId: string
let enterpriseId: string
let contractId: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  enterpriseId = await buildAccount(tenantId, { kind: 'enterprise', name: 'Werke AG' })
  const { priceBookId } = await buildPriceBook(tenantId, [])
  contractId = await buildContract(tenantId, { accountId: enterpriseId, priceBookId, creditLimitMinor: 100_000n })
})

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
