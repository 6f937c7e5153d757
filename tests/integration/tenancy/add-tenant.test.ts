import { describe, expect, test } from 'vitest'
import { inTenant } from '#app/db/context.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { findTenant, listTenants, resellerAccountIdOf, tenantIdOf } from '#app/db/sellers/tenants.server.ts'
import { addTenant } from '#app/services/tenancy/add-tenant.server.ts'
import { tenantForHost } from '#app/services/tenancy/tenant-for-host.server.ts'
import { growPriceBooks, growTenant, tenantFacts } from '#tests/support/tree.ts'

describe('a new tenant', () => {
  test('a provider answers at its host and its owner is to be mailed', async () => {
    const added = await addTenant(tenantFacts('meridian'))
    expect(added).toMatchObject({ ok: true, value: { tenantId: tenantIdOf('meridian'), parentAccountId: null } })
    expect(await tenantForHost('meridian.localhost')).toMatchObject({
      slug: 'meridian',
      kind: 'provider',
      tenantId: tenantIdOf('meridian'),
    })

    const events = await inTenant(tenantIdOf('meridian'), ({ db }) => db.outboxEvent.findMany({ select: { name: true } }))
    expect(events).toEqual([{ name: 'user/registered' }])
    await growPriceBooks(tenantIdOf('meridian'))
  })

  test('a reseller is an account in its parent, with a contract on the price book of resellers', async () => {
    const parent = tenantIdOf('meridian')
    const added = await addTenant({
      ...tenantFacts('ahorn', parent),
      parent: { tenantId: parent, contract: { priceBookCode: 'resellers', terms: { creditLimitMinor: 500_000n } } },
    })
    const child = tenantIdOf('ahorn')
    expect(added.ok && added.value.parentAccountId).toBe(resellerAccountIdOf(parent, child))

    const account = await inTenant(parent, (ctx) => findAccount(ctx, resellerAccountIdOf(parent, child)))
    expect(account).toMatchObject({ name: 'ahorn GmbH', kind: 'business', childTenantId: child, parentAccountId: null })
    const contracts = await inTenant(parent, ({ db }) => db.contract.findMany())
    expect(contracts).toMatchObject([
      {
        accountId: account?.id,
        currency: 'EUR',
        creditLimitMinor: 500_000n,
        pricing: 'buy-price-book',
        chargeTrigger: 'on-usage',
        collectsPayments: 'child',
        issuer: 'child',
      },
    ])
    expect(await findTenant(child)).toMatchObject({ kind: 'reseller', parentTenantId: parent, parentAccountId: account?.id, depth: 1 })
  })

  test('made a second time is the same tenant, and nothing is doubled', async () => {
    const before = await counts(tenantIdOf('ahorn'))
    const again = await addTenant(tenantFacts('ahorn', tenantIdOf('meridian')))
    expect(again).toMatchObject({ ok: true, value: { tenantId: tenantIdOf('ahorn') } })
    expect(await counts(tenantIdOf('ahorn'))).toEqual(before)
    expect(await inTenant(tenantIdOf('meridian'), ({ db }) => db.account.count())).toBe(1)
  })

  test('is completed after a crash between the two transactions', async () => {
    const parent = tenantIdOf('meridian')
    const id = resellerAccountIdOf(parent, tenantIdOf('lakeside'))
    const facts = tenantFacts('lakeside', parent)
    await inTenant(parent, ({ db, now }) =>
      db.account.createMany({
        data: [
          {
            tenantId: parent,
            id,
            kind: 'business',
            name: 'lakeside GmbH',
            email: facts.email,
            language: 'de',
            country: 'AT',
            vatIdStatus: 'none',
            childTenantId: tenantIdOf('lakeside'),
            status: 'active',
            createdAt: now,
          },
        ],
      }),
    )
    expect((await addTenant(facts)).ok).toBe(true)
    expect(await findTenant(tenantIdOf('lakeside'))).toMatchObject({ parentAccountId: id })
    expect(await inTenant(parent, ({ db }) => db.contract.count({ where: { accountId: id } }))).toBe(1)
  })

  test('asked for twice at once is made once', async () => {
    const facts = tenantFacts('twice', tenantIdOf('meridian'))
    const both = await Promise.all([addTenant(facts), addTenant(facts)])
    expect(both.map(({ ok }) => ok)).toEqual([true, true])
    expect(await counts(tenantIdOf('twice'))).toEqual({
      domains: 1,
      profiles: expect.any(Number),
      users: 1,
      memberships: 1,
      audits: 2,
      events: 1,
    })
  })

  test('cannot take the slug or the host of another one', async () => {
    expect(await addTenant(tenantFacts('ahorn'))).toEqual({ ok: false, error: 'slug-taken' })
    expect(await addTenant({ ...tenantFacts('birke'), host: 'ahorn.localhost' })).toEqual({ ok: false, error: 'host-taken' })
    expect(await findTenant(tenantIdOf('birke'))).toBeNull()
    expect(await addTenant(tenantFacts('Not A Slug'))).toEqual({ ok: false, error: 'slug-invalid' })
  })

  test('needs a price book in its parent, and leaves nothing when there is none', async () => {
    const parent = { tenantId: tenantIdOf('meridian'), contract: { priceBookCode: 'unknown' } }
    expect(await addTenant({ ...tenantFacts('eiche'), parent })).toEqual({ ok: false, error: 'price-book-not-found' })
    expect(await findTenant(tenantIdOf('eiche'))).toBeNull()
  })

  test('may stand five levels below the provider and no deeper', async () => {
    let parent = tenantIdOf('ahorn')
    await growPriceBooks(parent)
    for (const slug of ['level-2', 'level-3', 'level-4', 'level-5']) parent = await growTenant(slug, parent)
    expect(await findTenant(parent)).toMatchObject({ depth: 5 })
    expect(await addTenant(tenantFacts('level-6', parent))).toEqual({ ok: false, error: 'too-deep' })
    expect((await listTenants()).map(({ depth }) => depth)).toEqual([0, 1, 1, 1, 2, 3, 4, 5])
  })
})

describe('a host', () => {
  test('is nobody’s in upper case, with a dot at its end, with a port, or when unknown', async () => {
    for (const host of ['AHORN.localhost', 'ahorn.localhost.', 'ahorn.localhost:4000', 'ahorn', '', 'evil.example', "' or 1=1 --"]) {
      expect(await tenantForHost(host), host).toBeNull()
    }
  })

  test('does not answer before it is verified, nor for a closed tenant', async () => {
    const tenantId = await growTenant('closing')
    const set = (data: object) => inTenant(tenantId, ({ db }) => db.storeDomain.updateMany({ data }))
    await set({ verifiedAt: null, state: 'verifying' })
    expect(await tenantForHost('closing.localhost')).toBeNull()
    await set({ verifiedAt: new Date(), state: 'active' })
    expect(await tenantForHost('closing.localhost')).not.toBeNull()
    await inTenant(tenantId, ({ db }) => db.tenant.updateMany({ data: { status: 'closed' } }))
    expect(await tenantForHost('closing.localhost')).toBeNull()
  })
})

function counts(tenantId: string) {
  return inTenant(tenantId, async ({ db }) => ({
    domains: await db.storeDomain.count(),
    profiles: await db.securityProfile.count(),
    users: await db.user.count(),
    memberships: await db.membership.count(),
    audits: await db.auditEntry.count(),
    events: await db.outboxEvent.count(),
  }))
}
