import { err, ok, type Result } from '../shared/result.ts'
import type { Period } from '../time/period.ts'

export type WindowProblem = 'unreadable-date' | 'empty-window' | 'window-too-long' | 'future-window'

const hourMs = 3_600_000
const longestMs = 366 * 24 * hourMs

/**
 * The window, when usage can have happened in it: it has a length, of a year at most, and has ended but for an hour,
 * by which the clocks of clouds differ and a current hourly window may still run.
 */
export function checkWindow(window: Period, now: Date): Result<Period, WindowProblem> {
  const [start, end] = [window.start.getTime(), window.end.getTime()]
  if (Number.isNaN(start) || Number.isNaN(end)) return err('unreadable-date')
  if (end <= start) return err('empty-window')
  if (end > now.getTime() + hourMs) return err('future-window')
  return end - start > longestMs ? err('window-too-long') : ok(window)
}
