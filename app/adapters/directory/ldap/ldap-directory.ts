import { randomUUID } from 'node:crypto'
import { AndFilter, Client, type Entry, EqualityFilter, ExtensibleFilter, type Filter, OrFilter } from 'ldapts'
import { isAskable, type LdapSettings, ldapNames } from '#app/domain/people/ldap-settings.ts'
import {
  type DirectoryConnection,
  type DirectoryEntry,
  DirectoryError,
  type DirectoryReport,
  type PasswordDirectory,
} from '#app/ports/password-directory.ts'
import { guardedLine, tlsOf } from './guarded-line.ts'
import { isRefusal, problemOf } from './ldap-problem.ts'

export type LdapOptions = {
  /** Whether connections may leave to an address. */
  readonly isOpen: (address: string) => boolean
  /** For tests and the demo: passwords may cross an open line. */
  readonly allowsPlain?: boolean
  readonly operationMs?: number
  readonly conversationMs?: number
  readonly maxBytes?: number
}

/** Active Directory finds members of groups in groups by this rule. */
const inChain = '1.2.840.113556.1.4.1941'
const groupsAtMost = 1_000
const peopleAtMost = 500
const groupsShown = 100

/**
 * Directories that speak LDAP. The service account searches, the person's own password is tried by a bind, and nothing that was typed is
 * ever text of a filter or of a name. References to other directories are not followed.
 */
export function ldapDirectory(options: LdapOptions): PasswordDirectory {
  return {
    async check(connection, typed) {
      if (!isAskable(typed)) return null
      return converse(connection, options, async (client) => {
        const { settings, bindPassword } = connection
        const found = await findPerson(client, settings, typed.login)
        // Somebody unknown costs the same steps: a bind that nobody's name can pass. What was typed is no business of the directory's then.
        const [dn, password] = found ? [found.dn, typed.password] : [`cn=nobody-here,${settings.base}`, randomUUID()]
        const isRight = await isOwnPassword(client, dn, password)
        if (!isRight || !found) return null
        const person = personOf(found, settings)
        if (!person) return null
        if (settings.groups === 'member-of') return { ...person, groups: textsOf(found, 'memberOf').slice(0, groupsAtMost) }
        await client.bind(settings.bindDn, bindPassword)
        return { ...person, groups: await groupsOf(client, settings, found.dn) }
      })
    },

    examine: (connection) => converse(connection, options, (client) => look(client, connection.settings)),
  }
}

async function converse<T>(
  { settings, bindPassword }: DirectoryConnection,
  { isOpen, allowsPlain = false, operationMs = 5_000, conversationMs = 12_000, maxBytes = 8 * 1024 * 1024 }: LdapOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { host, port, encryption, bindDn } = settings
  if (encryption === 'none' && !allowsPlain) throw new DirectoryError('not-encrypted')
  if (bindPassword === '') throw new DirectoryError('bind-refused')
  const line = guardedLine(settings, { isOpen, maxBytes })
  const client = new Client({
    url: `${encryption === 'ldaps' ? 'ldaps' : 'ldap'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    timeout: operationMs,
    connectTimeout: operationMs,
    createConnection: line.plain,
    createSecureConnection: line.secure,
    ...(encryption === 'ldaps' ? { tlsOptions: tlsOf(settings) } : {}),
  })
  const deadline = setTimeout(() => line.cut('timed-out'), conversationMs)
  try {
    if (encryption === 'starttls') await client.startTLS(tlsOf(settings))
    await client.bind(bindDn, bindPassword)
    return await work(client)
  } catch (error) {
    throw line.cause() ?? problemOf(error)
  } finally {
    clearTimeout(deadline)
    // Saying goodbye is courtesy: what matters is that the line ends.
    await client.unbind().catch(() => undefined)
    line.end()
  }
}

/** The one person who has the login; null when nobody has it, or several do. */
async function findPerson(client: Client, settings: LdapSettings, login: string): Promise<Entry | null> {
  const { personClass, id, isBinaryId, logins, email, displayName } = ldapNames(settings)
  const { searchEntries } = await client.search(settings.base, {
    filter: new AndFilter({
      filters: [
        new EqualityFilter({ attribute: 'objectClass', value: personClass }),
        new OrFilter({ filters: logins.map((attribute) => new EqualityFilter({ attribute, value: login })) }),
      ],
    }),
    attributes: [id, email, displayName, ...logins, 'memberOf'],
    ...(isBinaryId ? { explicitBufferAttributes: [id] } : {}),
    sizeLimit: 2,
    timeLimit: 5,
  })
  const [first, second] = searchEntries
  return first?.dn.includes('=') && !second ? first : null
}

async function isOwnPassword(client: Client, dn: string, password: string): Promise<boolean> {
  try {
    await client.bind(dn, password)
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

async function groupsOf(client: Client, settings: LdapSettings, dn: string): Promise<string[]> {
  const { members } = ldapNames(settings)
  const filters: Filter[] =
    settings.groups === 'nested'
      ? [new ExtensibleFilter({ matchType: 'member', rule: inChain, value: dn })]
      : members.map((attribute) => new EqualityFilter({ attribute, value: dn }))
  const { searchEntries } = await client.search(settings.groupBase ?? settings.base, {
    filter: filters.length === 1 && filters[0] ? filters[0] : new OrFilter({ filters }),
    attributes: ['1.1'],
    sizeLimit: groupsAtMost,
    timeLimit: 5,
  })
  return searchEntries.map((entry) => entry.dn)
}

async function look(client: Client, settings: LdapSettings): Promise<DirectoryReport> {
  const { personClass, id, isBinaryId, email, logins } = ldapNames(settings)
  const { searchEntries: people } = await client.search(settings.base, {
    filter: new EqualityFilter({ attribute: 'objectClass', value: personClass }),
    attributes: [id, email, ...logins],
    ...(isBinaryId ? { explicitBufferAttributes: [id] } : {}),
    sizeLimit: peopleAtMost,
    timeLimit: 5,
  })
  const classes = ['group', 'groupOfNames', 'groupOfUniqueNames']
  const { searchEntries: groups } = await client.search(settings.groupBase ?? settings.base, {
    filter: new OrFilter({ filters: classes.map((value) => new EqualityFilter({ attribute: 'objectClass', value })) }),
    attributes: ['1.1'],
    sizeLimit: groupsShown,
    timeLimit: 5,
  })
  return {
    people: people.length,
    usable: people.filter((entry) => personOf(entry, settings)?.email).length,
    isMore: people.length >= peopleAtMost,
    groups: groups.map(({ dn }) => dn),
  }
}

/** Null for an entry without a name that stays: such a person could become another. */
function personOf(entry: Entry, settings: LdapSettings): Omit<DirectoryEntry, 'groups'> | null {
  const { id, isBinaryId, email, logins, displayName } = ldapNames(settings)
  const subject = isBinaryId ? hexOf(entry[id]) : textsOf(entry, id)[0]
  if (!subject) return null
  const address = [email, ...logins].flatMap((attribute) => textsOf(entry, attribute)).find((text) => /^[^@\s]+@[^@\s]+$/.test(text))
  return { subject, email: address ?? null, name: textsOf(entry, displayName)[0] ?? null }
}

function hexOf(value: Entry[string] | undefined): string | undefined {
  const first = Array.isArray(value) ? value[0] : value
  return Buffer.isBuffer(first) && first.length > 0 ? first.toString('hex') : undefined
}

/** An attribute's values as text, whatever case the directory writes its name in. */
function textsOf(entry: Entry, attribute: string): string[] {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase())
  const value = name === undefined ? [] : entry[name]
  return (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))
}
