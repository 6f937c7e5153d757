import type { UsageEntry } from './usage-entry.ts'
import { type ApiAccount, cloudAccounts } from './world.ts'

export type Listing = { readonly page: number; readonly entries: readonly UsageEntry[] }
/** The cloud's refusal: its HTTP status and text. */
export type Refusal = { readonly status: number; readonly text: string }

export type Ask = (parameter: string) => string | undefined
const maxPageSize = 500

export type Cloud = {
  readonly entries: readonly UsageEntry[]
  /** Records written after this instant are not there yet. */
  readonly asOf: number
  /** The time zone of the management server, in which it reads dates without one. */
  readonly serverOffsetMinutes: number
}

/**
 * The page of usage records that the signed account asked for: whole windows inside the dates, inside its own domain. `back` moves
 * the page's edges towards the beginning, as when earlier records appear between two questions.
 */
export function listUsageRecords(cloud: Cloud, account: ApiAccount, ask: Ask, back = 0): Listing | Refusal {
  const start = readDate(ask('startdate'), cloud.serverOffsetMinutes, 0)
  const end = readDate(ask('enddate'), cloud.serverOffsetMinutes, 24 * 3_600_000 - 1000)
  if (start === undefined || end === undefined) return refuse('startdate and enddate are needed, as yyyy-MM-dd or yyyy-MM-dd HH:mm:ss')
  if (start > end) return refuse(`Incorrect Date Range. Start date: ${ask('startdate')} is after end date: ${ask('enddate')}`)
  const slice = readPaging(ask)
  if ('status' in slice) return slice
  if (ask('projectid') !== undefined && ask('accountid') !== undefined) return refuse('accountid and projectid exclude each other')

  const found = cloud.entries.filter(
    (entry) => entry.visibleAt <= cloud.asOf && isInside(entry, start, end) && isInScope(entry, account) && isAskedFor(entry, ask),
  )
  const first = Math.max(0, (slice.page - 1) * slice.size - back)
  return { page: slice.page, entries: found.slice(first, first + slice.size) }
}

/** `start_date between s and e and end_date between s and e`, with ends at .999. */
function isInside(entry: UsageEntry, start: number, end: number): boolean {
  return entry.start >= start && entry.start <= end && entry.end - 1000 >= start && entry.end - 1000 <= end
}

function isInScope(entry: UsageEntry, account: ApiAccount): boolean {
  const { path } = cloudAccounts[entry.accountName].domain
  return path === account.domainPath || path.startsWith(`${account.domainPath}/`)
}

function isAskedFor(entry: UsageEntry, ask: Ask): boolean {
  const { record } = entry
  const equal = (parameter: string, field: string) => ask(parameter) === undefined || String(record[field]) === ask(parameter)
  return equal('type', 'usagetype') && equal('accountid', 'accountid') && equal('projectid', 'projectid') && isInAskedDomain(entry, ask)
}

function isInAskedDomain(entry: UsageEntry, ask: Ask): boolean {
  const wanted = ask('domainid')
  if (wanted === undefined) return true
  const { domain } = cloudAccounts[entry.accountName]
  const asked = Object.values(cloudAccounts).find((account) => account.domain.id === wanted)?.domain
  return domain.id === wanted || (ask('isrecursive') === 'true' && asked !== undefined && domain.path.startsWith(`${asked.path}/`))
}

function readPaging(ask: Ask): { page: number; size: number } | Refusal {
  const page = ask('page')
  const size = ask('pagesize')
  if (page === undefined && size === undefined) return { page: 1, size: maxPageSize }
  if (page === undefined || size === undefined) return refuse('page and pagesize must be given together')
  if (!/^[1-9]\d{0,6}$/.test(page) || !/^[1-9]\d{0,6}$/.test(size)) return refuse('page and pagesize must be positive numbers')
  if (Number(size) > maxPageSize) return refuse(`Page size can not exceed max allowed list limit: ${maxPageSize}`)
  return { page: Number(page), size: Number(size) }
}

function readDate(text: string | undefined, offsetMinutes: number, dayPartMs: number): number | undefined {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?$/.test(text)) return undefined
  const instant = text.length === 10 ? Date.parse(`${text}T00:00:00Z`) + dayPartMs : Date.parse(`${text.replace(' ', 'T')}Z`)
  return Number.isNaN(instant) ? undefined : instant - offsetMinutes * 60_000
}

function refuse(text: string): Refusal {
  return { status: 431, text: `Unable to execute API command listusagerecords due to invalid value. ${text}` }
}
