import { createReadStream, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readUsageFile, type UsageFileFormat } from '#app/adapters/clouds/usage-files.ts'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'

const pathOf = (name: string) => fileURLToPath(new URL(`../../support/fixtures/${name}.json`, import.meta.url))
const textOf = (name: string) => readFileSync(pathOf(name), 'utf8')

async function read(format: UsageFileFormat, source: Readable | string): Promise<RawUsageRecord[]> {
  const records: RawUsageRecord[] = []
  for await (const page of readUsageFile({ format, cloud: 'fra', source })) records.push(...page)
  return records
}

const header =
  'source_id,usage_type,quantity,unit,window_start,window_end,resource_id,resource_name,project_id,account_id,domain_path,zone,size_bytes'
const row = (quantity: string) =>
  `r1,6,${quantity},hour,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,vol1,"root, web1",,a1,ROOT/ahorn,fra-1,21474836480`

test('an answer of listUsageRecords is read from a file as from the cloud', async () => {
  const records = await read('cloudstack', createReadStream(pathOf('cloudstack/constructed.listUsageRecords.all-types')))
  expect(records).toHaveLength(27)
  expect(records[1]).toMatchObject({ usageType: '1', quantity: '10.499724' })
})

test('a file may hold several answers, or bare records, under the same keys', async () => {
  const text = textOf('cloudstack/constructed.listUsageRecords.old-dates-and-duplicate')
  const keys = (records: RawUsageRecord[]) => records.map(({ contentKey }) => contentKey)
  const one = keys(await read('cloudstack', text))
  expect(keys(await read('cloudstack', `[${text},${text}]`))).toEqual([...one, ...one])
  const bare = JSON.stringify(
    (JSON.parse(text) as { listusagerecordsresponse: { usagerecord: unknown[] } }).listusagerecordsresponse.usagerecord,
  )
  expect(keys(await read('cloudstack', bare))).toEqual(one)
})

test('an empty listing is an empty file, not a broken one', async () => {
  expect(await read('cloudstack', textOf('cloudstack/constructed.listUsageRecords.empty'))).toEqual([])
})

test.each(['all', 'one', 'member', 'all-limit1'])('the recorded Nova answer "%s" tells one server, every digit kept', async (name) => {
  const [record, ...more] = await read('nova', textOf(`openstack/nova-simple-tenant-usage-${name}`))
  expect(more).toEqual([])
  expect(record).toMatchObject({
    usageType: 'nova.server',
    quantity: '0.001388888888888889',
    windowStart: new Date('2026-11-20T13:23:50Z'),
    windowEnd: new Date('2026-11-20T13:23:55Z'),
    resourceRef: '4cf4b69b-f3a1-45ad-bab8-ed57df052b3b',
    resourceName: 'web1',
    owner: { projectId: '32c80ad390b14b6eb8616834abc2f47e' },
    dimensions: { flavor: 's1.big-1795180964', cpuNumber: '4', memoryMib: '4096', diskGib: '40', state: 'terminated' },
  })
  expect(record?.problem).toBeUndefined()
})

test('all recorded Nova answers tell the same fact', async () => {
  const names = ['all', 'one', 'member', 'all-limit1']
  const records = await Promise.all(names.map((name) => read('nova', textOf(`openstack/nova-simple-tenant-usage-${name}`))))
  expect(new Set(records.flat().map(({ contentKey }) => contentKey)).size).toBe(1)
})

test('a project that Nova does not know used nothing', async () => {
  expect(await read('nova', textOf('openstack/nova-simple-tenant-usage-unknown-project'))).toEqual([])
})

test('a server that lives on is told up to the end of the period', async () => {
  const usage = {
    tenant_id: 'p1',
    start: '2026-11-01T00:00:00.000000',
    stop: '2026-12-01T00:00:00.000000',
    server_usages: [{ instance_id: 's1', hours: 720.0, started_at: '2026-10-05T10:00:00.000000', ended_at: null }],
  }
  const [record] = await read('nova', JSON.stringify({ tenant_usage: usage }).replace('720', '720.000000000000000000001'))
  expect(record).toMatchObject({
    quantity: '720.000000000000000000001',
    windowStart: new Date('2026-11-01T00:00:00Z'),
    windowEnd: new Date('2026-12-01T00:00:00Z'),
  })
})

