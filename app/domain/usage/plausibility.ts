import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { MediationInput } from './mediation-input.ts'
import { ruleOf } from './meters.ts'
import { isWithin } from './occupancy.ts'
import type { OwnMeters } from './own-meter.ts'
import type { ReportedUnit } from './units.ts'

/** What the tenant knows of a resource in the cloud. */
export type KnownResource = { readonly deletedAt: Date | null }

/** Hours cut to the length of the window, or to the part of it before the resource was deleted. */
export type Adjustment = 'clamped-to-window' | 'clamped-to-deletion'

export type FittedQuantity = { readonly quantity: Decimal; readonly adjustments: readonly Adjustment[] }

const hourMs = 3_600_000
const bytesPerGb = 1_000_000_000n

/** Nothing moves faster than 400 Gbit/s, answers more requests than ten million a second, or stores more than an exabyte. */
const greatestBytesPerSecond = 50n * bytesPerGb
const greatestRequestsPerSecond = 10_000_000n
const greatestStoredBytes = new Decimal('1e18')
const bytesPerGib = 2 ** 30

/** More than anything can use of any meter in a year, and small enough that every price of it can be stored. */
export const greatestQuantity = new Decimal('1e15')

/** Meters of things that are in one state at a time: all their records of a window share its hours. */
const exclusive: ReadonlySet<string> = new Set(['server.running', 'server.allocated', 'address', 'volume'])

/**
 * The reported quantity, cut to what can have happened. Hours a little above the window are float noise of the cloud
 * and become the window; hours above the life of a deleted resource become its life. More is refused as impossible,
 * use that begins after the deletion as such. Of a meter that its seller defined the greatest quantity is the seller's, and nothing is cut.
 */
export function fitQuantity(
  record: MediationInput,
  { reported, resources, own }: { reported: Decimal; resources: ReadonlyMap<string, KnownResource>; own?: OwnMeters },
): Result<FittedQuantity, 'impossible-quantity' | 'used-after-deletion'> {
  const deletedAt = record.resourceRef === undefined ? null : (resources.get(record.resourceRef)?.deletedAt ?? null)
  if (deletedAt && record.windowStart.getTime() >= deletedAt.getTime()) return err('used-after-deletion')

  const rule = ruleOf(record.usageType, own)
  if (rule?.own) return reported.lte(rule.own.greatest) ? ok({ quantity: reported, adjustments: [] }) : err('impossible-quantity')
  const unit = rule?.reported
  if (unit !== 'hour') return isPossible(record, reported, unit) ? ok({ quantity: reported, adjustments: [] }) : err('impossible-quantity')

  const windowHours = hoursBetween(record.windowStart, record.windowEnd)
  if (!isWithin(reported, windowHours)) return err('impossible-quantity')
  const lifeHours =
    deletedAt && deletedAt.getTime() < record.windowEnd.getTime() ? hoursBetween(record.windowStart, deletedAt) : windowHours
  if (reported.lte(lifeHours)) return ok({ quantity: reported, adjustments: [] })
  return ok({ quantity: lifeHours, adjustments: [lifeHours === windowHours ? 'clamped-to-window' : 'clamped-to-deletion'] })
}

/** Names the resource whose hours must fit its time; undefined for meters that one resource may have several of. */
export function occupancyKey(record: MediationInput): string | undefined {
  const rule = ruleOf(record.usageType)
  if (rule?.reported !== 'hour' || record.resourceRef === undefined || !exclusive.has(rule.meter)) return undefined
  return `${rule.meter}|${record.resourceRef}`
}

function isPossible(record: MediationInput, reported: Decimal, unit: ReportedUnit | undefined): boolean {
  const seconds = hoursBetween(record.windowStart, record.windowEnd).times(3600)
  const isStored = ruleOf(record.usageType)?.meter === 'bucket'
  switch (unit) {
    case 'byte':
      return reported.lte(isStored ? greatestStoredBytes : seconds.times(String(greatestBytesPerSecond)))
    case 'GB':
      return reported.lte(seconds.times(String(greatestBytesPerSecond / bytesPerGb)))
    case 'GiB':
      return reported.times(bytesPerGib).lte(greatestStoredBytes)
    case 'request':
      return reported.lte(seconds.times(String(greatestRequestsPerSecond)))
    default:
      // Products of hours with cores, clock rate or size: no single resource has a million of them.
      return reported.lte(seconds.div(3600).times(1_000_000))
  }
}

/** Length of a window in hours. */
export function hoursBetween(start: Date, end: Date): Decimal {
  return new Decimal(end.getTime() - start.getTime()).div(hourMs)
}
