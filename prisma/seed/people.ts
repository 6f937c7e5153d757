/** Everybody of the demo signs in with this. The demo listens on this machine only. */
export const demoPassword = 'livery-demo-2026'

export type DemoPerson = {
  readonly seller: 'meridian' | 'ahorn' | 'lakeside' | 'nakhla'
  readonly email: string
  readonly name: string
  readonly language: string
  readonly profile: string
  /** Key of the customer the person belongs to; staff belong to the seller itself. */
  readonly customer?: string
  /** What the demo's list of sign-ins calls the person. */
  readonly role: string
}

const staff = (seller: DemoPerson['seller'], profile: string, [name, language, role]: readonly [string, string, string]): DemoPerson => ({
  seller,
  profile,
  name,
  language,
  role,
  email: `${(name.split(' ')[0] ?? name).toLowerCase()}@${seller}.example`,
})
const customer = (
  seller: DemoPerson['seller'],
  key: string,
  [name, language, role]: readonly [string, string, string],
  profile = 'customer-owner',
): DemoPerson => ({
  seller,
  customer: key,
  profile,
  name,
  language,
  role,
  email: `${(name.split(' ')[0] ?? name).toLowerCase()}@${key}.example`,
})

export const owners: Readonly<Record<DemoPerson['seller'], DemoPerson>> = {
  meridian: staff('meridian', 'owner', ['Mara Stein', 'de', 'provider, owner']),
  ahorn: staff('ahorn', 'owner', ['Johanna Berger', 'de', 'reseller, owner']),
  lakeside: staff('lakeside', 'owner', ['Reto Frei', 'de', 'reseller, owner']),
  nakhla: staff('nakhla', 'owner', ['Layla Mansouri', 'ar', 'sub-reseller, owner']),
}

export const people: readonly DemoPerson[] = [
  staff('meridian', 'channel-manager', ['Jonas Weber', 'de', 'provider, channel manager']),
  staff('meridian', 'finance', ['Anke Vogt', 'de', 'provider, finance']),
  staff('meridian', 'operator', ['Timo Braun', 'en', 'provider, operator']),
  staff('ahorn', 'account-manager', ['Stefan Moser', 'de', 'reseller, account manager']),
  staff('lakeside', 'finance', ['Claire Rochat', 'fr', 'reseller, finance']),
  customer('meridian', 'brandt', ['Lena Brandt', 'de', 'customer of the provider']),
  customer('meridian', 'hanse', ['Karin Petersen', 'de', 'enterprise administrator']),
  customer('meridian', 'hanse-rd', ['Olaf Jansen', 'de', 'department user'], 'customer-member'),
  customer('meridian', 'falk', ['Tobias Falk', 'de', 'customer, pays by card']),
  customer('meridian', 'ruegen', ['Wiebke Arndt', 'de', 'customer, pays in advance']),
  customer('meridian', 'lahn', ['Kirsten Lahn', 'de', 'customer, pays by the year']),
  customer('meridian', 'saale', ['Ralf Zander', 'de', 'customer, suspended']),
  customer('ahorn', 'linde', ['Maria Linde', 'de', 'customer, company']),
  customer('ahorn', 'huber', ['Franz Huber', 'de', 'customer, company']),
  customer('ahorn', 'keller-at', ['Eva Keller', 'de', 'customer, private']),
  customer('ahorn', 'steiner', ['Lukas Steiner', 'de', 'customer, pays by transfer']),
  customer('lakeside', 'praxis-keller', ['Urs Keller', 'de', 'customer, company']),
  customer('lakeside', 'alpen-media', ['Lucie Favre', 'fr', 'customer, company']),
  customer('nakhla', 'oasis', ['Omar Haddad', 'ar', 'customer, company']),
  customer('nakhla', 'burj-retail', ['Noor Khan', 'en', 'customer, company']),
]
