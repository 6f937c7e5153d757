import { z } from 'zod'

declare const brand: unique symbol
/** A UUID that names one kind of thing; the kinds do not mix. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind }

export type TenantId = Id<'tenant'>
export type AccountId = Id<'account'>
export type InvoiceId = Id<'invoice'>

/** A canonical lower-case UUID. */
export const Uuid = z.uuid().refine((text) => text === text.toLowerCase(), 'lower case')

/** Marks a UUID that came from the database, or was validated, as a tenant's. */
export const TenantId = (uuid: string) => uuid as TenantId
/** Marks a UUID as an account's. */
export const AccountId = (uuid: string) => uuid as AccountId
/** Marks a UUID as an invoice's. */
export const InvoiceId = (uuid: string) => uuid as InvoiceId

const prefixes = {
  account: 'cus',
  address: 'adr',
  'app-design': 'dsg',
  attempt: 'pay',
  backup: 'bak',
  budget: 'bud',
  charge: 'chg',
  'dns-zone': 'dns',
  image: 'img',
  invoice: 'inv',
  'load-balancer': 'lba',
  member: 'mem',
  network: 'net',
  operation: 'op',
  order: 'ord',
  'order-question': 'qst',
  payment: 'pmt',
  'payment-method': 'pm',
  product: 'prd',
  project: 'prj',
  resource: 'srv',
  run: 'run',
  'ssh-key': 'ssh',
  subscription: 'sub',
  tenant: 'ten',
  ticket: 'tkt',
  usage: 'use',
  volume: 'vol',
} as const
export type PublicKind = keyof typeof prefixes

/** The id people and programs see: a prefix that names the kind, then the UUID without dashes, e.g. `inv_0192…`. */
export function toPublicId(kind: PublicKind, uuid: string): string {
  return `${prefixes[kind]}_${uuid.replaceAll('-', '')}`
}

/** The UUID behind a public id of `kind`; undefined for another kind's prefix or anything malformed. */
export function fromPublicId(kind: PublicKind, text: string): string | undefined {
  const match = /^([a-z]{2,3})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(text)
  if (!match || match[1] !== prefixes[kind]) return undefined
  return match.slice(2).join('-')
}
