import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import type { ExactJson } from '../exact-json.ts'
import { type Fields, isFields, malformedFile, parseJsonFile } from '../malformed-file.ts'
import { envelopeName } from './api-answer.ts'
import { toRawUsage } from './usage-record.ts'

/**
 * A file with answers of listUsageRecords: one answer, a list of answers (the pages), or a bare list of records.
 * @throws CloudError `malformed-file` when it is none of these; then nothing of it was read.
 */
export function readCloudStackFile(text: string, cloud: string): RawUsageRecord[] {
  const { value, exact } = parseJsonFile(text)
  if (!Array.isArray(value) || !Array.isArray(exact)) return recordsOf({ value, exact }).map((record) => toRawUsage(record, cloud))
  const entries = value.map((entry: unknown, index): ExactJson => ({ value: entry, exact: exact[index] }))
  const records = entries.flatMap((entry) => (envelopeName(entry.value) === undefined ? [entry] : recordsOf(entry)))
  return records.map((record) => toRawUsage(record, cloud))
}

function recordsOf({ value, exact }: ExactJson): ExactJson[] {
  const name = envelopeName(value)
  if (name === undefined) throw malformedFile('is no answer of listUsageRecords: a key ending in "response" is missing')
  const opened = (value as Fields)[name]
  const openedExact = (exact as Fields)[name]
  if (!isFields(opened) || !isFields(openedExact)) throw malformedFile('holds an answer without an object inside')
  if (opened.errorcode !== undefined) throw malformedFile(`holds an error answer of the cloud (${openedExact.errorcode})`)
  const { usagerecord: records = [] } = opened
  const { usagerecord: exacts = [] } = openedExact
  if (!Array.isArray(records) || !Array.isArray(exacts)) throw malformedFile('holds an answer whose usagerecord is no list')
  if (records.length === 0 && Object.keys(opened).length > 0 && opened.count !== 0) {
    throw malformedFile('holds an answer of another command than listUsageRecords')
  }
  return records.map((record: unknown, index) => ({ value: record, exact: exacts[index] }))
}
