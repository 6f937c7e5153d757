import { z } from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { parseIpv4, parseIpv6 } from './network-range.ts'

export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SRV', 'CAA'] as const

/** A record of a zone. `name` is relative to it, `@` the zone itself; `ttlSeconds` how long an answer may be kept. */
export const DnsRecord = z.strictObject({
  name: z.string().max(253),
  type: z.enum(recordTypes),
  ttlSeconds: z.number().int(),
  value: z.string().max(1_000),
})
export type DnsRecord = z.infer<typeof DnsRecord>

export type DnsProblem =
  | 'malformed-record-name'
  | 'malformed-ttl'
  | 'malformed-ipv4'
  | 'malformed-ipv6'
  | 'malformed-target'
  | 'malformed-mail-target'
  | 'malformed-text'
  | 'malformed-service'
  | 'malformed-caa'
  | 'cname-of-zone'
  | 'cname-beside-others'
  | 'record-twice'
  | 'too-many-records'

const mostRecords = 200
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i
const recordLabel = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i

/** Whether `text` is a complete host name, such as `mail.example.com`, with or without the last dot. */
export function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.')
  return text.length <= 253 && labels.length >= 2 && labels.every((part) => label.test(part)) && /[a-z]/i.test(labels.at(-1) ?? '')
}

/** Names a record among those of its zone. */
export function recordKey({ name, type, value }: Omit<DnsRecord, 'ttlSeconds'>): string {
  return `${name.toLowerCase()}|${type}|${value}`
}

/** `records` with `added`; refuses what a name server would not load, with the reason. */
export function addRecord(records: readonly DnsRecord[], added: DnsRecord): Result<DnsRecord[], DnsProblem> {
  const problem = problemOf(added) ?? problemAmong(records, added)
  return problem ? err(problem) : ok([...records, added])
}

/** What is wrong with the records of a zone as a whole; null when nothing is. */
export function recordsProblem(records: readonly DnsRecord[]): DnsProblem | null {
  let known: DnsRecord[] = []
  for (const record of records) {
    const added = addRecord(known, record)
    if (!added.ok) return added.error
    known = added.value
  }
  return null
}

function problemAmong(records: readonly DnsRecord[], added: DnsRecord): DnsProblem | null {
  if (records.length >= mostRecords) return 'too-many-records'
  if (records.some((record) => recordKey(record) === recordKey(added))) return 'record-twice'
  if (added.type === 'CNAME' && added.name === '@') return 'cname-of-zone'
  const beside = records.filter(({ name }) => name.toLowerCase() === added.name.toLowerCase())
  return beside.some(({ type }) => type === 'CNAME' || added.type === 'CNAME') ? 'cname-beside-others' : null
}

function problemOf({ name, type, ttlSeconds, value }: DnsRecord): DnsProblem | null {
  if (!isRecordName(name)) return 'malformed-record-name'
  if (ttlSeconds < 60 || ttlSeconds > 604_800) return 'malformed-ttl'
  return valueProblems[type](value)
}

function isRecordName(name: string): boolean {
  if (name === '@') return true
  const labels = name.split('.')
  return labels.every((part, place) => recordLabel.test(part) || (part === '*' && place === 0))
}

type ValueProblem = (value: string) => DnsProblem | null

const hostProblem: ValueProblem = (value) => (isHostName(value) ? null : 'malformed-target')
const isShort = (text: string | undefined) => /^\d{1,5}$/.test(text ?? '') && Number(text) < 65_536

const valueProblems: Readonly<Record<DnsRecord['type'], ValueProblem>> = {
  A: (value) => (parseIpv4(value) === null ? 'malformed-ipv4' : null),
  AAAA: (value) => (parseIpv6(value) === null ? 'malformed-ipv6' : null),
  CNAME: hostProblem,
  NS: hostProblem,
  MX: (value) => {
    const [preference, host = '', ...rest] = value.split(' ')
    return isShort(preference) && isHostName(host) && rest.length === 0 ? null : 'malformed-mail-target'
  },
  TXT: (value) => (/^[\x20-\x7e]{1,1000}$/.test(value) ? null : 'malformed-text'),
  SRV: (value) => {
    const [priority, weight, port, host = '', ...rest] = value.split(' ')
    return isShort(priority) && isShort(weight) && isShort(port) && isHostName(host) && rest.length === 0 ? null : 'malformed-service'
  },
  CAA: (value) => (/^(0|128) (issue|issuewild|iodef) "[\x21\x23-\x7e]{0,200}"$/.test(value) ? null : 'malformed-caa'),
}
