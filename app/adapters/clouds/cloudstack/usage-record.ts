import type { RawUsageRecord } from '#app/ports/cloud-driver.ts'
import { contentKey } from '../content-key.ts'
import type { ExactJson } from '../exact-json.ts'
import { readInstant } from '../instant-text.ts'
import { readQuantity } from '../quantity-text.ts'
import { storable } from '../storable.ts'

type Read = (field: string) => string | undefined

/** Field names of listUsageRecords and the dimension each becomes. */
const dimensionFields = {
  zoneid: 'zone',
  offeringid: 'offering',
  templateid: 'template',
  osdisplayname: 'operatingSystem',
  cpunumber: 'cpuNumber',
  cpuspeed: 'cpuSpeedMhz',
  memory: 'memoryMib',
  size: 'sizeBytes',
  virtualsize: 'virtualSizeBytes',
  virtualmachineid: 'virtualMachine',
  networkid: 'network',
  vpcid: 'vpc',
  issourcenat: 'isSourceNat',
  issystem: 'isSystem',
  isdefault: 'isDefault',
  type: 'kind',
} as const

/** The end of windows that cannot be read: never a billing period, so nothing is billed by accident. */
const unreadable = new Date(0)

/**
 * One entry of listUsageRecords as raw usage. Dates may be in the old or the new form, quantities text with a point or a comma.
 * A window's end printed as :59 means the whole second (the server cuts windows at .999), so it becomes the next full second
 * and windows are half-open. Nothing is dropped: what cannot be read is named in `problem`.
 */
export function toRawUsage(record: ExactJson, cloud: string): RawUsageRecord {
  const payload = storable(record.value)
  const read = reader(storable(record.exact))
  const usageType = read('usagetype')
  if (usageType === undefined || !/^\d{1,9}$/.test(usageType)) return malformedRecord(payload, cloud)

  const window = readWindow(read)
  const quantity = readQuantity(read('rawusage'))
  const problem = problemOf(window, quantity)
  return {
    contentKey: contentKey(identity({ read, cloud, usageType, window })),
    usageType,
    quantity,
    windowStart: window?.start ?? unreadable,
    windowEnd: window?.end ?? unreadable,
    resourceRef: resourceRef(read),
    resourceName: resourceName(read),
    owner: ownerOf(read),
    dimensions: dimensionsOf(read),
    payload,
    ...(problem && { problem }),
  }
}

function problemOf(window: Window | undefined, quantity: string | undefined): RawUsageRecord['problem'] {
  if (!window) return 'unreadable-date'
  return quantity === undefined ? 'unreadable-quantity' : undefined
}

function malformedRecord(payload: unknown, cloud: string): RawUsageRecord {
  return {
    contentKey: contentKey(['cloudstack', cloud, 'malformed', JSON.stringify(payload)]),
    usageType: 'unknown',
    quantity: undefined,
    windowStart: unreadable,
    windowEnd: unreadable,
    resourceRef: undefined,
    resourceName: undefined,
    owner: {},
    dimensions: {},
    payload,
    problem: 'malformed-record',
  }
}

/** Reads a field as text; empty and null count as absent, objects and lists too. */
function reader(exact: unknown): Read {
  const fields = typeof exact === 'object' && exact !== null ? (exact as Record<string, unknown>) : {}
  return (field) => {
    const value = Object.hasOwn(fields, field) ? fields[field] : undefined
    if (typeof value === 'boolean') return String(value)
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
}

type Window = { start: Date; end: Date }

function readWindow(read: Read): Window | undefined {
  const start = readInstant(read('startdate'))
  const end = readInstant(read('enddate'))
  if (!start || !end) return undefined
  return { start, end: end.getUTCSeconds() === 59 ? new Date(Math.floor(end.getTime() / 1000) * 1000 + 1000) : end }
}

/**
 * What makes two reports the same fact. There is no record id, and the server re-emits history, so it is everything but the
 * quantity, names and texts. Instants are normalised: an upgrade that changes the date form re-reports nothing.
 * Secondary volumes carry neither an id nor a size; only their description tells two of one account apart.
 */
function identity({ read, cloud, usageType, window }: { read: Read; cloud: string; usageType: string; window: Window | undefined }) {
  const resource = read('usageid')
  const server = read('virtualmachineid')
  return [
    'cloudstack',
    cloud,
    usageType,
    resource,
    server,
    read('offeringid'),
    read('templateid'),
    read('cpunumber'),
    read('memory'),
    read('size'),
    read('virtualsize'),
    read('isdefault'),
    read('issourcenat'),
    read('networkid') ?? read('vpcid'),
    read('zoneid'),
    read('projectid') ?? read('accountid') ?? read('account'),
    window?.start.toISOString() ?? read('startdate'),
    window?.end.toISOString() ?? read('enddate'),
    ...(resource === undefined && server === undefined ? [read('description')] : []),
  ]
}

/** Network offerings are used by a server and have no id of their own; a secondary volume is known by its name alone. */
function resourceRef(read: Read): string | undefined {
  return read('usageid') ?? read('virtualmachineid') ?? secondaryVolume(read)
}

function resourceName(read: Read): string | undefined {
  return read('name') ?? /^IPAddress: (\S{1,45})/.exec(read('description') ?? '')?.[1] ?? secondaryVolume(read)
}

function secondaryVolume(read: Read): string | undefined {
  return read('usagetype') === '26' ? /usage for (\S{1,200})/.exec(read('description') ?? '')?.[1] : undefined
}

function ownerOf(read: Read): RawUsageRecord['owner'] {
  const owner = { projectId: read('projectid'), accountId: read('accountid'), domainId: read('domainid'), domainPath: read('domainpath') }
  return Object.fromEntries(Object.entries(owner).filter(([, value]) => value !== undefined))
}

function dimensionsOf(read: Read): Record<string, string> {
  const pairs = Object.entries(dimensionFields).map(([field, dimension]) => [dimension, read(field)])
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined))
}
