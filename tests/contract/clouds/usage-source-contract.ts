import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RawUsageRecord, UsageQuery, UsageSource } from '#app/ports/cloud-driver.ts'

export type UsageSourceUnderTest = {
  readonly source: UsageSource
  /** A period of several days with usage in it, aligned to windows. */
  readonly period: UsageQuery
  /** An instant inside the period that cuts no window. */
  readonly middle: Date
  readonly close: () => Promise<void>
}

/** All records of a fetch, pages joined. */
export async function readAll(source: UsageSource, query: UsageQuery): Promise<RawUsageRecord[]> {
  const records: RawUsageRecord[] = []
  for await (const page of source.fetchUsage(query)) records.push(...page)
  return records
}

/** The distinct facts of some records, in an order of their own: content key and quantity. */
export function facts(records: readonly RawUsageRecord[]): string[] {
  return [...new Set(records.map(({ contentKey, quantity }) => `${contentKey} ${quantity}`))].sort()
}

/** What every usage source owes its importer, whatever the cloud behind it. */
export function describeUsageSource(name: string, open: () => Promise<UsageSourceUnderTest>): void {
  describe(`usage of ${name}`, () => {
    let subject: UsageSourceUnderTest
    let records: RawUsageRecord[]

    beforeAll(async () => {
      subject = await open()
      records = await readAll(subject.source, subject.period)
    })
    afterAll(() => subject.close())

    test('there is some, of several types', () => {
      expect(records.length).toBeGreaterThan(50)
      expect(new Set(records.map(({ usageType }) => usageType)).size).toBeGreaterThan(4)
    })

    test('every record touches the period asked', () => {
      const outside = records.filter(({ windowStart, windowEnd }) => windowStart >= subject.period.to || windowEnd <= subject.period.from)
      expect(outside).toEqual([])
    })

    test('asking again tells the same facts under the same keys', async () => {
      expect(facts(await readAll(subject.source, subject.period))).toEqual(facts(records))
    })

    test('two halves of a period hold the facts of the whole', async () => {
      const { from, to } = subject.period
      const first = await readAll(subject.source, { from, to: subject.middle })
      const second = await readAll(subject.source, { from: subject.middle, to })
      expect(facts([...first, ...second])).toEqual(facts(records))
    })

    test('a key names one type, one resource, one owner and one window', () => {
      const identities = records.map(({ contentKey, usageType, resourceRef, owner, windowStart, windowEnd }) =>
        JSON.stringify([contentKey, usageType, resourceRef, owner, windowStart, windowEnd]),
      )
      expect(new Set(identities).size).toBe(new Set(records.map(({ contentKey }) => contentKey)).size)
      expect(records.filter(({ contentKey }) => !/^[0-9a-f]{64}$/.test(contentKey))).toEqual([])
    })

    test('windows have a length and quantities are plain decimal text', () => {
      const isPlain = ({ windowStart, windowEnd, quantity, problem }: RawUsageRecord) =>
        problem === undefined && windowStart < windowEnd && /^-?\d+(\.\d+)?$/.test(quantity ?? '')
      expect(records.filter((record) => !isPlain(record))).toEqual([])
    })

    test('every record has an owner, and its payload is plain JSON', () => {
      expect(records.filter(({ owner }) => (owner.projectId ?? owner.accountId) === undefined)).toEqual([])
      const payloads = records.map(({ payload }) => payload)
      expect(JSON.parse(JSON.stringify(payloads))).toEqual(payloads)
    })

    test('a period long before anything was metered is empty', async () => {
      expect(await readAll(subject.source, { from: new Date('2011-01-01T00:00:00Z'), to: new Date('2011-02-01T00:00:00Z') })).toEqual([])
    })
  })
}
