import type { Decimal } from '../money/decimal.ts'
import type { ReportedUnit, Unit } from './units.ts'

/**
 * How the records of a meter add up. `delta`: each says what was used, and they are added. `gauge`: each is a sample, and the greatest
 * of the period counts. `level`: each says how much there was, and it counts for as long as its window is.
 */
export const meterKinds = ['delta', 'gauge', 'level'] as const
export type MeterKind = (typeof meterKinds)[number]

/** Texts by language. */
export type MeterWords = Readonly<Record<string, string>>

/** A meter that a seller defined, or that its parent handed down to it. */
export type OwnMeter = {
  readonly code: string
  readonly unit: Unit
  readonly kind: MeterKind
  /** The quantity of a record is rounded up to whole steps of it; null: it stays exact. */
  readonly roundUpTo: Decimal | null
  /** The greatest quantity that one record may report; a greater one is set aside as impossible. */
  readonly greatest: Decimal
  readonly names: MeterWords
  /** What one unit is called; without words the unit stands. */
  readonly unitWords: MeterWords
  /** Usage of later windows is set aside. */
  readonly retiredAt: Date | null
}

/** A seller's own meters, by code. */
export type OwnMeters = ReadonlyMap<string, OwnMeter>

/** What a level is reported in, by the unit that it makes over time. */
export const levelUnits: Readonly<Partial<Record<Unit, ReportedUnit>>> = {
  hour: 'piece',
  'GiB-hour': 'GiB',
  'vCPU-hour': 'vCPU',
  'GHz-hour': 'GHz',
}

/** The unit of the quantities in records: a level of GiB-hours is reported in GiB. */
export function reportedUnitOf({ kind, unit }: Pick<OwnMeter, 'kind' | 'unit'>): ReportedUnit {
  return kind === 'level' ? (levelUnits[unit] ?? unit) : unit
}

/** A record's quantity in the meter's unit: a level times its hours, then rounded up to whole steps where the meter has them. */
export function measuredQuantity(meter: OwnMeter, { reported, hours }: { reported: Decimal; hours: Decimal }): Decimal {
  const quantity = meter.kind === 'level' ? reported.times(hours) : reported
  return meter.roundUpTo === null ? quantity : quantity.div(meter.roundUpTo).ceil().times(meter.roundUpTo)
}
