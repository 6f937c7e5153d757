import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { buildCloud, buildMapping } from '#tests/support/usage.ts'
import { totalOf } from '#tests/support/usage-facts.ts'

const fixtures = 'tests/support/fixtures'
const nova = `${fixtures}/openstack/nova-simple-tenant-usage-all.json`
const allTypes = `${fixtures}/cloudstack/constructed.listUsageRecords.all-types.json`
const header = 'usage_type,quantity,window_start,window_end,resource_id,account_id'
const hours = (quantity: string, account = 'a1') => `1,${quantity},2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,srv-${quantity},${account}`

let folder: string
let tenantId: string
let slug = ''
let sellers = 0
beforeAll(async () => {
  setClock(fixedClock('2026-12-02T00:00:00Z'))
  folder = await mkdtemp(join(process.env.LIVERY_DATA_DIR ?? '', 'usage-'))
})
afterAll(() => setClock())
beforeEach(async () => {
  sellers += 1
  slug = `seller-${sellers}`
  tenantId = await buildTenant({ slug })
  const cloudRef = await buildCloud(tenantId, 'Frankfurt', 'running')
  const openstack = await buildCloud(tenantId, 'OpenStack', 'allocated')
  const accountId = await buildAccount(tenantId)
  const { priceBookId } = await buildPriceBook(tenantId, [
    { feeKind: 'usage', meter: 'server.running', unit: 'hour', price: '0.5' },
    { feeKind: 'usage', meter: 'server.allocated', unit: 'hour', price: '36' },
  ])
  await buildContract(tenantId, { accountId, priceBookId })
  await buildMapping(tenantId, { cloudRef, ref: 'a1', accountId })
  await buildMapping(tenantId, { cloudRef: openstack, kind: 'project', ref: '32c80ad390b14b6eb8616834abc2f47e', accountId })
})

async function livery(...words: string[]): Promise<{ code: number; out: string; problems: string }> {
  const told = { out: [] as string[], problems: [] as string[] }
  const code = await runLivery(words, { out: (text) => void told.out.push(text), problem: (text) => void told.problems.push(text) })
  return { code, out: told.out.join(''), problems: told.problems.join('') }
}
const importing = (file: string, format: string, ...more: string[]) =>
  livery(
    'usage',
    'import',
    file,
    '--format',
    format,
    '--tenant',
    slug,
    '--connection',
    format === 'nova' ? 'OpenStack' : 'Frankfurt',
    ...more,
  )

async function fileOf(name: string, content: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}
const rawCount = () => inTenant(tenantId, ({ db }) => db.rawUsage.count({ where: { tenantId } }))

describe('livery usage import', () => {
  test('bills the five seconds that a running Nova told of, to twelve decimals, and once', async () => {
    const first = await importing(nova, 'nova', '--json')
    expect(first).toMatchObject({ code: 0, problems: '' })
    expect(JSON.parse(first.out)).toMatchObject({
      ok: true,
      records: 1,
      stored: 1,
      accepted: 1,
      quarantined: 0,
      dropped: 0,
      charges: 1,
      reasons: [],
    })
    expect(await totalOf(tenantId)).toBe('0.050000000004 EUR')
    const again = await importing(nova, 'nova', '--json')
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, records: 1, stored: 0, accepted: 1, charges: 0 })
    expect(await importing(`${fixtures}/openstack/nova-simple-tenant-usage-member.json`, 'nova')).toMatchObject({ code: 0 })
    expect(await totalOf(tenantId)).toBe('0.050000000004 EUR')
  })

  test('says why records of a file are in quarantine, and ends with 3', async () => {
    const file = await fileOf('mixed.csv', [header, hours('24'), hours('26'), hours('12', 'nobody'), hours('many')].join('\n'))
    const { code, out } = await importing(file, 'csv')
    expect(code).toBe(3)
    expect(out).toBe(
      '4 records read, 4 of them new\n1 accepted, 3 in quarantine, 0 dropped; 1 charges made\n  impossible-quantity: 1\n  unmapped-owner: 1\n  unreadable-quantity: 1\n',
    )
    expect(await totalOf(tenantId)).toBe('12 EUR')
  })

  test('takes every CloudStack usage type', async () => {
    const { code, out } = await importing(allTypes, 'cloudstack', '--json')
    const answer = JSON.parse(out) as { records: number; accepted: number; quarantined: number; dropped: number }
    const { listusagerecordsresponse: file } = JSON.parse(await readFile(allTypes, 'utf8')) as {
      listusagerecordsresponse: { usagerecord: unknown[] }
    }
    expect(code).toBe(3)
    expect(answer.records).toBe(file.usagerecord.length)
    expect(answer.accepted + answer.quarantined + answer.dropped).toBe(answer.records)
  })
})

describe('a file that is broken', () => {
  test.each(['cloudstack', 'nova'])('%s, cut short, is refused with 1 and changes nothing', async (format) => {
    const whole = await readFile(format === 'nova' ? nova : allTypes, 'utf8')
    const file = await fileOf('cut.json', whole.slice(0, -9))
    expect(await importing(file, format)).toEqual({
      code: 1,
      out: 'refused: the file is not JSON, or was cut short; nothing of it was taken\n',
      problems: '',
    })
    expect(await rawCount()).toBe(0)
  })

  test('csv, cut short far behind its first page, likewise; mended, it is taken whole', async () => {
    const rows = Array.from({ length: 1_200 }, (_, index) => `4,1000000000,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,srv-${index},a1`)
    const cut = await fileOf('long.csv', [header, ...rows].join('\n').slice(0, -30))
    const { code, out } = await importing(cut, 'csv', '--json')
    expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, error: 'malformed-file' }])
    expect(await rawCount()).toBe(0)
    const mended = await importing(await fileOf('long.csv', [header, ...rows].join('\n')), 'csv', '--json')
    expect(JSON.parse(mended.out)).toMatchObject({ records: 1_200, stored: 1_200 })
  })

  test('an error answer of the cloud is refused with 1', async () => {
    expect((await importing(`${fixtures}/cloudstack/constructed.error.431.json`, 'cloudstack')).code).toBe(1)
    expect((await importing(`${fixtures}/openstack/nova-simple-tenant-usage-badrange.json`, 'nova')).code).toBe(1)
  })
})

describe('wrong use ends with 2 and one clear line', () => {
  test.each<[string, string[], string]>([
    ['no such file', ['/nowhere/usage.csv', '--format', 'csv', '--connection', 'Frankfurt'], '"/nowhere/usage.csv" cannot be read: ENOENT'],
    ['a folder', ['/', '--format', 'nova', '--connection', 'Frankfurt'], '"/" cannot be read: EISDIR'],
    ['no such format', ['x.xml', '--format', 'xml', '--connection', 'Frankfurt'], '"xml" is not a format: table, cloudstack, nova, csv'],
    ['no such connection', ['x.csv', '--format', 'csv', '--connection', 'Paris'], 'has no cloud connection "Paris"'],
    ['no connection', ['x.csv', '--format', 'csv'], '--connection says which cloud the records are of'],
    ['no file', ['--format', 'csv', '--connection', 'Frankfurt'], "missing required argument 'file'"],
  ])('%s', async (_, words, problem) => {
    const { code, out, problems } = await livery('usage', 'import', ...words, '--tenant', slug)
    expect([code, out]).toEqual([2, ''])
    expect(problems).toContain(problem)
  })

  test('no such tenant', async () => {
    expect(await livery('usage', 'import', nova, '--format', 'nova', '--tenant', 'nobody', '--connection', 'Frankfurt')).toMatchObject({
      code: 2,
      out: '',
    })
  })
})
