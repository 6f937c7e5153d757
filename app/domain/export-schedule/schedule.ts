import { addDays, type LocalDate } from '../time/local-date.ts'

/** How often a file is made by itself. */
export const rhythms = ['daily', 'monthly'] as const
export type Rhythm = (typeof rhythms)[number]

/** How it is handed over. */
export const handovers = ['mail', 'webhook'] as const
export type Handover = (typeof handovers)[number]

/** One run: the day it is due, and the last day that its file is about. */
export type Run = { readonly dueOn: LocalDate; readonly through: LocalDate }

/** The first day after `today` on which a schedule runs: tomorrow, or the first of the next month. */
export function nextRunAfter(rhythm: Rhythm, today: LocalDate): LocalDate {
  return rhythm === 'daily' ? addDays(today, 1) : firstOfNextMonth(today)
}

/** After a longer outage no more months than this are made. */
const monthsAtMost = 12

/**
 * The runs of a schedule that are due on `today`, oldest first. A daily file holds its month so far, so that of days that were missed the
 * newest is enough; of months that were missed each has its file, the last twelve at most.
 */
export function dueRuns({ rhythm, nextOn, today }: { rhythm: Rhythm; nextOn: LocalDate; today: LocalDate }): Run[] {
  if (nextOn > today) return []
  if (rhythm === 'daily') return [runOn(today)]
  const runs: Run[] = []
  for (let dueOn = nextOn; dueOn <= today; dueOn = firstOfNextMonth(dueOn)) runs.push(runOn(dueOn))
  return runs.slice(-monthsAtMost)
}

function runOn(dueOn: LocalDate): Run {
  return { dueOn, through: addDays(dueOn, -1) }
}

function firstOfNextMonth(day: LocalDate): LocalDate {
  const [year = 0, month = 0] = day.split('-').map(Number)
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`
}
