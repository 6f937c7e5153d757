import { z } from 'zod'
import { ldapEncryptions, ldapFlavours, ldapGroupWays } from './ldap-ways.ts'

const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/i
const ipv6 = /^(?=.*:.*:)[0-9a-f:.]{2,45}$/i
/** A name in a directory: pairs of attribute and value. */
const dn = z
  .string()
  .trim()
  .min(3, 'malformed-dn')
  .max(500, 'too-long')
  .regex(/^[a-z][\w.-]*\s*=\s*.+$/i, 'malformed-dn')

/** How a directory that speaks LDAP is reached and read; its password is kept apart, sealed. */
export const LdapSettings = z
  .object({
    flavour: z.enum(ldapFlavours),
    host: z
      .string()
      .trim()
      .refine((text) => hostName.test(text) || ipv6.test(text), 'malformed-host'),
    port: z.coerce.number('malformed-port').int('malformed-port').min(1, 'malformed-port').max(65_535, 'malformed-port'),
    encryption: z.enum(ldapEncryptions),
    /** Who searches for people. */
    bindDn: dn,
    /** Below which people are. */
    base: dn,
    /** Below which groups are; the base of people when null. */
    groupBase: dn.nullable(),
    groups: z.enum(ldapGroupWays),
    /** Of the authority that signed the directory's certificate, in PEM; null for one that everybody knows. */
    caCertificate: z
      .string()
      .trim()
      .max(20_000, 'too-long')
      .regex(/^(-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/, 'malformed-certificate')
      .nullable(),
  })
  .refine(({ flavour, groups }) => groups !== 'nested' || flavour === 'active-directory', {
    path: ['groups'],
    error: 'nested-is-active-directory',
  })
export type LdapSettings = z.output<typeof LdapSettings>

/** What a directory of a kind calls what is read of a person. */
export type LdapNames = {
  readonly personClass: string
  /** Stays with a person whatever else changes. */
  readonly id: string
  readonly isBinaryId: boolean
  /** What people type as their address. */
  readonly logins: readonly string[]
  readonly email: string
  readonly displayName: string
  /** What a group says of its members by their name in the directory. */
  readonly members: readonly string[]
}

const names: Readonly<Record<LdapSettings['flavour'], LdapNames>> = {
  'active-directory': {
    personClass: 'user',
    id: 'objectGUID',
    isBinaryId: true,
    logins: ['mail', 'userPrincipalName'],
    email: 'mail',
    displayName: 'displayName',
    members: ['member'],
  },
  openldap: {
    personClass: 'person',
    id: 'entryUUID',
    isBinaryId: false,
    logins: ['mail'],
    email: 'mail',
    displayName: 'cn',
    members: ['member', 'uniqueMember'],
  },
}

/** What the directory calls what is read of a person. */
export function ldapNames({ flavour }: Pick<LdapSettings, 'flavour'>): LdapNames {
  return names[flavour]
}

const longestLogin = 254
const longestPassword = 1_000

/**
 * Whether a directory may be asked about what was typed. A bind without a password is one as nobody and succeeds at many directories, and a
 * zero byte ends a password early at some.
 */
export function isAskable({ login, password }: { readonly login: string; readonly password: string }): boolean {
  const isWithin = login.length > 0 && login.length <= longestLogin && password.length <= longestPassword
  return isWithin && password.trim() !== '' && !`${login}${password}`.includes('\u0000')
}
