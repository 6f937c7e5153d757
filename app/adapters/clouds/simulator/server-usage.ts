import { createHash } from 'node:crypto'
import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import { closedWindows, gib, hourMs, hours, overlapMs, type Reading, toRawUsage } from './hourly-usage.ts'
import type { ServerStory } from './server-file.ts'
import { lifeOf, type Span, sizeAt, sizesOf } from './server-life.ts'

type Window = Span & { readonly runningMs: number }

/**
 * What one server used, by the hour, in CloudStack's usage types: 1 running and 2 allocated hours, 3 its address, 4 and 5 traffic,
 * 6 its disk; all of it is the server's own, so that what its plan includes is charged by the plan. A server that failed to build used
 * nothing.
 */
export function usageOf(story: ServerStory, { query, now }: { query: UsageQuery; now: Date }): RawUsageRecord[] {
  if (story.fault !== undefined) return []
  const { allocated, running } = lifeOf(story, now)
  const cuts = sizesOf(story).map((change) => change.from)
  return closedWindows({ life: allocated, cuts }, { query, now }).flatMap((window) =>
    recordsOf(story, { ...window, runningMs: running.reduce((sum, span) => sum + overlapMs(window, span), 0) }),
  )
}

function recordsOf(story: ServerStory, window: Window): RawUsageRecord[] {
  const { spec } = story
  const existed = hours(window.end - window.start)
  const size = sizeAt(story, window.start)
  const compute = { template: spec.image, cpuNumber: String(size.cpuNumber), memoryMib: String(size.memoryMib) }
  const sent = sentBytes(story, window)
  const received = Math.floor(sent / 6)
  const own = { resource: story.ref, name: spec.name }
  const within = { virtualMachine: story.ref }
  const readings: Reading[] = [
    { ...own, usageType: '1', quantity: hours(window.runningMs), dimensions: compute },
    { ...own, usageType: '2', quantity: existed, dimensions: compute },
    { ...own, usageType: '3', quantity: existed, name: story.address ?? spec.name, dimensions: within },
    { ...own, usageType: '4', quantity: String(sent), dimensions: within },
    { ...own, usageType: '5', quantity: String(received), dimensions: within },
    { ...own, usageType: '6', quantity: existed, dimensions: { ...within, sizeBytes: String(size.diskGib * gib) } },
  ]
  return readings.filter(({ quantity }) => quantity !== '0').map((reading) => toRawUsage(spec, window, reading))
}

/** Share of a day by UTC hour: quiet nights, a busy working day. In parts of 1,000. */
const hourShare = [10, 8, 6, 6, 6, 10, 22, 44, 60, 66, 68, 64, 58, 62, 64, 62, 58, 56, 58, 60, 56, 46, 32, 18] as const

/** Plausible bytes for one window: by size of the server and time of day, halved at the week-end; the same each time they are asked for. */
export function sentBytes(story: ServerStory, window: Window): number {
  const date = new Date(window.start)
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
  const digest = createHash('sha256')
    .update(`${story.ref} ${Math.floor(window.start / hourMs)}`)
    .digest()
  const mood = 70 + (digest.readUInt16BE(0) % 61)
  const dailyMb = 900 * sizeAt(story, window.start).cpuNumber
  return Math.floor((dailyMb * (hourShare[date.getUTCHours()] ?? 0) * mood * 10 * (isWeekend ? 0.5 : 1) * window.runningMs) / hourMs)
}
