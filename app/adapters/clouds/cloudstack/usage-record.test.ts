import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseExactJson } from '../exact-json.ts'
import { readCloudStackFile } from './usage-file.ts'
import { toRawUsage } from './usage-record.ts'

const file = (name: string) =>
  readFileSync(new URL(`../../../../tests/support/fixtures/cloudstack/constructed.${name}.json`, import.meta.url), 'utf8')
const allTypes = readCloudStackFile(file('listUsageRecords.all-types'), 'fra')
const oldDates = readCloudStackFile(file('listUsageRecords.old-dates-and-duplicate'), 'fra')

const plain = {
  accountid: 'a1',
  domainid: 'd1',
  zoneid: 'z1',
  usagetype: 1,
  rawusage: '13.5',
  startdate: '2026-11-01T00:00:00+0000',
  enddate: '2026-11-01T23:59:59+0000',
  usageid: 'vm1',
}
const read = (change: object) => toRawUsage(parseExactJson(JSON.stringify({ ...plain, ...change })), 'fra')

test('every recorded type is read without a problem, each under a key of its own', () => {
  expect(allTypes).toHaveLength(27)
  expect(allTypes.filter(({ problem }) => problem)).toEqual([])
  expect(new Set(allTypes.map(({ contentKey }) => contentKey)).size).toBe(27)
})

test('a running server is read with its owner, its window and what prices look at', () => {
  expect(allTypes[0]).toMatchObject({
    usageType: '1',
    quantity: '13.5',
    windowStart: new Date('2026-11-01T00:00:00Z'),
    windowEnd: new Date('2026-11-02T00:00:00Z'),
    resourceRef: '00000000-0000-4000-8000-000000000051',
    resourceName: 'web1',
    owner: {
      accountId: '00000000-0000-4000-8000-0000000000a1',
      domainId: '00000000-0000-4000-8000-0000000000d1',
      domainPath: 'ROOT/reseller1',
    },
    dimensions: {
      zone: '00000000-0000-4000-8000-000000000021',
      offering: '00000000-0000-4000-8000-0000000000f1',
      template: '00000000-0000-4000-8000-0000000000e1',
      operatingSystem: 'Debian 12',
      cpuNumber: '2',
      cpuSpeedMhz: '2000',
      memoryMib: '2048',
      kind: 'KVM',
    },
  })
})

test('sizes stay whole numbers of bytes', () => {
  expect(allTypes.filter(({ usageType }) => usageType === '6').map(({ dimensions }) => dimensions.sizeBytes)).toEqual([
    '21474836480',
    '107374182400',
  ])
})

test('the payload is the record as it came', () => {
  const { listusagerecordsresponse: answer } = JSON.parse(file('listUsageRecords.all-types')) as {
    listusagerecordsresponse: { usagerecord: unknown[] }
  }
  expect(allTypes.map(({ payload }) => payload)).toEqual(answer.usagerecord)
})

test('the old date form names the same facts as the new one', () => {
  expect(oldDates.map(({ contentKey }) => contentKey)).toEqual([0, 1, 2, 0].map((index) => allTypes[index]?.contentKey))
})

test('an address is known by its number, a network offering by its server', () => {
  const [address] = allTypes.filter(({ usageType }) => usageType === '3')
  const [network] = allTypes.filter(({ usageType }) => usageType === '13')
  expect(address?.resourceName).toBe('203.0.113.10')
  expect(network?.resourceRef).toBe('00000000-0000-4000-8000-000000000051')
})

test.each([
  { rawusage: '14' },
  { name: 'renamed' },
  { usage: '14 Hrs' },
  { description: 'other words' },
  { startdate: "2026-11-01'T'00:00:00+00:00" },
  { startdate: '2026-11-01T05:30:00+0530' },
  { domainpath: 'ROOT/moved' },
])('%j does not make another fact', (change) => {
  expect(read(change).contentKey).toBe(read({}).contentKey)
})

test.each([
  { usagetype: 2 },
  { usageid: 'vm2' },
  { virtualmachineid: 'vm2' },
  { offeringid: 'o' },
  { templateid: 't' },
  { cpunumber: 2 },
  { memory: 2048 },
  { size: 1 },
  { virtualsize: 1 },
  { isdefault: true },
  { issourcenat: true },
  { networkid: 'n' },
  { vpcid: 'v' },
  { zoneid: 'z2' },
  { accountid: 'a2' },
  { projectid: 'p1' },
  { startdate: '2026-11-01T01:00:00+0000' },
  { enddate: '2026-11-01T22:59:59+0000' },
])('%j makes another fact', (change) => {
  expect(read(change).contentKey).not.toBe(read({}).contentKey)
})

test('the same record of another cloud is another fact', () => {
  expect(toRawUsage(parseExactJson(JSON.stringify(plain)), 'zrh').contentKey).not.toBe(read({}).contentKey)
})

test.each([
  [{ rawusage: 'many' }, 'unreadable-quantity'],
  [{ rawusage: null }, 'unreadable-quantity'],
  [{ startdate: 'yesterday' }, 'unreadable-date'],
  [{ enddate: undefined }, 'unreadable-date'],
  [{ usagetype: undefined }, 'malformed-record'],
  [{ usagetype: 'RUNNING_VM' }, 'malformed-record'],
])('%j is told with the problem %s', (change, problem) => {
  const record = read(change)
  expect(record.problem).toBe(problem)
  expect(record.payload).toEqual(JSON.parse(JSON.stringify({ ...plain, ...change })))
})

test.each(['null', '7', '"text"', '[]', '{}'])('the entry %s is told as malformed, twice under one key', (text) => {
  const record = toRawUsage(parseExactJson(text), 'fra')
  expect(record.problem).toBe('malformed-record')
  expect(toRawUsage(parseExactJson(text), 'fra').contentKey).toBe(record.contentKey)
})

test('a quantity given as a number keeps its digits', () => {
  const text = JSON.stringify(plain).replace('"13.5"', '0.1000000000000000000000001')
  expect(toRawUsage(parseExactJson(text), 'fra').quantity).toBe('0.1000000000000000000000001')
})

test('characters that a database cannot hold are replaced', () => {
  const record = toRawUsage(parseExactJson(JSON.stringify({ ...plain, name: 'we\u0000b' }).replace('13.5"', '13.5","x":"\\ud800"')), 'fra')
  expect(record.resourceName).toBe('we\uFFFDb')
  expect(record.payload).toMatchObject({ name: 'we\uFFFDb', x: '\uFFFD' })
})
