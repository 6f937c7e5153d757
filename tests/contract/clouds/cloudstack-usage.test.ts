import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { anomalies, apiAccounts, cloudAccounts, domains, offerings, projects, servers } from '#tests/support/cloudstack-emulator/world.ts'
import { now, type OpenCloud, october, openCloudStack } from './cloudstack-world.ts'
import { describeUsageSource, facts, readAll } from './usage-source-contract.ts'

describeUsageSource('a CloudStack', async () => {
  const { source, close } = await openCloudStack()
  return {
    source,
    close,
    period: { from: new Date('2026-10-08T00:00:00Z'), to: new Date('2026-10-14T00:00:00Z') },
    middle: new Date('2026-10-11T00:00:00Z'),
  }
})

describeUsageSource('a CloudStack that meters four times a day', async () => {
  const { source, close } = await openCloudStack({ windowHours: 6 })
  return {
    source,
    close,
    period: { from: new Date('2026-10-13T00:00:00Z'), to: new Date('2026-10-14T00:00:00Z') },
    middle: new Date('2026-10-13T06:00:00Z'),
  }
})

let cloud: OpenCloud
let records: RawUsageRecord[]
beforeAll(async () => {
  cloud = await openCloudStack()
  records = await readAll(cloud.source, october)
})
afterAll(() => cloud.close())

const serverNamed = (name: string) => servers.find((server) => server.name === name)?.id
const ofServer = (name: string, usageType: string, day: number) =>
  records.filter(
    (record) =>
      record.resourceRef === serverNamed(name) && record.usageType === usageType && record.windowStart.getTime() === Date.UTC(2026, 9, day),
  )

test('a month of the whole cloud is read to its last record, on pages of 500', () => {
  expect(cloud.emulator.entries.length).toBeGreaterThan(9_000)
  expect(records).toHaveLength(cloud.emulator.entries.length)
  expect(records.map(({ payload }) => payload)).toEqual(cloud.emulator.entries.map(({ record }) => record))
})

test('every usage type is among them', () => {
  const types = [...new Set(records.map(({ usageType }) => Number(usageType)))].sort((left, right) => left - right)
  expect(types).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 77])
})

test('windows are whole UTC days, in either date form and any offset', () => {
  expect(new Set(records.map(({ windowStart, windowEnd }) => windowEnd.getTime() - windowStart.getTime()))).toEqual(new Set([86_400_000]))
  const [old] = ofServer('burj-shop', '2', 3)
  const [recent] = ofServer('burj-shop', '2', 13)
  expect(old?.payload).toMatchObject({ startdate: "2026-10-03'T'00:00:00+00:00", enddate: "2026-10-03'T'23:59:59+00:00" })
  expect(recent?.payload).toMatchObject({ startdate: '2026-10-13T04:00:00+0400', enddate: '2026-10-14T03:59:59+0400' })
  expect(recent?.windowEnd).toEqual(new Date('2026-10-14T00:00:00Z'))
})

test('a resize in the middle of a day is two facts with one window', () => {
  const resized = ofServer('linde-app', '1', 12)
  expect(resized.map(({ quantity, dimensions }) => [quantity, dimensions.offering, dimensions.cpuNumber])).toEqual([
    ['13.5', offerings.S.id, '1'],
    ['10.5', offerings.M.id, '2'],
  ])
  expect(new Set(resized.map(({ contentKey }) => contentKey)).size).toBe(2)
})

test('a record of a project names the project and no account', () => {
  const [record] = ofServer('linde-shop', '1', 6)
  expect(record?.owner).toEqual({ projectId: projects.lindeShop.id, domainId: domains.ahorn.id, domainPath: 'ROOT/ahorn' })
})

test('an owner is told from account to domain path', () => {
  const [record] = ofServer('oasis-web', '1', 6)
  expect(record?.owner).toEqual({ accountId: cloudAccounts.oasis.id, domainId: domains.nakhla.id, domainPath: 'ROOT/lakeside/nakhla' })
})

test('a quantity with a decimal comma is read', () => {
  const commas = records.filter(({ payload }) => String((payload as { rawusage: string }).rawusage).includes(','))
  expect(commas.length).toBeGreaterThan(10)
  expect(commas[0]?.quantity).toMatch(/^\d+\.\d+$/)
})

