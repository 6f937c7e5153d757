import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseUrls } from '#app/config/env.server.ts'
import { asSystem, inAuth, inPanel, inStore, inTenant } from '#app/db/context.server.ts'
import { err } from '#app/domain/shared/result.ts'
import { foreignRows, type Tally, tallyTables } from './tally.ts'
import { type PlantedTenant, plantWholeTree } from './whole-tree.ts'

/** What every visitor of a store may read. */
const published = new Set([
  'app_templates',
  'brand_pictures',
  'brand_versions',
  'bundle_items',
  'catalog_items',
  'catalogs',
  'channels',
  // In whose name documents are, where a reseller agreed to that: stores show its tax.
  'document_issuers',
  // Sealed themselves: they tell nothing, and whoever may read a document opens it with them.
  'document_keys',
  'legal_versions',
  'meters',
  'news',
  'price_books',
  'price_rules',
  'price_versions',
  'product_stocks',
  'products',
  'store_domains',
  'store_revisions',
  'tax_rates',
  'tax_registrations',
  'tax_schemes',
  'tenants',
])

let tree: PlantedTenant[]
const walked: Tally[] = []

beforeAll(async () => {
  tree = await plantWholeTree()
})

// `npm run test:isolation` prints from this file what was walked.
afterAll(() => {
  const file = process.env.LIVERY_ISOLATION_REPORT
  if (file) writeFileSync(file, JSON.stringify(walked))
})

const tenant = (slug: string) => {
  const found = tree.find((planted) => planted.slug === slug)
  if (!found) throw new Error(slug)
  return found
}

describe('with the scope of each tenant', () => {
  test('every table holds rows of its own and none of another tenant', async () => {
    for (const { slug, tenantId } of tree) {
      const tallies = await inTenant(tenantId, ({ db }) => tallyTables(db, tenantId, null))
      expect(
        tallies.filter(({ rows }) => rows === 0).map(({ table }) => table),
        `${slug} proves nothing about`,
      ).toEqual([])
      expect(foreignRows(tallies), slug).toBe(0)
      walked.push(...tallies)
    }
  })

  test('the store shows what is published and no account', async () => {
    for (const { tenantId } of tree) {
      const tallies = await inStore(tenantId, ({ db }) => tallyTables(db, tenantId, []))
      expect(foreignRows(tallies)).toBe(0)
      expect(tallies.filter(({ rows }) => rows > 0).map(({ table }) => table)).toEqual([...published])
      expect(await inStore(tenantId, ({ db }) => db.product.count())).toBe(1)
      expect(await inStore(tenantId, ({ db }) => db.priceBook.count())).toBe(1)
    }
  })

  test('the sign-in sees people, and of the rest only what a visitor sees', async () => {
    for (const { tenantId } of tree) {
      const tallies = await inAuth(tenantId, ({ db }) => tallyTables(db, tenantId, null))
      expect(foreignRows(tallies)).toBe(0)
      expect(tallies.filter(({ rows }) => rows > 0).map(({ table }) => table)).toEqual([
        'app_templates',
        'authenticators',
        'brand_pictures',
        'brand_versions',
        'bundle_items',
        'catalog_items',
        'catalogs',
        'channels',
        'document_issuers',
        'document_keys',
        'email_changes',
        'legal_versions',
        'memberships',
        'meters',
        'one_time_tokens',
        'passkeys',
        'price_books',
        'price_rules',
        'price_versions',
        'product_stocks',
        'products',
        'recovery_codes',
        'security_profiles',
        'sessions',
        'sign_in_steps',
        'store_domains',
        'store_revisions',
        'tax_rates',
        'tax_registrations',
        'tax_schemes',
        'tenants',
        'user_pictures',
        'users',
      ])
    }
  })
})

