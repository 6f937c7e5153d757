import { runningPlaces } from '../money/apportion.ts'
import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Period } from '../time/period.ts'
import { indexOwners, type OwnerIndex, type OwnerMapping, type UsageOwner } from './attribute-owner.ts'
import type { MediationInput } from './mediation-input.ts'
import { type Measured, type MeasureProblem, measure, ruleOf } from './meters.ts'
import { type Occupancy, type OccupiedHours, openOccupancy } from './occupancy.ts'
import type { OwnMeters } from './own-meter.ts'
import { type Adjustment, fitQuantity, greatestQuantity, hoursBetween, type KnownResource, occupancyKey } from './plausibility.ts'
import { checkWindow, type WindowProblem } from './usage-window.ts'

export type QuarantineReason =
  | 'malformed-record'
  | 'unreadable-quantity'
  | 'unreadable-date'
  | MeasureProblem
  | WindowProblem
  | 'negative-quantity'
  | 'impossible-quantity'
  | 'used-after-deletion'
  | 'unmapped-owner'
  | 'meter-retired'

/** `unbilled-vm-meter`: running and allocated hours overlap, and this cloud is billed by the other one. */
export type DropReason = 'unbilled-vm-meter' | 'duplicate'

/** Usage with an owner, a meter and a plausible quantity, at most 12 decimals. */
export type MediatedUsage = Measured & {
  readonly contentKey: string
  readonly owner: UsageOwner
  readonly window: Period
  readonly resourceRef: string | null
  readonly resourceName: string | null
  readonly dimensions: Readonly<Record<string, string>>
  /** What was cut off the reported quantity. */
  readonly adjustments: readonly Adjustment[]
}

export type MediationOutcome =
  | { readonly outcome: 'accepted'; readonly usage: MediatedUsage }
  | { readonly outcome: 'quarantined'; readonly contentKey: string; readonly reason: QuarantineReason }
  | { readonly outcome: 'dropped'; readonly contentKey: string; readonly reason: DropReason }

export type MediationFacts = {
  readonly mappings: readonly OwnerMapping[]
  /** Resources the tenant knows, by their ref in the cloud. */
  readonly resources: ReadonlyMap<string, KnownResource>
  /** Hours accepted before, of windows that overlap the batch. */
  readonly seen: readonly OccupiedHours[]
  /** Which of the two overlapping server meters this cloud is billed by. */
  readonly billedServerMeter: 'running' | 'allocated'
  /** Meters that the seller defined. */
  readonly own?: OwnMeters
  readonly now: Date
}

/**
 * Judges a batch of raw records of one cloud: one outcome for each, in order. Accepted, quarantined and dropped add up
 * to received. A key that comes twice counts once, by the first report that is accepted; several records of one resource may
 * not have more hours together than their time.
 */
export function mediateUsage(records: readonly MediationInput[], facts: MediationFacts): MediationOutcome[] {
  const bench: Bench = { facts, ownerOf: indexOwners(facts.mappings), occupancy: openOccupancy(facts.seen) }
  const settled = new Set<string>()
  return records.map((record) => {
    if (settled.has(record.contentKey)) return { outcome: 'dropped', contentKey: record.contentKey, reason: 'duplicate' }
    const outcome = mediateOne(record, bench)
    if (outcome.outcome === 'accepted') settled.add(record.contentKey)
    return outcome
  })
}

type Bench = { readonly facts: MediationFacts; readonly ownerOf: OwnerIndex; readonly occupancy: Occupancy }

function mediateOne(record: MediationInput, bench: Bench): MediationOutcome {
  const { own } = bench.facts
  const reported = readReported(record, bench.facts)
  if (!reported.ok) return quarantined(record, reported.error)
  if (isUnbilledServerMeter(record.usageType, bench.facts))
    return { outcome: 'dropped', contentKey: record.contentKey, reason: 'unbilled-vm-meter' }

  const fitted = fitQuantity(record, { reported: reported.value, resources: bench.facts.resources, ...(own && { own }) })
  if (!fitted.ok) return quarantined(record, fitted.error)
  const { usageType, dimensions } = record
  const hours = hoursBetween(record.windowStart, record.windowEnd)
  const measured = measure({ usageType, quantity: fitted.value.quantity, dimensions, hours, ...(own && { own }) })
  if (!measured.ok) return quarantined(record, measured.error)
  if (measured.value.quantity.gt(greatestQuantity)) return quarantined(record, 'impossible-quantity')
  const owner = bench.ownerOf(record)
  if (!owner) return quarantined(record, 'unmapped-owner')
  if (!takesPlace(record, fitted.value.quantity, bench.occupancy)) return quarantined(record, 'impossible-quantity')
  return { outcome: 'accepted', usage: toUsage(record, { measured: measured.value, owner, adjustments: fitted.value.adjustments }) }
}

function quarantined(record: MediationInput, reason: QuarantineReason): MediationOutcome {
  return { outcome: 'quarantined', contentKey: record.contentKey, reason }
}

/** The reported quantity, when the record can be read at all. */
function readReported(record: MediationInput, { now, own }: MediationFacts): Result<Decimal, QuarantineReason> {
  if (record.problem) return err(record.problem)
  const window = checkWindow({ start: record.windowStart, end: record.windowEnd }, now)
  if (!window.ok) return window
  const rule = ruleOf(record.usageType, own)
  if (!rule) return err('unknown-usage-type')
  if (rule.own?.retiredAt && record.windowEnd.getTime() > rule.own.retiredAt.getTime()) return err('meter-retired')
  if (record.quantity === undefined || !/^-?\d{1,26}(\.\d{1,30})?$/.test(record.quantity)) return err('unreadable-quantity')
  const quantity = new Decimal(record.quantity)
  return quantity.isNegative() && !quantity.isZero() ? err('negative-quantity') : ok(quantity)
}

function isUnbilledServerMeter(usageType: string, facts: MediationFacts): boolean {
  const meter = ruleOf(usageType)?.meter
  const other = facts.billedServerMeter === 'running' ? 'server.allocated' : 'server.running'
  return meter === other
}

/** Books the hours of a resource that can be in one state at a time; false when there is no time left for them. */
function takesPlace(record: MediationInput, hours: Decimal, occupancy: Occupancy): boolean {
  const key = occupancyKey(record)
  if (key === undefined) return true
  const entry = { key, contentKey: record.contentKey, start: record.windowStart, end: record.windowEnd, hours }
  if (!occupancy.fits(entry)) return false
  occupancy.add(entry)
  return true
}

type Judged = { readonly measured: Measured; readonly owner: UsageOwner; readonly adjustments: readonly Adjustment[] }

function toUsage(record: MediationInput, { measured, owner, adjustments }: Judged): MediatedUsage {
  return {
    meter: measured.meter,
    unit: measured.unit,
    quantity: measured.quantity.toDecimalPlaces(runningPlaces),
    contentKey: record.contentKey,
    owner,
    window: { start: record.windowStart, end: record.windowEnd },
    resourceRef: record.resourceRef ?? null,
    resourceName: record.resourceName ?? null,
    dimensions: record.dimensions,
    adjustments,
  }
}
