import { beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { readDepartments } from '#app/reports/accounts/departments.server.ts'
import { readAccount } from '#app/reports/accounts/detail.server.ts'
import { listAccounts } from '#app/reports/accounts/list.server.ts'
import { listPartners } from '#app/reports/partners/list.server.ts'
import { listPeople } from '#app/reports/people/list.server.ts'
import { plantBuyer } from '#tests/isolation/plant-buyer.ts'
import { plantSeller } from '#tests/isolation/plant-seller.ts'
import { growTenant } from '#tests/support/tree.ts'

let provider: string
let buyer: string
let enterprise: string
let department: string

beforeAll(async () => {
  setClock(fixedClock('2026-10-20T12:00:00Z'))
  provider = await growTenant('meridian')
  await growTenant('ahorn', provider)
  const seller = await plantSeller(provider)
  buyer = await plantBuyer(seller, { name: 'Café Linde', kind: 'personal' })
  enterprise = await plantBuyer(seller, {
    name: 'Hanse AG',
    kind: 'enterprise',
    contract: { priceBookCode: 'public', terms: { creditLimitMinor: 10_000n } },
  })
  department = await plantBuyer(seller, { name: 'R&D', parentAccountId: enterprise })
  return () => setClock()
})

const eur = (minor: bigint) => ({ minor, currency: 'EUR' })
const accounts = (filter: object) => inTenant(provider, (ctx) => listAccounts(ctx, { page: 1, ...filter }))

describe('the list of accounts', () => {
  test('stands by name, with what is owed, overdue and running up', async () => {
    const { rows, total } = await accounts({})
    expect(rows.map(({ name, kind, isReseller }) => [name, kind, isReseller])).toEqual([
      ['ahorn GmbH', 'business', true],
      ['Café Linde', 'personal', false],
      ['Hanse AG', 'enterprise', false],
      ['R&D', 'department', false],
    ])
    expect(total).toBe(4)
    expect(rows[1]).toMatchObject({ servers: 1, accrued: eur(100n), due: eur(100n), overdue: eur(100n), status: 'active', country: 'AT' })
    expect(rows[0]).toMatchObject({ servers: 0, accrued: eur(0n), due: eur(0n), overdue: eur(0n) })
  })

  test('is filtered by kind, state and words, a percent sign being one', async () => {
    expect((await accounts({ kind: 'department' })).rows.map(({ name }) => name)).toEqual(['R&D'])
    expect((await accounts({ search: 'LINDE' })).rows.map(({ name }) => name)).toEqual(['Café Linde'])
    expect(await accounts({ search: '%' })).toMatchObject({ rows: [], total: 0, hasAny: true })
    expect((await accounts({ status: 'closed' })).rows).toEqual([])
  })

  test('in the panel holds the reader’s account only', async () => {
    const { rows } = await inPanel(provider, [buyer], (ctx) => listAccounts(ctx, { page: 1 }))
    expect(rows.map(({ name }) => name)).toEqual(['Café Linde'])
  })
})

describe('an account', () => {
  test('shows its contract with what is left of the limit, its people, servers and invoices', async () => {
    const detail = await inTenant(provider, (ctx) => readAccount(ctx, enterprise, 'en'))
    expect(detail).toMatchObject({
      name: 'Hanse AG',
      contract: {
        priceBook: 'Store',
        currency: 'EUR',
        paymentDays: 14,
        creditLimit: eur(10_000n),
        exposure: eur(200n),
        available: eur(9_800n),
      },
      people: [{ profile: 'customer-owner' }],
      serverRows: [{ name: 'web' }],
      invoiceRows: [{ total: eur(100n), status: 'overdue' }],
    })
    expect((await inTenant(provider, (ctx) => readDepartments(ctx, enterprise)))?.rows).toMatchObject([
      { id: department, name: 'R&D', accrued: eur(100n) },
    ])
    expect(await inTenant(provider, (ctx) => readAccount(ctx, department, 'en'))).toMatchObject({
      kind: 'department',
      parent: { name: 'Hanse AG' },
    })
  })

  test('of another tenant is not there', async () => {
    const other = await growTenant('lakeside')
    expect(await inTenant(other, (ctx) => readAccount(ctx, buyer, 'en'))).toBeNull()
  })
})

test('the partner list names each reseller with its limit and its store', async () => {
  const { rows } = await inTenant(provider, (ctx) => listPartners(ctx))
  expect(rows).toMatchObject([
    {
      name: 'ahorn GmbH',
      slug: 'ahorn',
      host: 'ahorn.localhost',
      status: 'active',
      depth: 1,
      creditLimit: eur(10_000_000n),
      exposure: eur(0n),
      overdue: eur(0n),
      lastMonthNet: null,
    },
  ])
})

test('the list of people holds the house first, then buyers, once per membership', async () => {
  const everyone = await inTenant(provider, (ctx) => listPeople(ctx, { page: 1 }))
  expect(everyone.total).toBe(4)
  expect(everyone.rows[0]).toMatchObject({
    email: 'owner@meridian.example',
    profile: 'owner',
    account: null,
    isInvited: true,
    isEmailConfirmed: false,
  })
  const customers = await inTenant(provider, (ctx) => listPeople(ctx, { page: 1, side: 'customer', search: 'hanse' }))
  expect(customers.rows.map(({ account }) => account?.name)).toEqual(['Hanse AG'])
})