test('re-emitted history has the keys and quantities of the first time', () => {
  const copied = records.filter(({ owner, windowStart }) => {
    const day = windowStart.getUTCDate()
    return owner.domainPath === anomalies.reemitted.domain && anomalies.reemitted.days.some((reemitted) => reemitted === day)
  })
  expect(copied.length).toBeGreaterThan(100)
  expect(facts(copied)).toHaveLength(copied.length / 2)
})

test('the same window with another quantity is the same key, twice', () => {
  const disputed = records.filter(
    ({ usageType, resourceName, dimensions, windowStart, payload }) =>
      usageType === '6' &&
      resourceName === undefined &&
      dimensions.sizeBytes === '107374182400' &&
      windowStart.getUTCDate() === 16 &&
      (payload as { account?: string }).account === 'burj-retail',
  )
  expect(disputed.map(({ quantity }) => quantity)).toEqual(['24', '23.25'])
  expect(new Set(disputed.map(({ contentKey }) => contentKey)).size).toBe(1)
})

test('impossible, negative, unknown and ghost records are told as they came', () => {
  expect(ofServer('brandt-web', '1', 9).map(({ quantity }) => quantity)).toEqual(['26'])
  expect(ofServer('rd-git', '4', 11).map(({ quantity }) => quantity)).toEqual(['-5368709120'])
  expect(ofServer('sales-crm', '77', 14)).toHaveLength(1)
  expect(ofServer('huber-test', '1', 21)).toEqual([])
  expect(ofServer('huber-test', '1', 22).map(({ quantity }) => quantity)).toEqual(['24'])
})

test('two secondary volumes of one account, without id and size, are two facts', () => {
  const volumes = records.filter(({ usageType, windowStart }) => usageType === '26' && windowStart.getUTCDate() === 4)
  expect(volumes.map(({ resourceRef }) => resourceRef)).toEqual(['OLD-4', 'OLDER-4'])
  expect(new Set(volumes.map(({ contentKey }) => contentKey)).size).toBe(2)
})

test('a late record appears once the usage server has written it', async () => {
  const { account, days } = anomalies.late
  const isLate = ({ owner, windowStart }: RawUsageRecord) =>
    owner.accountId === cloudAccounts.kellerAt.id && days.some((day) => day === windowStart.getUTCDate())
  let asOf = new Date('2026-11-01T06:00:00Z')
  const early = await openCloudStack({ asOf: () => asOf })
  try {
    const before = await readAll(early.source, october)
    asOf = new Date('2026-11-05T06:00:00Z')
    const after = await readAll(early.source, october)
    expect(account).toBe('keller-at')
    expect(before.filter(isLate)).toEqual([])
    expect(after.filter(isLate).length).toBeGreaterThan(20)
    expect(facts(after)).toEqual(facts(records))
  } finally {
    await early.close()
  }
})

test.each([-11 * 60, 14 * 60])('no window is lost when the management server lives %i minutes from UTC', async (serverOffsetMinutes) => {
  const day = { from: new Date('2026-10-20T00:00:00Z'), to: new Date('2026-10-21T00:00:00Z') }
  const elsewhere = await openCloudStack({ serverOffsetMinutes })
  try {
    expect(facts(await readAll(elsewhere.source, day))).toEqual(facts(await readAll(cloud.source, day)))
  } finally {
    await elsewhere.close()
  }
})

test("a domain administrator's keys read the own domain and those below", async () => {
  const lakeside = await openCloudStack({ accounts: [apiAccounts.lakeside] })
  try {
    const paths = new Set((await readAll(lakeside.source, october)).map(({ owner }) => owner.domainPath))
    expect([...paths].sort()).toEqual(['ROOT/lakeside', 'ROOT/lakeside/nakhla'])
  } finally {
    await lakeside.close()
  }
})

test('a request is signed for ten minutes: one from a clock twenty minutes late is refused', async () => {
  const slow = await openCloudStack({ senderNow: new Date(now.getTime() - 20 * 60_000) })
  try {
    await expect(readAll(slow.source, october)).rejects.toMatchObject({ code: 'unauthorised', status: 401 })
  } finally {
    await slow.close()
  }
})
