import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { measuredQuantity, type OwnMeter, type OwnMeters, reportedUnitOf } from './own-meter.ts'
import type { ReportedUnit, Unit } from './units.ts'

export type Aggregation = 'sum' | 'max'
export type Meter<Code extends string = string> = { readonly code: Code; readonly unit: Unit; readonly aggregation: Aggregation }

const meterList = [
  { code: 'server.running', unit: 'hour', aggregation: 'sum' },
  { code: 'server.allocated', unit: 'hour', aggregation: 'sum' },
  { code: 'server.cpu-speed', unit: 'GHz-hour', aggregation: 'sum' },
  { code: 'server.cpu', unit: 'vCPU-hour', aggregation: 'sum' },
  { code: 'server.memory', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'server.snapshot', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'server.snapshot-on-primary', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'address', unit: 'hour', aggregation: 'sum' },
  { code: 'traffic.sent', unit: 'GB', aggregation: 'sum' },
  { code: 'traffic.received', unit: 'GB', aggregation: 'sum' },
  { code: 'volume', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'volume.secondary', unit: 'hour', aggregation: 'sum' },
  { code: 'template', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'iso', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'snapshot', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'security-group', unit: 'hour', aggregation: 'sum' },
  { code: 'load-balancer', unit: 'hour', aggregation: 'sum' },
  { code: 'port-forwarding', unit: 'hour', aggregation: 'sum' },
  { code: 'network-offering', unit: 'hour', aggregation: 'sum' },
  { code: 'network', unit: 'hour', aggregation: 'sum' },
  { code: 'vpc', unit: 'hour', aggregation: 'sum' },
  { code: 'vpn-user', unit: 'hour', aggregation: 'sum' },
  { code: 'disk.read-requests', unit: 'request', aggregation: 'sum' },
  { code: 'disk.write-requests', unit: 'request', aggregation: 'sum' },
  { code: 'disk.read', unit: 'GB', aggregation: 'sum' },
  { code: 'disk.written', unit: 'GB', aggregation: 'sum' },
  { code: 'backup', unit: 'GiB-hour', aggregation: 'sum' },
  { code: 'backup.hours', unit: 'hour', aggregation: 'sum' },
  { code: 'bucket', unit: 'GiB', aggregation: 'max' },
] as const satisfies readonly Meter[]

export type MeterCode = (typeof meterList)[number]['code']

/**
 * Every meter of the product: the unit its quantities are in and how they add up over a period. GB is 10^9 bytes, GiB 2^30.
 * `max` means the greatest sample of the period: a bucket's size is read at one moment and never multiplied by time.
 */
export const meters = Object.fromEntries(meterList.map((meter) => [meter.code, meter])) as Readonly<Record<MeterCode, Meter<MeterCode>>>

/** How a meter's quantity follows from the reported one and the resource's attributes. */
export type Measuring = 'as-reported' | 'bytes-to-gb' | 'bytes-to-gib' | 'times-size' | 'times-cpu' | 'times-cpu-speed' | 'times-memory'

type ProductRule = {
  readonly name: string
  readonly reported: ReportedUnit
  readonly measuring: Measuring
  readonly meter: MeterCode
  /** The meter, in hours, of a record that names no size; without one such a record cannot be measured. */
  readonly meterWithoutSize?: MeterCode
  readonly own?: undefined
}

/** The rule of a meter that its seller defined. */
type OwnRule = { readonly name: string; readonly reported: ReportedUnit; readonly meter: string; readonly own: OwnMeter }

export type UsageTypeRule = ProductRule | OwnRule

const hours = (name: string, meter: MeterCode): ProductRule => ({ name, reported: 'hour', measuring: 'as-reported', meter })
const stored = (name: string, meter: MeterCode): ProductRule => ({ name, reported: 'hour', measuring: 'times-size', meter })
const moved = (name: string, meter: MeterCode): ProductRule => ({ name, reported: 'byte', measuring: 'bytes-to-gb', meter })
const requests = (name: string, meter: MeterCode): ProductRule => ({ name, reported: 'request', measuring: 'as-reported', meter })

/** CloudStack's usage types by id, 15 to 17 from its quota plug-in. Types 1 and 2 overlap: a price plan charges one of them, never both. */
export const cloudstackMeters: Readonly<Record<string, ProductRule>> = {
  '1': hours('RUNNING_VM', 'server.running'),
  '2': hours('ALLOCATED_VM', 'server.allocated'),
  '3': hours('IP_ADDRESS', 'address'),
  '4': moved('NETWORK_BYTES_SENT', 'traffic.sent'),
  '5': moved('NETWORK_BYTES_RECEIVED', 'traffic.received'),
  '6': stored('VOLUME', 'volume'),
  '7': stored('TEMPLATE', 'template'),
  '8': stored('ISO', 'iso'),
  '9': stored('SNAPSHOT', 'snapshot'),
  '10': hours('SECURITY_GROUP', 'security-group'),
  '11': hours('LOAD_BALANCER_POLICY', 'load-balancer'),
  '12': hours('PORT_FORWARDING_RULE', 'port-forwarding'),
  '13': hours('NETWORK_OFFERING', 'network-offering'),
  '14': hours('VPN_USERS', 'vpn-user'),
  '15': { name: 'CPU_CLOCK_RATE', reported: 'hour', measuring: 'times-cpu-speed', meter: 'server.cpu-speed' },
  '16': { name: 'CPU_NUMBER', reported: 'hour', measuring: 'times-cpu', meter: 'server.cpu' },
  '17': { name: 'MEMORY', reported: 'hour', measuring: 'times-memory', meter: 'server.memory' },
  '21': requests('VM_DISK_IO_READ', 'disk.read-requests'),
  '22': requests('VM_DISK_IO_WRITE', 'disk.write-requests'),
  '23': moved('VM_DISK_BYTES_READ', 'disk.read'),
  '24': moved('VM_DISK_BYTES_WRITE', 'disk.written'),
  '25': stored('VM_SNAPSHOT', 'server.snapshot'),
  '26': hours('VOLUME_SECONDARY', 'volume.secondary'),
  '27': stored('VM_SNAPSHOT_ON_PRIMARY', 'server.snapshot-on-primary'),
  '28': { ...stored('BACKUP', 'backup'), meterWithoutSize: 'backup.hours' },
  '29': { name: 'BUCKET', reported: 'byte', measuring: 'bytes-to-gib', meter: 'bucket' },
  '30': hours('NETWORK', 'network'),
  '31': hours('VPC', 'vpc'),
}

