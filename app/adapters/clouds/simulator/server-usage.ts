import { createHash } from 'node:crypto'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import { contentKey } from '../content-key.ts'
import type { ServerStory } from './server-file.ts'
import { lifeOf, type Span, sizeAt, sizesOf } from './server-life.ts'

const hourMs = 3_600_000
const gib = 1_073_741_824

type Window = Span & { readonly runningMs: number }

/**
 * What one server used, by the hour, in CloudStack's usage types: 1 running and 2 allocated hours, 3 its address, 4 and 5 traffic,
 * 6 its volume. Windows are aligned to the UTC hour, clipped to the server's life and cut where its size changed; one is told only when
 * its hour is over, so that a record never changes. A server that failed to build used nothing.
 */
export function usageOf(story: ServerStory, { query, now }: { query: UsageQuery; now: Date }): RawUsageRecord[] {
  if (story.fault !== undefined) return []
  return closedWindows(story, query, now).flatMap((window) => recordsOf(story, window))
}

function closedWindows(story: ServerStory, query: UsageQuery, now: Date): Window[] {
  const { allocated, running } = lifeOf(story, now)
  const from = Math.max(allocated.start, query.from.getTime())
  const to = Math.min(allocated.end, query.to.getTime(), now.getTime())
  const resizes = sizesOf(story).map((change) => change.from)
  const windows: Window[] = []
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
    const whole = { start: Math.max(hour, allocated.start), end: Math.min(hour + hourMs, allocated.end) }
    if (whole.end > now.getTime() || whole.end <= whole.start) continue
    const cuts = resizes.filter((cut) => cut > whole.start && cut < whole.end)
    for (const [place, start] of [whole.start, ...cuts].entries()) {
      const window = { start, end: cuts[place] ?? whole.end }
      windows.push({ ...window, runningMs: running.reduce((sum, span) => sum + overlapMs(window, span), 0) })
    }
  }
  return windows
}

function overlapMs(window: Span, span: Span): number {
  return Math.max(0, Math.min(window.end, span.end) - Math.max(window.start, span.start))
}

function recordsOf(story: ServerStory, window: Window): RawUsageRecord[] {
  const { spec } = story
  const existed = hours(window.end - window.start)
  const size = sizeAt(story, window.start)
  const compute = { template: spec.image, cpuNumber: String(size.cpuNumber), memoryMib: String(size.memoryMib) }
  const sent = sentBytes(story, window)
  const received = Math.floor(sent / 6)
  const readings: Reading[] = [
    { usageType: '1', quantity: hours(window.runningMs), resource: story.ref, name: spec.name, dimensions: compute },
    { usageType: '2', quantity: existed, resource: story.ref, name: spec.name, dimensions: compute },
    {
      usageType: '3',
      quantity: existed,
      resource: `${story.ref}/address`,
      name: story.address ?? spec.name,
      dimensions: { virtualMachine: story.ref },
    },
    {
      usageType: '4',
      quantity: String(sent),
      resource: `${story.ref}/network`,
      name: spec.name,
      dimensions: { virtualMachine: story.ref },
    },
    {
      usageType: '5',
      quantity: String(received),
      resource: `${story.ref}/network`,
      name: spec.name,
      dimensions: { virtualMachine: story.ref },
    },
    {
      usageType: '6',
      quantity: existed,
      resource: `${story.ref}/volume`,
      name: spec.name,
      dimensions: { virtualMachine: story.ref, sizeBytes: String(size.diskGib * gib) },
    },
  ]
  return readings.filter(({ quantity }) => quantity !== '0').map((reading) => toRawUsage(story, window, reading))
}

type Reading = {
  readonly usageType: string
  readonly quantity: string
  readonly resource: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

function toRawUsage(story: ServerStory, window: Window, reading: Reading): RawUsageRecord {
  const { ownerAccountId, zone } = story.spec
  const windowStart = new Date(window.start)
  const windowEnd = new Date(window.end)
  const { usageType, quantity, resource } = reading
  const dimensions = { zone, ...reading.dimensions }
  return {
    contentKey: contentKey(['simulator', usageType, resource, ownerAccountId, windowStart.toISOString(), windowEnd.toISOString()]),
    usageType,
    quantity,
    windowStart,
    windowEnd,
    resourceRef: resource,
    resourceName: reading.name,
    owner: { accountId: ownerAccountId },
    dimensions,
    payload: {
      usagetype: Number(usageType),
      rawusage: quantity,
      usageid: resource,
      accountid: ownerAccountId,
      startdate: windowStart.toISOString(),
      enddate: windowEnd.toISOString(),
      ...dimensions,
    },
  }
}

/** Hours of a span to 12 decimals. */
function hours(milliseconds: number): string {
  return new Decimal(milliseconds).dividedBy(hourMs).toDecimalPlaces(12).toFixed()
}

/** Share of a day by UTC hour: quiet nights, a busy working day. In parts of 1,000. */
const hourShare = [10, 8, 6, 6, 6, 10, 22, 44, 60, 66, 68, 64, 58, 62, 64, 62, 58, 56, 58, 60, 56, 46, 32, 18] as const

/** Plausible bytes for one window: by size of the server and time of day, halved at the week-end; the same each time they are asked for. */
function sentBytes(story: ServerStory, window: Window): number {
  const date = new Date(window.start)
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
  const digest = createHash('sha256')
    .update(`${story.ref} ${Math.floor(window.start / hourMs)}`)
    .digest()
  const mood = 70 + (digest.readUInt16BE(0) % 61)
  const dailyMb = 900 * sizeAt(story, window.start).cpuNumber
  return Math.floor((dailyMb * (hourShare[date.getUTCHours()] ?? 0) * mood * 10 * (isWeekend ? 0.5 : 1) * window.runningMs) / hourMs)
}
