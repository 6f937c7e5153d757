import type { Random } from './random.ts'
import { hourMs, type Window } from './timeline.ts'
import { type AccountName, anomalies, cloudAccounts, projects, zones } from './world.ts'

/** A record as the API prints it. */
export type UsageRecordJson = Readonly<Record<string, unknown>>

/** A record on the usage server: `id` orders the listing, `visibleAt` is when the usage job had written it. */
export type UsageEntry = {
  readonly id: number
  readonly visibleAt: number
  readonly start: number
  readonly end: number
  readonly day: number
  readonly accountName: AccountName
  readonly resourceName: string
  readonly record: UsageRecordJson
}
export type UsageDraft = Omit<UsageEntry, 'id'>

export type Subject = {
  readonly account: AccountName
  readonly project?: keyof typeof projects
  readonly zone: keyof typeof zones
  readonly name: string
}

export type Reading = {
  readonly type: number
  readonly rawusage: string
  /** The unit in the `usage` text, e.g. `Hrs`. */
  readonly words: string
  readonly description: string
  readonly fields?: Readonly<Record<string, unknown>>
}

/** The usage job runs a quarter of an hour after a window's end. */
const jobDelayMs = 15 * 60_000

export function draft(subject: Subject, window: Window, reading: Reading): UsageDraft {
  const rawusage = subject.zone === anomalies.commaZone ? reading.rawusage.replace('.', ',') : reading.rawusage
  return {
    visibleAt: window.end + jobDelayMs,
    start: window.start,
    end: window.end,
    day: window.day,
    accountName: subject.account,
    resourceName: subject.name,
    record: {
      ...ownerFields(subject),
      zoneid: zones[subject.zone].id,
      tags: [],
      usage: `${rawusage} ${reading.words}`,
      usagetype: reading.type,
      rawusage,
      startdate: printDate(window.start, subject, window.day),
      enddate: printDate(window.end - 1, subject, window.day),
      description: reading.description,
      ...reading.fields,
    },
  }
}

function ownerFields({ account, project }: Subject) {
  const owner = cloudAccounts[account]
  const domain = { domainid: owner.domain.id, domain: owner.domain.name, domainpath: owner.domain.path }
  if (project) return { projectid: projects[project].id, project: projects[project].name, ...domain }
  return { account: owner.name, accountid: owner.id, ...domain }
}

/** Old releases quote the T and write the offset with a colon; new ones print the zone's own offset. */
function printDate(instant: number, { zone }: Subject, day: number): string {
  if (day < anomalies.newDatesFromDay) return `${new Date(instant).toISOString().slice(0, 19).replace('T', "'T'")}+00:00`
  const offsetHours = zone === 'dubai' ? 4 : 0
  return `${new Date(instant + offsetHours * hourMs).toISOString().slice(0, 19)}+0${offsetHours}00`
}

/** Hours as the usage parser prints them: at most six decimals, of a value that went through 32-bit arithmetic. */
export function printHours(milliseconds: number, random: Random, label: string): string {
  const wobble = milliseconds >= hourMs ? drift(random(`drift ${label}`)) : 0
  const millionths = Math.round(milliseconds / 3.6) + wobble
  const whole = Math.floor(millionths / 1e6)
  const decimals = String(millionths % 1e6)
    .padStart(6, '0')
    .replace(/0+$/, '')
  return decimals === '' ? String(whole) : `${whole}.${decimals}`
}

function drift(value: number): number {
  if (value < 0.05) return -2
  return value > 0.97 ? 8 : 0
}
