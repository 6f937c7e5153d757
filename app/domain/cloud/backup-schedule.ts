import { z } from 'zod'
import { addDays, type LocalDate, localDateOf, startOfDay } from '../time/local-date.ts'

/** When a server is backed up by itself: daily, or weekly on the day that the schedule began; `keep` of them are kept. */
export const BackupSchedule = z.strictObject({
  every: z.enum(['day', 'week']),
  hour: z.number().int().min(0).max(23),
  keep: z.number().int().min(1).max(30),
})
export type BackupSchedule = z.infer<typeof BackupSchedule>

const hourMs = 3_600_000

/** The first instant after `now` at the schedule's hour in `zone`. */
export function firstBackup({ hour }: BackupSchedule, now: Date, zone: string): Date {
  const today = localDateOf(now, zone)
  const at = atHour(today, hour, zone)
  return at.getTime() > now.getTime() ? at : atHour(addDays(today, 1), hour, zone)
}

/** The next instant of the schedule after one at `due`, and after `now`: what was missed is not made up for. */
export function nextBackup(schedule: BackupSchedule, { due, now, zone }: { due: Date; now: Date; zone: string }): Date {
  const step = schedule.every === 'day' ? 1 : 7
  let date = localDateOf(due, zone)
  do date = addDays(date, step)
  while (atHour(date, schedule.hour, zone).getTime() <= now.getTime())
  return atHour(date, schedule.hour, zone)
}

function atHour(date: LocalDate, hour: number, zone: string): Date {
  return new Date(startOfDay(date, zone).getTime() + hour * hourMs)
}
