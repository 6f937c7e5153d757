import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { receiveUsage } from '#app/services/usage/receive-usage.server.ts'
import { bill, buildSeller, deliver, inPages, processDown, reported, type Seller } from '#tests/support/usage.ts'
import { batchOf, quarantineOf, totalOf } from '#tests/support/usage-facts.ts'

let seller: Seller
beforeEach(async () => {
  setClock(fixedClock('2026-07-02T00:00:00Z'))
  seller = await buildSeller()
})
afterEach(() => setClock())

describe('a cloud that tells a fact again', () => {
  test('is believed once, in one page, in two, and in a later delivery', async () => {
    const first = await deliver(seller, [reported(), reported()])
    const second = await deliver(seller, [reported()])
    expect(await batchOf(seller.tenantId, first)).toMatchObject({ received: 2, stored: 1, duplicates: 1, conflicts: 0 })
    expect(await batchOf(seller.tenantId, second)).toMatchObject({ received: 1, stored: 0, duplicates: 1, conflicts: 0 })
  })

  test('and writes the number differently, tells the same fact', async () => {
    const forms = ['1.5', '1.50', '1.500000000000', '1.5000000000004', '01.5']
    const batch = await deliver(
      seller,
      forms.map((quantity) => reported({ quantity })),
    )
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 1, duplicates: 4, conflicts: 0 })
  })

  test('112 times over, as a usage server does after an old event, costs it once', async () => {
    const history = Array.from({ length: 112 }, () => reported())
    const batch = await bill(seller, history)
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ received: 112, stored: 1, accepted: 1, dropped: 0, quarantined: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })

  test('with another quantity, contradicts itself', async () => {
    const batch = await deliver(seller, [reported(), reported({ quantity: '2000000000' })])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 2, conflicts: 1 })
  })
})

describe('whatever text a cloud sends', () => {
  const nasty = [
    'quote " apostrophe \' backslash \\ comma , braces {} brackets [] semicolon ;',
    '{"a","b"}',
    '\\N',
    'NULL',
    'null',
    '',
    ' leading and trailing ',
    'line\nfeed\r\ttab',
    'Zürich 東京 دبي 🦊 e\u0301',
    '\u200fright to left\u202e',
    "'; drop table raw_usage; --",
    '$1 ${x} %s',
    '2026-06-10T00:00:00Z',
    '\uFFFD\uFEFF',
  ]

  test('is kept to the letter, in columns and in JSON', async () => {
    const records = nasty.map((text, index) =>
      reported({
        resourceRef: `srv-${index}`,
        resourceName: text,
        dimensions: { [text]: text },
        payload: { [text]: [text, { deep: text }] },
      }),
    )
    await bill(seller, records)
    const rows = await inTenant(
      seller.tenantId,
      ({ db, tenantId }) => db.$queryRaw<{ name: string; dimensions: object; payload: object; used: string; charged: string }[]>`
      select r.resource_name as name, r.dimensions, r.payload, u.resource_name as used, c.resource_name as charged
      from raw_usage r join usage_records u on u.tenant_id = r.tenant_id and u.raw_usage_id = r.id
      join charges c on c.tenant_id = u.tenant_id and c.usage_record_id = u.id
      where r.tenant_id = ${tenantId}::uuid order by r.id`,
    )
    expect(rows).toEqual(
      nasty.map((text) => ({
        name: text,
        dimensions: { [text]: text },
        payload: { [text]: [text, { deep: text }] },
        used: text,
        charged: text,
      })),
    )
  })

  test('is kept when it is refused, too', async () => {
    await bill(
      seller,
      nasty.map((text, index) => reported({ resourceRef: `srv-${index}`, owner: { accountId: text || 'none' }, usageType: `x ${text}` })),
    )
    expect(await quarantineOf(seller.tenantId)).toEqual([`unknown-usage-type ${nasty.length}`])
  })

  test('a resource whose name is longer than any index takes is a malformed record, and the only one', async () => {
    const long = 'é'.repeat(90_000)
    await bill(seller, [reported(), reported({ resourceRef: long, resourceName: long, dimensions: { zone: long } })])
    expect(await quarantineOf(seller.tenantId)).toEqual(['malformed-record 1'])
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })
})