describe('with the scope of each account', () => {
  test('only its own rows exist, and its own are all there', async () => {
    for (const { tenantId, accountIds } of tree) {
      for (const accountId of accountIds) {
        const tallies = await inPanel(tenantId, [accountId], ({ db }) => tallyTables(db, tenantId, [accountId]))
        expect(foreignRows(tallies)).toBe(0)
        const own = tallies.filter(({ rows }) => rows > 0).map(({ table }) => table)
        for (const table of ['accounts', 'charges', 'contracts', 'invoices', 'ledger_postings', 'resources', 'usage_records'])
          expect(own).toContain(table)
        walked.push(...tallies)
      }
    }
  })

  test('an enterprise sees its departments, a department not its enterprise', async () => {
    const { tenantId, accountIds } = tenant('ahorn')
    const [enterprise = '', department = ''] = accountIds.slice(2)
    const names = (ids: string[]) => inPanel(tenantId, ids, ({ db }) => db.account.count())
    expect(await names([enterprise, department])).toBe(2)
    expect(await names([department])).toBe(1)
  })

  test('a reseller sees in its parent what it was charged, and nothing of the parent’s other buyers', async () => {
    const parent = tenant('meridian')
    const account = await inTenant(parent.tenantId, ({ db }) =>
      db.account.findFirstOrThrow({ where: { childTenantId: tenant('ahorn').tenantId } }),
    )
    const tallies = await inPanel(parent.tenantId, [account.id], ({ db }) => tallyTables(db, parent.tenantId, [account.id]))
    expect(foreignRows(tallies)).toBe(0)
    expect(await inPanel(parent.tenantId, [account.id], ({ db }) => db.account.count())).toBe(1)
  })

  test('a buyer of another tenant is nobody here', async () => {
    const [here, there] = [tenant('ahorn'), tenant('lakeside')]
    const tallies = await inPanel(here.tenantId, there.accountIds, ({ db }) => tallyTables(db, here.tenantId, []))
    expect(withoutPublished(tallies).filter(({ rows }) => rows > 0)).toEqual([])
  })

  test('a panel without accounts sees no row of any account', async () => {
    for (const { tenantId } of tree) {
      const tallies = await inPanel(tenantId, [], ({ db }) => tallyTables(db, tenantId, []))
      expect(withoutPublished(tallies).filter(({ rows }) => rows > 0)).toEqual([])
    }
  })
})

describe('without a scope', () => {
  test('there are no rows at all, on a fresh connection and on one that had a scope before', async () => {
    const app = new pg.Client({ connectionString: databaseUrls().app })
    await app.connect()
    try {
      const tables = walked.map(({ table }) => table)
      expect(new Set(tables).size).toBeGreaterThan(35)
      const count = async () => {
        let rows = 0
        for (const table of new Set(tables))
          rows += (await app.query(`select count(*)::int as n from ${app.escapeIdentifier(table)}`)).rows[0].n
        return rows
      }
      expect(await count()).toBe(0)

      await app.query('begin')
      await app.query(`select set_config('app.tenant_id', $1, true), set_config('app.scope', 'office', true)`, [tenant('ahorn').tenantId])
      expect(await count()).toBeGreaterThan(40)
      await app.query('commit')
      expect((await app.query(`select current_setting('app.tenant_id', true) as left`)).rows).toEqual([{ left: '' }])
      expect(await count()).toBe(0)
    } finally {
      await app.end()
    }
  })

  test('the system role reads hosts and tenants and is refused everything else', async () => {
    expect(await asSystem('test', (db) => db.tenant.count())).toBe(3)
    await expect(asSystem('test', (db) => db.account.count())).rejects.toThrow('permission denied')
    await expect(asSystem('test', (db) => db.cloudConnection.findMany({ select: { apiKey: true } }))).rejects.toThrow('permission denied')
    await expect(asSystem('test', (db) => db.tenant.updateMany({ data: { status: 'closed' } }))).rejects.toThrow('permission denied')
  })
})

describe('writing', () => {
  const customer = {
    kind: 'personal',
    name: 'Planted',
    email: 'x@example.test',
    language: 'en',
    country: 'AT',
    vatIdStatus: 'none',
    status: 'active',
  }
  const account = (tenantId: string) => ({ tenantId, id: v7(), ...customer, createdAt: new Date('2026-10-01T00:00:00Z') })
  const refusal = 'violates row-level security policy'

  test('for another tenant is refused', async () => {
    const there = tenant('lakeside').tenantId
    await expect(inTenant(tenant('ahorn').tenantId, ({ db }) => db.account.createMany({ data: [account(there)] }))).rejects.toThrow(refusal)
  })

  test('into another tenant by an update is refused, and an update of its rows changes none', async () => {
    const [here, there] = [tenant('ahorn').tenantId, tenant('lakeside').tenantId]
    await expect(inTenant(here, ({ db }) => db.account.updateMany({ data: { tenantId: there } }))).rejects.toThrow()
    const changed = await inTenant(here, ({ db }) => db.account.updateMany({ where: { tenantId: there }, data: { name: 'Taken' } }))
    expect(changed.count).toBe(0)
    expect(await inTenant(there, ({ db }) => db.account.count({ where: { name: 'Taken' } }))).toBe(0)
  })

  test('for another account of the same tenant is refused in the panel', async () => {
    const { tenantId, accountIds } = tenant('ahorn')
    const [mine = '', other = ''] = accountIds
    const theirs = await inTenant(tenantId, ({ db }) => db.order.findFirstOrThrow({ where: { accountId: other } }))
    const order = { ...theirs, input: {}, price: {}, id: v7(), idempotencyKey: v7() }
    await expect(inPanel(tenantId, [mine], ({ db }) => db.order.createMany({ data: [order] }))).rejects.toThrow(refusal)
    await expect(inPanel(tenantId, [mine], ({ db }) => db.account.createMany({ data: [account(tenantId)] }))).rejects.toThrow(refusal)
  })

  test('a reference to a row of another tenant is refused by the foreign key', async () => {
    const [here, there] = [tenant('ahorn').tenantId, tenant('lakeside').tenantId]
    const foreignBook = await inTenant(there, ({ db }) => db.priceBook.findFirstOrThrow())
    const contract = await inTenant(here, ({ db }) => db.contract.findFirstOrThrow())
    const pointing = inTenant(here, ({ db }) =>
      db.contract.updateMany({ where: { id: contract.id }, data: { priceBookId: foreignBook.id } }),
    )
    await expect(pointing).rejects.toThrow(/foreign key constraint/i)
  })

  test('ledger, posted invoices and audit are written once', async () => {
    const { tenantId } = tenant('ahorn')
    await expect(inTenant(tenantId, ({ db }) => db.invoice.updateMany({ data: { totalMinor: 1n } }))).rejects.toThrow('permission denied')
    await expect(inTenant(tenantId, ({ db }) => db.ledgerPosting.deleteMany())).rejects.toThrow('permission denied')
    await expect(inTenant(tenantId, ({ db }) => db.auditEntry.updateMany({ data: { action: 'x' } }))).rejects.toThrow('permission denied')
    await expect(inTenant(tenantId, ({ db }) => db.$executeRaw`truncate accounts`)).rejects.toThrow('permission denied')
  })
})