/** OpenStack's simple tenant usage counts existence, whatever the server's power state. */
const novaRule = hours('nova.server', 'server.allocated')

/**
 * The rule of a usage type: a CloudStack id, `nova.server`, or a meter's own code, whose quantity is already in the meter's unit;
 * `own` are the meters that the seller defined. Undefined for a type nobody knows.
 */
export function ruleOf(usageType: string, own?: OwnMeters): UsageTypeRule | undefined {
  if (Object.hasOwn(cloudstackMeters, usageType)) return cloudstackMeters[usageType]
  if (usageType === 'nova.server') return novaRule
  if (!Object.hasOwn(meters, usageType)) return ownRule(own?.get(usageType))
  const meter = meters[usageType as MeterCode]
  return { name: meter.code, reported: meter.unit, measuring: 'as-reported', meter: meter.code }
}

function ownRule(own: OwnMeter | undefined): OwnRule | undefined {
  return own && { name: own.code, reported: reportedUnitOf(own), meter: own.code, own }
}

/** The unit of a meter, one of the product's or of `own`; undefined for a code nobody knows. */
export function unitOfMeter(code: string, own?: OwnMeters): Unit | undefined {
  return Object.hasOwn(meters, code) ? meters[code as MeterCode].unit : own?.get(code)?.unit
}

export type MeasureProblem = 'unknown-usage-type' | 'missing-dimension' | 'unit-mismatch'
export type MeasureInput = {
  readonly usageType: string
  readonly quantity: Decimal
  readonly dimensions: Readonly<Record<string, string>>
  /** Length of the record's window, which a level lasted. */
  readonly hours?: Decimal
  readonly own?: OwnMeters
}
export type Measured = { readonly meter: string; readonly unit: Unit; readonly quantity: Decimal }

/**
 * The quantity of one record in its meter's unit, exact and never clamped: hours × size for storage, 10^9 bytes for traffic. Only
 * a meter that its seller defined may round. Refuses an unknown type, a missing or unreadable attribute it needs, and a record whose
 * `unit` attribute is not the one its usage type is reported in.
 */
export function measure(input: MeasureInput): Result<Measured, MeasureProblem> {
  const rule = ruleOf(input.usageType, input.own)
  if (!rule) return err('unknown-usage-type')
  const { unit } = input.dimensions
  if (unit !== undefined && unit !== rule.reported) return err('unit-mismatch')
  if (rule.own) {
    const quantity = measuredQuantity(rule.own, { reported: input.quantity, hours: input.hours ?? one })
    return ok({ meter: rule.own.code, unit: rule.own.unit, quantity })
  }
  if (rule.meterWithoutSize && input.dimensions.sizeBytes === undefined) return measured(rule.meterWithoutSize, input.quantity)

  const factor = factorOf(rule.measuring, input.dimensions)
  return factor ? measured(rule.meter, input.quantity.times(factor)) : err('missing-dimension')
}

function measured(code: MeterCode, quantity: Decimal): Result<Measured, MeasureProblem> {
  return ok({ meter: code, unit: meters[code].unit, quantity })
}

const one = new Decimal(1)
const perGb = new Decimal('1e-9')
// 2^-30 and 2^-10 end after 30 and 10 decimals, so multiplying by them stays exact.
const perGib = one.dividedBy(2 ** 30)
const perKibi = one.dividedBy(1024)
const perKilo = new Decimal('0.001')

function factorOf(measuring: Measuring, dimensions: Readonly<Record<string, string>>): Decimal | undefined {
  switch (measuring) {
    case 'as-reported':
      return one
    case 'bytes-to-gb':
      return perGb
    case 'bytes-to-gib':
      return perGib
    case 'times-size':
      return amount(dimensions.sizeBytes)?.times(perGib)
    case 'times-cpu':
      return amount(dimensions.cpuNumber)
    case 'times-memory':
      return amount(dimensions.memoryMib)?.times(perKibi)
    case 'times-cpu-speed': {
      const cores = amount(dimensions.cpuNumber)
      return cores && amount(dimensions.cpuSpeedMhz)?.times(cores).times(perKilo)
    }
  }
}

function amount(text: string | undefined): Decimal | undefined {
  return text !== undefined && /^\d{1,20}(\.\d{1,12})?$/.test(text) ? new Decimal(text) : undefined
}
