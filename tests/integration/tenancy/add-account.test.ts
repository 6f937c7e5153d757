import { beforeAll, describe, expect, test } from 'vitest'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { type AddAccountInput, addAccount } from '#app/services/accounts/add-account.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { growTenant } from '#tests/support/tree.ts'

const facts = {
  kind: 'business',
  name: 'Café Linde e.U.',
  email: 'Office@Linde.example',
  language: 'de',
  country: 'AT',
  addressLines: ['Lindengasse 2'],
} as const

let tenantId: string
const add = (input: Partial<AddAccountInput>) => inTenant(tenantId, (ctx) => addAccount(ctx, { ...facts, ...input }))

beforeAll(async () => {
  tenantId = await growTenant('ahorn')
})

describe('an account', () => {
  test('gets a contract on the store’s public price book unless another was agreed', async () => {
    const usual = await add({})
    const agreed = await add({ contract: { priceBookCode: 'resellers', terms: { paymentDays: 30, creditLimitMinor: 20_000n } } })
    const contracts = await inTenant(tenantId, ({ db }) =>
      db.contract.findMany({
        select: { accountId: true, paymentDays: true, creditLimitMinor: true, priceBook: { select: { code: true } } },
        orderBy: { createdAt: 'asc' },
      }),
    )
    expect(contracts).toEqual([
      { accountId: usual.ok && usual.value.accountId, paymentDays: 14, creditLimitMinor: 0n, priceBook: { code: 'public' } },
      { accountId: agreed.ok && agreed.value.accountId, paymentDays: 30, creditLimitMinor: 20_000n, priceBook: { code: 'resellers' } },
    ])
  })

  test('keeps a VAT id that passes its check as valid, and one that does not as invalid', async () => {
    for (const [vatId, status] of [
      ['ATU13585627', 'valid'],
      ['ATU13585628', 'invalid'],
      [undefined, 'none'],
    ] as const) {
      const added = await add({ vatId })
      const account = await inTenant(tenantId, (ctx) => findAccount(ctx, added.ok ? added.value.accountId : ''))
      expect(account).toMatchObject({ vatIdStatus: status, email: 'office@linde.example' })
    }
  })

  test('opened twice under one id is opened once', async () => {
    const id = '0199a1f0-0000-7000-8000-000000000001'
    expect(await add({ id })).toEqual(await add({ id, name: 'Another name' }))
    expect(await inTenant(tenantId, (ctx) => findAccount(ctx, id))).toMatchObject({ name: 'Café Linde e.U.' })
  })
})

describe('a department', () => {
  test('is an account of an enterprise and is charged to its contract', async () => {
    const enterprise = await add({ kind: 'enterprise', name: 'Hanse Maschinenbau AG' })
    const parentAccountId = enterprise.ok ? enterprise.value.accountId : ''
    const department = await add({ name: 'R&D', parentAccountId })
    expect(department.ok).toBe(true)
    const accountId = department.ok ? department.value.accountId : ''
    expect(await inTenant(tenantId, ({ db }) => db.contract.count({ where: { accountId } }))).toBe(0)
  })

  test('has no parent but an enterprise', async () => {
    const business = await add({})
    expect(await add({ parentAccountId: business.ok ? business.value.accountId : '' })).toEqual({
      ok: false,
      error: 'parent-not-enterprise',
    })
    expect(await add({ parentAccountId: '0199a1f0-0000-7000-8000-0000000000ff' })).toEqual({ ok: false, error: 'parent-not-found' })
  })

  test('of a department there is none', async () => {
    const enterprise = await add({ kind: 'enterprise' })
    const department = await add({ kind: 'enterprise', parentAccountId: enterprise.ok ? enterprise.value.accountId : '' })
    expect(await add({ parentAccountId: department.ok ? department.value.accountId : '' })).toEqual({
      ok: false,
      error: 'parent-not-enterprise',
    })
  })
})

describe('a member', () => {
  test('is invited once, however often added', async () => {
    const member = { email: 'Sales@Ahorn.example', name: 'Sam Sales', language: 'de', profile: 'owner' }
    const first = await inTenant(tenantId, (ctx) => addMember(ctx, member))
    const second = await inTenant(tenantId, (ctx) => addMember(ctx, member))
    expect(first).toEqual(second)
    const events = await inTenant(tenantId, ({ db }) =>
      db.outboxEvent.count({ where: { data: { path: ['userId'], equals: first.ok ? first.value.userId : '' } } }),
    )
    expect(events).toBe(1)
  })

  test('needs a profile and an account this tenant has', async () => {
    const member = { email: 'x@ahorn.example', name: 'X', language: 'de', profile: 'no such profile' }
    expect(await inTenant(tenantId, (ctx) => addMember(ctx, member))).toEqual({ ok: false, error: 'profile-not-found' })
    const foreign = { ...member, profile: 'customer-owner', accountId: '0199a1f0-0000-7000-8000-0000000000ff' }
    expect(await inTenant(tenantId, (ctx) => addMember(ctx, foreign))).toEqual({ ok: false, error: 'account-not-found' })
  })

  test('of the house cannot hold a profile for customers, nor the other way round', async () => {
    const member = { email: 'x@ahorn.example', name: 'X', language: 'de' }
    const refused = { ok: false, error: 'profile-not-suitable' }
    expect(await inTenant(tenantId, (ctx) => addMember(ctx, { ...member, profile: 'customer-owner' }))).toEqual(refused)
    const account = await add({})
    const accountId = account.ok ? account.value.accountId : ''
    expect(await inTenant(tenantId, (ctx) => addMember(ctx, { ...member, profile: 'owner', accountId }))).toEqual(refused)
  })

  test('in the panel cannot open accounts: the database refuses', async () => {
    const opened = inPanel(tenantId, [], (ctx) => addAccount(ctx, { ...facts, contract: { priceBookCode: 'public' } }))
    await expect(opened).rejects.toThrow('violates row-level security policy')
  })
})