describe('transactions', () => {
  test('400 of them, interleaved on one small pool, each see their own tenant only', async () => {
    const foreign = await Promise.all(
      Array.from({ length: 400 }, async (_, index) => {
        const { tenantId } = tree[index % tree.length] ?? tenant('ahorn')
        return inTenant(tenantId, async ({ db }) => {
          const first = await db.account.findMany({ select: { tenantId: true } })
          const [pause] = await db.$queryRaw<{ waited: string }[]>`select pg_sleep(${(index % 5) / 1000})::text as waited`
          const second = await db.contract.findMany({ select: { tenantId: true } })
          expect(pause).toBeDefined()
          expect(first.length).toBeGreaterThan(0)
          return [...first, ...second].filter((row) => row.tenantId !== tenantId).length
        })
      }),
    )
    expect(foreign.reduce((sum, count) => sum + count, 0)).toBe(0)
  })

  test('leave nothing behind when the work throws, nor when it is refused', async () => {
    const { tenantId } = tenant('ahorn')
    const count = () => inTenant(tenantId, ({ db }) => db.auditEntry.count())
    const before = await count()
    const entry = () => ({
      tenantId,
      id: v7(),
      at: new Date('2026-10-01T00:00:00Z'),
      actor: {},
      action: 'test',
      subjectKind: 'x',
      subjectId: 'x',
      detail: {},
    })
    const thrown = inTenant(tenantId, async ({ db }) => {
      await db.auditEntry.createMany({ data: [entry()] })
      throw new Error('half way')
    })
    await expect(thrown).rejects.toThrow('half way')
    const refused = await inTenant(tenantId, async ({ db }) => {
      await db.auditEntry.createMany({ data: [entry()] })
      return err('no')
    })
    expect(refused).toEqual({ ok: false, error: 'no' })
    expect(await count()).toBe(before)
  })

  test('do not nest: a second one inside the first throws', async () => {
    const [here, there] = [tenant('ahorn').tenantId, tenant('lakeside').tenantId]
    await expect(inTenant(here, () => inTenant(there, async () => 1))).rejects.toThrow('is open already')
    await expect(inTenant(here, () => inPanel(here, [], async () => 1))).rejects.toThrow('is open already')
  })

  test('do not leak their setting into the connection they leave', async () => {
    const app = new pg.Client({ connectionString: databaseUrls().app })
    await app.connect()
    try {
      for (const end of ['commit', 'rollback']) {
        await app.query('begin')
        await app.query(`select set_config('app.tenant_id', $1, true), set_config('app.scope', 'office', true)`, [tenant('ahorn').tenantId])
        await app.query(end)
        for (let query = 0; query < 20; query += 1)
          expect((await app.query('select count(*)::int as n from accounts')).rows).toEqual([{ n: 0 }])
      }
    } finally {
      await app.end()
    }
  })
})

// What the seller publishes belongs to no account; the panel shows it as the store does.
function withoutPublished(tallies: readonly Tally[]): Tally[] {
  return tallies.filter(({ table }) => !published.has(table))
}
