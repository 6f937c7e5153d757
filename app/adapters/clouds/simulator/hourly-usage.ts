import { Decimal } from '#app/domain/money/decimal.ts'
import type { RawUsageRecord, UsageQuery } from '#app/ports/cloud-driver.ts'
import { contentKey } from '../content-key.ts'
import type { Span } from './server-life.ts'

export const hourMs = 3_600_000
export const gib = 1_073_741_824

/** From when to when something existed, and the instants between at which it became another. */
export type Existence = { readonly life: Span; readonly cuts: readonly number[] }

/**
 * The windows of an existence that touch `query`: aligned to the UTC hour, clipped to its life and cut where it changed. One is
 * there only when its hour is over, so that a record never changes.
 */
export function closedWindows({ life, cuts }: Existence, { query, now }: { query: UsageQuery; now: Date }): Span[] {
  const from = Math.max(life.start, query.from.getTime())
  const to = Math.min(life.end, query.to.getTime(), now.getTime())
  const windows: Span[] = []
  for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
    const whole = { start: Math.max(hour, life.start), end: Math.min(hour + hourMs, life.end) }
    if (whole.end > now.getTime() || whole.end <= whole.start) continue
    const inside = cuts.filter((cut) => cut > whole.start && cut < whole.end)
    for (const [place, start] of [whole.start, ...inside].entries()) windows.push({ start, end: inside[place] ?? whole.end })
  }
  return windows
}

/** How much of `window` lies in `span`, in milliseconds. */
export function overlapMs(window: Span, span: Span): number {
  return Math.max(0, Math.min(window.end, span.end) - Math.max(window.start, span.start))
}

/** Hours of a span to 12 decimals. */
export function hours(milliseconds: number): string {
  return new Decimal(milliseconds).dividedBy(hourMs).toDecimalPlaces(12).toFixed()
}

export type Reading = {
  readonly usageType: string
  readonly quantity: string
  readonly resource: string
  /** Whose it is within the resource, where it has several of a kind at one time. */
  readonly part?: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

/** A reading of one window as the port tells it, in the zone and under the owner of what was read. */
export function toRawUsage(
  { ownerAccountId, zone }: { readonly ownerAccountId: string; readonly zone: string },
  window: Span,
  reading: Reading,
): RawUsageRecord {
  const windowStart = new Date(window.start)
  const windowEnd = new Date(window.end)
  const { usageType, quantity, resource, part } = reading
  const dimensions = { zone, ...reading.dimensions }
  return {
    contentKey: contentKey([
      ...['simulator', usageType, resource, ownerAccountId, windowStart.toISOString(), windowEnd.toISOString()],
      ...(part === undefined ? [] : [part]),
    ]),
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