test('a CSV row is a record; columns of no known name are dimensions', async () => {
  const [record] = await read('csv', Readable.from([`\uFEFF${header}\n`, row('23.999998')]))
  expect(record).toMatchObject({
    usageType: '6',
    quantity: '23.999998',
    windowStart: new Date('2026-11-01T00:00:00Z'),
    windowEnd: new Date('2026-11-02T00:00:00Z'),
    resourceRef: 'vol1',
    resourceName: 'root, web1',
    owner: { accountId: 'a1', domainPath: 'ROOT/ahorn' },
    dimensions: { unit: 'hour', zone: 'fra-1', sizeBytes: '21474836480' },
  })
  expect(record?.problem).toBeUndefined()
})

test('a CSV row with another quantity is the same fact, with another zone it is not', async () => {
  const [first, second, third] = await read('csv', `${header}\n${row('24')}\n${row('23')}\n${row('24').replace('fra-1', 'zrh-1')}\n`)
  expect(second?.contentKey).toBe(first?.contentKey)
  expect(third?.contentKey).not.toBe(first?.contentKey)
})

test('a cell that cannot be read is a problem of its record alone', async () => {
  const records = await read('csv', `${header}\n${row('many')}\n${row('24').replace('2026-11-01T00:00:00Z', 'soon')}\n${row('24')}\n`)
  expect(records.map(({ problem }) => problem)).toEqual(['unreadable-quantity', 'unreadable-date', undefined])
})

test('a long CSV file comes in pages of 500', async () => {
  const lines = Array.from({ length: 1_201 }, (_, index) => row(String(index)))
  const sizes: number[] = []
  for await (const page of readUsageFile({ format: 'csv', cloud: 'fra', source: [header, ...lines].join('\n') })) sizes.push(page.length)
  expect(sizes).toEqual([500, 500, 201])
})

test.each<[UsageFileFormat, string, string]>([
  ['cloudstack', 'truncated', textOf('cloudstack/constructed.listUsageRecords.all-types').slice(0, -9)],
  ['cloudstack', 'empty', ''],
  ['cloudstack', 'a plain value', '7'],
  ['cloudstack', 'an object of something else', '{"usage":[]}'],
  ['cloudstack', 'an error answer', textOf('cloudstack/constructed.error.431')],
  ['cloudstack', 'another command', textOf('cloudstack/constructed.deployVirtualMachine.accepted')],
  ['cloudstack', 'records that are no list', '{"listusagerecordsresponse":{"usagerecord":{}}}'],
  ['nova', 'truncated', textOf('openstack/nova-simple-tenant-usage-all').slice(0, -9)],
  ['nova', 'a refused request', textOf('openstack/nova-simple-tenant-usage-badrange')],
  ['nova', 'an answer of something else', '{"servers":[]}'],
  ['nova', 'without servers', '{"tenant_usage":{"tenant_id":"p","total_hours":3}}'],
  ['csv', 'empty', ''],
  ['csv', 'without a needed column', 'usage_type,quantity,window_start\n1,24,2026-11-01T00:00:00Z\n'],
  ['csv', 'a column twice', 'usage_type,quantity,window_start,window_end,quantity\n'],
  ['csv', 'cut inside a row', `${header}\n${row('24')}\n${row('24').slice(0, 40)}`],
  ['csv', 'cut inside a quote', `${header}\n${row('24').slice(0, 75)}`],
  ['csv', 'a row without end', `${header}\n"${'x'.repeat(200_000)}`],
])('a %s file that is %s is one clear error', async (format, _, text) => {
  await expect(read(format, text)).rejects.toMatchObject({ name: 'CloudError', code: 'malformed-file' })
})

test('a file that cannot be opened is an error of the system, not of the file', async () => {
  await expect(read('csv', createReadStream('/nowhere/usage.csv'))).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(read('nova', createReadStream('/nowhere/usage.json'))).rejects.toMatchObject({ code: 'ENOENT' })
})
