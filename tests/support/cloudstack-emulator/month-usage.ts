import { accountUsage } from './account-usage.ts'
import { randomOf } from './random.ts'
import { serverUsage } from './server-usage.ts'
import { hourMs, type Month, monthOf, windowsOf } from './timeline.ts'
import type { UsageDraft, UsageEntry } from './usage-entry.ts'
import { anomalies, cloudAccounts, servers } from './world.ts'

type MonthInput = { readonly month: string; readonly seed: number; readonly windowHours: number }

const made = new Map<string, readonly UsageEntry[]>()

/**
 * Every usage record of the month in the order the cloud lists them, with the anomalies of the world. The same month, seed and
 * window length give the same records; a process makes them once.
 */
export function monthUsage(input: MonthInput): readonly UsageEntry[] {
  const key = JSON.stringify([input.month, input.seed, input.windowHours])
  const entries = made.get(key) ?? makeMonth(input)
  made.set(key, entries)
  return entries
}

function makeMonth(input: MonthInput): UsageEntry[] {
  const month = monthOf(input.month)
  const windows = windowsOf(month, input.windowHours)
  const random = randomOf(input.seed)
  const regular = [...servers.flatMap((server) => serverUsage(server, month, windows, random)), ...accountUsage(windows, random)]
  const entries = regular.map((entry) => disturbed(entry, month))
  const all = [...entries, ...ghosts(entries, month), ...reemitted(entries), ...conflicting(entries), ...unknown(entries)]
  return all
    .map((entry, order) => ({ entry, order }))
    .sort((left, right) => left.entry.visibleAt - right.entry.visibleAt || left.order - right.order)
    .map(({ entry }, index) => ({ ...entry, id: index + 1 }))
}

/** Records that are wrong in themselves: an impossible day, a counter that ran backwards, one that comes late. */
function disturbed(entry: UsageDraft, month: Month): UsageDraft {
  const { impossible, negative, late, conflict } = anomalies
  if (isDisputed(entry)) return withQuantity(entry, conflict.first)
  if (isOf(entry, impossible, 1)) return withQuantity(entry, impossible.rawusage)
  if (isOf(entry, negative, 4)) return withQuantity(entry, negative.rawusage)
  if (cloudAccounts[entry.accountName].name === late.account && includes(late.days, entry.day)) {
    return { ...entry, visibleAt: month.end + late.hoursAfterMonth * hourMs }
  }
  return entry
}

/** Full days of a server that was deleted before them: the last whole day's records, with later dates. */
function ghosts(entries: readonly UsageDraft[], month: Month): UsageDraft[] {
  const { server, deletedDay, ghostDays } = anomalies.ghost
  const template = entries.filter(
    (entry) => entry.resourceName === server && entry.day === deletedDay - 1 && [1, 2].includes(Number(entry.record.usagetype)),
  )
  return ghostDays.flatMap((day) =>
    template.map((entry) => {
      const shift = (day - entry.day) * 24 * hourMs
      const moved = (field: string) => shiftDate(String(entry.record[field]), shift)
      const record = { ...entry.record, startdate: moved('startdate'), enddate: moved('enddate') }
      return {
        ...entry,
        record,
        day,
        start: entry.start + shift,
        end: entry.end + shift,
        visibleAt: Math.min(entry.visibleAt + shift, month.end),
      }
    }),
  )
}

function shiftDate(text: string, milliseconds: number): string {
  const moved = new Date(Date.parse(`${text.slice(0, 19)}Z`) + milliseconds)
  return `${moved.toISOString().slice(0, 19)}${text.slice(19)}`
}

/** The same rows a second time, word for word, ten days later. */
function reemitted(entries: readonly UsageDraft[]): UsageDraft[] {
  const { domain, days } = anomalies.reemitted
  return entries
    .filter((entry) => cloudAccounts[entry.accountName].domain.path === domain && includes(days, entry.day))
    .map((entry) => ({ ...entry, visibleAt: entry.visibleAt + 240 * hourMs }))
}

/** The data volume's record, not the root volume's. */
function isDisputed(entry: UsageDraft): boolean {
  return isOf(entry, anomalies.conflict, 6) && entry.record.offeringid !== undefined
}

function conflicting(entries: readonly UsageDraft[]): UsageDraft[] {
  const { conflict } = anomalies
  return entries.filter(isDisputed).map((entry) => ({ ...withQuantity(entry, conflict.second), visibleAt: entry.visibleAt + 48 * hourMs }))
}

function unknown(entries: readonly UsageDraft[]): UsageDraft[] {
  const { unknownType } = anomalies
  return entries
    .filter((entry) => isOf(entry, unknownType, 1))
    .map((entry) => ({ ...entry, record: { ...entry.record, usagetype: unknownType.usagetype, description: 'GPU usage for sales-crm' } }))
}

function isOf(entry: UsageDraft, { server, day }: { server: string; day: number }, type: number): boolean {
  return entry.resourceName === server && entry.day === day && entry.record.usagetype === type
}

function withQuantity(entry: UsageDraft, rawusage: string): UsageDraft {
  const words = String(entry.record.usage).split(' ').slice(1).join(' ')
  return { ...entry, record: { ...entry.record, rawusage, usage: `${rawusage} ${words}` } }
}

function includes(days: readonly number[], day: number): boolean {
  return days.includes(day)
}