describe('whatever number or date a cloud sends', () => {
  test('a quantity no column holds is set aside and keeps nobody else from being billed', async () => {
    const quantities = [
      '9'.repeat(27),
      `${'9'.repeat(26)}.9999999999999`,
      '1e5',
      'NaN',
      '-0',
      '9'.repeat(26),
      `0.${'0'.repeat(29)}1`,
      undefined,
    ]
    const records = quantities.map((quantity, index) => reported({ quantity, resourceRef: `other-${index}` }))
    const batch = await bill(seller, [reported(), ...records])
    expect(await quarantineOf(seller.tenantId)).toEqual(['impossible-quantity 1', 'unreadable-quantity 5'])
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 9, accepted: 3, quarantined: 6, dropped: 0 })
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })

  test('a window nobody can read, outside all partitions, or reversed, likewise', async () => {
    const at = (text: string) => new Date(text)
    const windows = [
      [new Date(0), new Date(0)],
      [at('1999-12-31T23:00:00Z'), at('2000-01-01T00:00:00Z')],
      [at('2100-03-01T00:00:00Z'), at('2100-03-02T00:00:00Z')],
      [at('2026-06-11T00:00:00Z'), at('2026-06-10T00:00:00Z')],
      [at('2026-06-10T00:00:00Z'), at('2026-06-10T00:00:00Z')],
      [at('2026-08-10T00:00:00Z'), at('2026-08-11T00:00:00Z')],
      [at('2024-06-10T00:00:00Z'), at('2026-06-11T00:00:00Z')],
    ] as const
    await bill(seller, [reported(), ...windows.map(([windowStart, windowEnd]) => reported({ windowStart, windowEnd }))])
    expect(await quarantineOf(seller.tenantId)).toEqual(['empty-window 2', 'future-window 1', 'unreadable-date 3', 'window-too-long 1'])
    expect(await totalOf(seller.tenantId)).toBe('0.1 EUR')
  })
})

describe('a delivery that breaks off', () => {
  async function* brokenAfter(pages: number) {
    for (let page = 0; page < pages; page += 1) yield [reported({ resourceRef: `srv-${page}` })]
    throw new Error('the cloud went away')
  }
  const receive = (sourceKey: string, pages: AsyncIterable<readonly ReturnType<typeof reported>[]>) =>
    receiveUsage(processOf(seller.tenantId, {}), { sourceKey, cloudConnectionId: seller.cloudRef, pages })

  test('goes on with its batch when it is repeated', async () => {
    await expect(receive('monday', brokenAfter(2))).rejects.toThrow('the cloud went away')
    const batch = await bill(
      seller,
      [0, 1, 2].map((page) => reported({ resourceRef: `srv-${page}` })),
      'monday',
    )
    expect(await batchOf(seller.tenantId, batch)).toMatchObject({ stored: 3, accepted: 3, state: 'rated' })
    expect(await totalOf(seller.tenantId)).toBe('0.3 EUR')
  })

  test('is taken over by the next delivery of its cloud, so that nothing of it is lost', async () => {
    await expect(receive('monday', brokenAfter(2))).rejects.toThrow('the cloud went away')
    const next = await receive('tuesday', inPages([[0, 1, 2].map((page) => reported({ resourceRef: `srv-${page}` }))]))
    expect(next).toMatchObject({ stored: 1 })
    const sent = await inTenant(seller.tenantId, ({ db, tenantId }) =>
      db.outboxEvent.findMany({ where: { tenantId }, select: { name: true, data: true } }),
    )
    expect(sent).toEqual(next.takenOver.map((batchId) => ({ name: 'usage/received', data: { tenantId: seller.tenantId, batchId } })))
    for (const batchId of [...next.takenOver, next.batchId]) await processDown(seller.tenantId, batchId)
    expect(await totalOf(seller.tenantId)).toBe('0.3 EUR')
  })
})

test('the time zone a server is set to moves no window', async () => {
  const admin = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await admin.connect()
  const { rows } = await admin.query<{ name: string }>('select current_database() as name')
  await admin.query(`alter database ${rows[0]?.name} set timezone to 'Asia/Kolkata'`)
  const { closeDatabase } = await import('#app/db/client.server.ts')
  await closeDatabase()
  await bill(seller, [reported()])
  const [row] = await inTenant(
    seller.tenantId,
    ({ db, tenantId }) => db.$queryRaw<{ read: Date; text: string; created: Date }[]>`
    select window_start as read, (window_start at time zone 'UTC')::text as text, created_at as created from usage_records where tenant_id = ${tenantId}::uuid`,
  )
  await admin.query(`alter database ${rows[0]?.name} reset timezone`)
  await admin.end()
  await closeDatabase()
  expect(row).toEqual({ read: new Date('2026-06-10T00:00:00Z'), text: '2026-06-10 00:00:00', created: new Date('2026-07-02T00:00:00Z') })
})
