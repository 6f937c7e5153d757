import { z } from 'zod'
import { err, ok, type Result } from '../shared/result.ts'

export const fraudLists = ['allow', 'watch', 'deny'] as const
export type FraudList = (typeof fraudLists)[number]
export const listKinds = ['mail', 'domain', 'vat-id', 'country', 'address', 'range', 'card'] as const
export type ListKind = (typeof listKinds)[number]

const matches = (shape: RegExp) => (value: string) => shape.test(value)

/** The widest ranges: a list of a whole continent's networks would be a slip. */
const widest = { v4: 8, v6: 16 } as const

/** A range of network addresses as `198.51.100.0/24`, or a single address. */
function isRange(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/')
  const version = z.ipv4().safeParse(address).success ? 'v4' : z.ipv6().safeParse(address).success ? 'v6' : null
  if (!version || more.length > 0) return false
  const longest = version === 'v4' ? 32 : 128
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= widest[version] && Number(bits) <= longest)
}

const shapes: Readonly<Record<ListKind, (value: string) => boolean>> = {
  mail: matches(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  domain: matches(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  'vat-id': matches(/^[a-z]{2}[a-z0-9+*]{2,13}$/),
  country: matches(/^[a-z]{2}$/),
  address: matches(/^[0-9a-f]{64}$/),
  range: isRange,
  card: matches(/^[a-z0-9_-]{6,80}$/),
}

/**
 * What a list keeps of a typed value: lower case, no blanks, a domain without its `@`. An address is the digest orders carry, a country its
 * two letters, a card the fingerprint its gateway gave.
 */
export function listValue(kind: ListKind, typed: string): Result<string, 'malformed-value'> {
  const value = typed
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(kind === 'domain' ? /^@/ : /^$/, '')
  return shapes[kind](value) ? ok(value) : err('malformed-value')
}

/** What lists know a buyer by. Ranges of network addresses are looked up where the address is, which is kept nowhere. */
export type ListedBuyer = {
  readonly email: string
  readonly vatId: string | null
  readonly country: string
  readonly addressHash: string | null
  /** Fingerprints of its cards, where gateways gave some. */
  readonly cards?: readonly string[]
}

/** The values by which lists know a buyer: mail address and its domain, VAT id, country, where the order came from, and cards. */
export function listKeysOf(buyer: ListedBuyer): { kind: ListKind; value: string }[] {
  const email = buyer.email.toLowerCase()
  const keys: { kind: ListKind; value: string | null }[] = [
    { kind: 'mail', value: email },
    { kind: 'domain', value: email.split('@').at(-1) ?? null },
    { kind: 'vat-id', value: buyer.vatId?.toLowerCase() ?? null },
    { kind: 'country', value: buyer.country.toLowerCase() },
    { kind: 'address', value: buyer.addressHash },
    ...(buyer.cards ?? []).map((card) => ({ kind: 'card' as const, value: card.toLowerCase() })),
  ]
  return keys.flatMap(({ kind, value }) => (value ? [{ kind, value }] : []))
}
