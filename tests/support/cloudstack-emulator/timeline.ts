import { type Offering, offerings, type WorldServer } from './world.ts'

export const hourMs = 3_600_000

export type Month = { readonly start: number; readonly end: number; readonly hours: number }
export type Window = { readonly start: number; readonly end: number; readonly day: number }
/** A stretch of one server's life under one offering. Instants are milliseconds. */
export type Slice = { readonly start: number; readonly end: number; readonly offering: Offering }

/** The month `2026-10` in UTC. */
export function monthOf(text: string): Month {
  const match = /^(\d{4})-(\d{2})$/.exec(text)
  if (!match) throw new Error(`a month is written 2026-10, not ${text}`)
  const start = Date.UTC(Number(match[1]), Number(match[2]) - 1, 1)
  const end = Date.UTC(Number(match[1]), Number(match[2]), 1)
  return { start, end, hours: (end - start) / hourMs }
}

/** The aggregation windows of the month, `hours` long each. */
export function windowsOf(month: Month, hours: number): Window[] {
  const windows: Window[] = []
  for (let start = month.start; start < month.end; start += hours * hourMs) {
    windows.push({ start, end: Math.min(start + hours * hourMs, month.end), day: Math.floor((start - month.start) / (24 * hourMs)) + 1 })
  }
  return windows
}

/** The stretches a server existed, cut where its offering changed. */
export function allocatedSlices(server: WorldServer, month: Month): Slice[] {
  const start = month.start + (server.createdHour ?? 0) * hourMs
  const end = month.start + (server.deletedHour ?? month.hours) * hourMs
  const first = offerings[server.offering]
  if (!server.resize) return [{ start, end, offering: first }]
  const cut = month.start + server.resize.hour * hourMs
  return [
    { start, end: cut, offering: first },
    { start: cut, end, offering: offerings[server.resize.offering] },
  ]
}

/** The stretches a server was powered on. */
export function runningSlices(server: WorldServer, month: Month): Slice[] {
  const allocated = allocatedSlices(server, month)
  if (server.schedule === 'always') return allocated
  return windowsOf(month, 24)
    .filter(({ start }) => isWeekday(start))
    .flatMap(({ start }) => allocated.map((slice) => clip(slice, start + 7 * hourMs, start + 19 * hourMs)))
    .filter((slice) => slice.end > slice.start)
}

function clip(slice: Slice, start: number, end: number): Slice {
  return { ...slice, start: Math.max(slice.start, start), end: Math.min(slice.end, end) }
}

export function isWeekday(instant: number): boolean {
  const day = new Date(instant).getUTCDay()
  return day !== 0 && day !== 6
}

/** Milliseconds of `span` inside the window. */
export function overlapMs(window: { start: number; end: number }, span: { start: number; end: number }): number {
  return Math.max(0, Math.min(window.end, span.end) - Math.max(window.start, span.start))
}

/** Share of a day's traffic by hour in UTC; it sums to 1,000. */
const hourShare = [8, 6, 5, 4, 5, 9, 22, 45, 62, 68, 70, 66, 60, 64, 66, 63, 58, 55, 58, 62, 58, 42, 28, 16]
/** Percent of a weekday's traffic, Sunday first. */
const dayPercent = [45, 100, 104, 108, 102, 96, 58]

/** Bytes that a server with `dailyGb` on an average weekday sends in one hour of full running time. */
export function hourlyBytes(dailyGb: number, instant: number): number {
  const date = new Date(instant)
  return dailyGb * 1e4 * (hourShare[date.getUTCHours()] ?? 0) * (dayPercent[date.getUTCDay()] ?? 0)
}
