import type { Readable } from 'node:stream'
import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { readCloudStackFile } from './cloudstack/usage-file.ts'
import { readCsvUsage } from './csv-usage.ts'
import { malformedFile } from './malformed-file.ts'
import { readNovaFile } from './openstack/nova-usage.ts'

export const usageFileFormats = ['cloudstack', 'nova', 'csv'] as const
export type UsageFileFormat = (typeof usageFileFormats)[number]

export type UsageFile = {
  readonly format: UsageFileFormat
  /** Names the cloud the records are of, as in its connection: the same fact from the API and from a file has one content key. */
  readonly cloud: string
  readonly source: Readable | string
}

const pageSize = 500
/** JSON is read whole. A year of a small cloud is about 100 MB; bigger ones come as CSV, which is read as a stream. */
const maxJsonBytes = 256 * 1024 * 1024

/**
 * The usage records in a file, in pages of 500. Single records that cannot be read carry a `problem`. A JSON file that is broken
 * anywhere yields nothing; a CSV file is read as a stream and fails at its first broken line, so the caller takes it in one transaction.
 * @throws CloudError `malformed-file`
 */
export async function* readUsageFile({ format, cloud, source }: UsageFile): AsyncGenerator<readonly RawUsageRecord[]> {
  if (format === 'csv') {
    yield* inPages(readCsvUsage(source, cloud))
    return
  }
  const text = typeof source === 'string' ? source : await readWhole(source)
  const records = format === 'nova' ? readNovaFile(text, cloud) : readCloudStackFile(text, cloud)
  yield* inPages(records)
}

async function* inPages(records: AsyncIterable<RawUsageRecord> | Iterable<RawUsageRecord>): AsyncGenerator<readonly RawUsageRecord[]> {
  let page: RawUsageRecord[] = []
  for await (const record of records) {
    page.push(record)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

async function readWhole(source: Readable): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of source) {
    const bytes = Buffer.from(part as Uint8Array | string)
    size += bytes.byteLength
    if (size > maxJsonBytes) throw malformedFile(`exceeds ${maxJsonBytes} bytes of JSON; send it as CSV`)
    parts.push(bytes)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch (error) {
    throw malformedFile('is not UTF-8', error)
  }
}
