import { readFileSync } from 'node:fs'
import type { Clock } from '#app/ports/clock.ts'
import { badSetting } from './configuration-error.server.ts'
import { environment } from './env.server.ts'

let current: Clock | undefined

/** The clock of this process: the machine's, unless LIVERY_CLOCK or a test says otherwise. */
export const clock: Clock = {
  now() {
    current ??= clockOf(environment().LIVERY_CLOCK)
    return current.now()
  },
}

/** Replaces the clock and hands over the one that was; without an argument the configured one returns. */
export function setClock(next?: Clock): Clock | undefined {
  const before = current
  current = next
  return before
}

/** A clock that always tells `instant` (ISO 8601). */
export function fixedClock(instant: string): Clock {
  const at = parseInstant(instant)
  return { now: () => new Date(at) }
}

function clockOf(value: string | undefined): Clock {
  if (!value) return { now: () => new Date() }
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return fixedClock(value)
  // A running process sees the moved clock at its next question: tests write the file, nothing restarts.
  return { now: () => new Date(parseInstant(readClockFile(value))) }
}

function readClockFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw badSetting('LIVERY_CLOCK', `is neither an instant nor a readable file: ${(error as Error).message}`, error)
  }
}

function parseInstant(text: string): number {
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) throw badSetting('LIVERY_CLOCK', `"${text}" is not an ISO 8601 instant`)
  return milliseconds
}
