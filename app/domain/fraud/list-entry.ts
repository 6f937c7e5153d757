import { err, ok, type Result } from '../shared/result.ts'

export const fraudLists = ['allow', 'watch', 'deny'] as const
export type FraudList = (typeof fraudLists)[number]
export const listKinds = ['mail', 'domain', 'vat-id', 'address'] as const
export type ListKind = (typeof listKinds)[number]

const shapes: Readonly<Record<ListKind, RegExp>> = {
  mail: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  domain: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
  'vat-id': /^[a-z]{2}[a-z0-9+*]{2,13}$/,
  address: /^[0-9a-f]{64}$/,
}

/** What a list keeps of a typed value: lower case, no blanks, a domain without its `@`. An address is the digest orders carry. */
export function listValue(kind: ListKind, typed: string): Result<string, 'malformed-value'> {
  const value = typed
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(kind === 'domain' ? /^@/ : /^$/, '')
  return shapes[kind].test(value) ? ok(value) : err('malformed-value')
}

/** The values by which lists know a buyer: its mail address, the domain of it, its VAT id, and where the order came from. */
export function listKeysOf(buyer: {
  email: string
  vatId: string | null
  addressHash: string | null
}): { kind: ListKind; value: string }[] {
  const email = buyer.email.toLowerCase()
  const keys: { kind: ListKind; value: string | null }[] = [
    { kind: 'mail', value: email },
    { kind: 'domain', value: email.split('@').at(-1) ?? null },
    { kind: 'vat-id', value: buyer.vatId?.toLowerCase() ?? null },
    { kind: 'address', value: buyer.addressHash },
  ]
  return keys.flatMap(({ kind, value }) => (value ? [{ kind, value }] : []))
}
