import { createHash } from 'node:crypto'
import type { Clock } from '#app/ports/clock.ts'
import type { RawUsageRecord, UsageQuery, UsageSource } from '#app/ports/cloud-driver.ts'
import { CloudError } from '../cloud-error.ts'
import type { ExactJson } from '../exact-json.ts'
import { type CallLimits, type CloudStackCall, type CloudStackConnection, cloudStackCaller, usualLimits } from './api-client.ts'
import { type Page, type PagingLimits, readPages } from './read-pages.ts'
import { toRawUsage } from './usage-record.ts'

export type CloudStackOptions = { readonly clock: Clock; readonly limits?: Partial<CallLimits & PagingLimits> }

const usualPaging: PagingLimits = { pageSize: 500, maxPages: 20_000, maxRepeatedPages: 10 }

/**
 * The cloud returns a record only when its whole window lies inside the question, and reads the question in its own unknown time
 * zone. Two days more at either end cover a window of a day and every zone.
 */
const wideningMs = 48 * 3_600_000

/**
 * The usage of one CloudStack, through listUsageRecords with all domains below the credentials' own. Records whose dates or
 * quantities cannot be read are yielded with their `problem`, whatever the period asked.
 */
export function cloudStackUsage(connection: CloudStackConnection, { clock, limits }: CloudStackOptions): UsageSource {
  const call = cloudStackCaller(connection, clock, { ...usualLimits, ...limits })
  const paging = { ...usualPaging, ...limits }
  return {
    async *fetchUsage(query) {
      const ask = (number: number) => askPage(call, { query, number, pageSize: paging.pageSize })
      for await (const records of readPages(ask, paging)) {
        const wanted = records.map((record) => toRawUsage(record, connection.cloud)).filter((record) => isAsked(record, query))
        if (wanted.length > 0) yield wanted
      }
    },
  }
}

type PageQuestion = { readonly query: UsageQuery; readonly number: number; readonly pageSize: number }

async function askPage(call: CloudStackCall, { query, number, pageSize }: PageQuestion): Promise<Page<ExactJson>> {
  const answer = await call({
    command: 'listUsageRecords',
    startdate: toTimestamp(query.from.getTime() - wideningMs),
    enddate: toTimestamp(query.to.getTime() + wideningMs),
    isrecursive: 'true',
    page: String(number),
    pagesize: String(pageSize),
  })
  return toPage(answer)
}

/** The records in an opened listUsageRecords answer; an empty listing is `{}`. @throws CloudError `malformed-answer` */
export function toPage(answer: ExactJson): Page<ExactJson> {
  const { usagerecord: values = [] } = answer.value as { usagerecord?: unknown }
  const { usagerecord: exacts = [] } = answer.exact as { usagerecord?: unknown }
  if (!Array.isArray(values) || !Array.isArray(exacts)) {
    throw new CloudError('malformed-answer', 'cloudstack listUsageRecords: the records are not a list')
  }
  return {
    records: values.map((value: unknown, index) => ({ value, exact: exacts[index] as unknown })),
    fingerprint: createHash('sha256').update(JSON.stringify(exacts)).digest('hex'),
  }
}

function isAsked(record: RawUsageRecord, query: UsageQuery): boolean {
  return record.problem !== undefined || (record.windowStart < query.to && record.windowEnd > query.from)
}

function toTimestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')
}
