import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { bill, buildBuyer, buildReseller, buildSeller, reported, type Seller } from '#tests/support/usage.ts'

const priced = (price: string) => [{ feeKind: 'usage', meter: 'traffic.sent', price }] as const

let provider: Seller
let reseller: Seller
let neighbour: string
beforeAll(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  provider = await buildSeller(priced('0.0711'))
  reseller = await buildReseller(provider, priced('0.1933'))
  neighbour = (await buildBuyer(provider.tenantId, provider.cloudRef, priced('0.5'), 'acc-2')).accountId
  await bill(provider, [reported(), reported({ owner: { accountId: 'acc-2' } }), reported({ owner: { accountId: 'acc-3' } })])
})
afterAll(() => setClock())

describe('the panel of a customer', () => {
  const look = (accountIds: readonly string[]) =>
    inPanel(reseller.tenantId, accountIds, async ({ db }) => ({
      usage: await db.usageRecord.findMany(),
      charges: await db.charge.findMany(),
      raw: await db.rawUsage.count(),
      quarantine: await db.usageQuarantine.count(),
      batches: await db.usageBatch.count(),
      counters: await db.usageCounter.count(),
    }))

  test('shows its own usage and what it is charged, and nothing of how it came', async () => {
    const seen = await look([reseller.accountId])
    expect(seen.usage.map(({ accountId, quantity }) => [accountId, String(quantity)])).toEqual([[reseller.accountId, '1']])
    expect(seen.charges.map(({ amount }) => String(amount))).toEqual(['0.1933'])
    expect(seen).toMatchObject({ raw: 0, quarantine: 0, batches: 0, counters: 0 })
  })

  test('shows a neighbour, or nobody, nothing', async () => {
    for (const accountIds of [[neighbour], [provider.accountId], []])
      expect(await look(accountIds)).toMatchObject({ usage: [], charges: [] })
  })
})

test('a reseller sees as a buyer what its parent charges it, and only that', async () => {
  const seen = await inPanel(provider.tenantId, [provider.accountId], ({ db }) => db.charge.findMany())
  expect(seen.map(({ amount }) => String(amount))).toEqual(['0.0711'])
})

test('no row of a reseller’s tenant holds a price or an amount of its parent', async () => {
  const rows = await inTenant(reseller.tenantId, async ({ db }) => {
    const tables = await db.$queryRaw<{ name: string }[]>`
      select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`
    const texts: string[] = []
    for (const { name } of tables) {
      const found = await db.$queryRaw<{ text: string }[]>`select t.text from (select (xpath('/row/text/text()', x))[1]::text as text
        from unnest(xpath('/table/row', query_to_xml(format('select to_jsonb(r)::text as text from public.%I r', ${name}::text), true, false, ''))) as x) t`
      texts.push(...found.map((row) => row.text))
    }
    return texts
  })
  expect(rows.length).toBeGreaterThan(8)
  expect(rows.filter((row) => row.includes('0.0711'))).toEqual([])
  expect(rows.filter((row) => row.includes('0.1933')).length).toBeGreaterThan(0)
  expect(rows.filter((row) => row.includes(provider.contractId) || row.includes(provider.priceBookId) || row.includes(neighbour))).toEqual(
    [],
  )
})
