import { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import type { DirectoryConnection } from '#app/ports/password-directory.ts'
import type { LdapEntry } from './ldap-server.ts'

const base = 'DC=corp,DC=example'
const dnOf = (name: string) => `CN=${name},OU=People,${base}`
const guid = (last: number) => Buffer.from([0xff, 0x01, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last])

export const sampleBase = base
export const bindPassword = 'service word'
export const annasPassword = 'annas own word'
export const groupDn = (name: string) => `CN=${name},OU=Groups,${base}`

/** A small company as Active Directory has it: Anna is in Finance, which is in Everybody; Ben is in nothing. */
export function sampleEntries(): LdapEntry[] {
  const person = (name: string, last: number, facts: Pick<LdapEntry, 'attributes'> & { password: string }): LdapEntry => ({
    dn: dnOf(name),
    password: facts.password,
    attributes: {
      objectClass: ['top', 'person', 'user'],
      objectGUID: [guid(last)],
      entryUUID: [`6b7c7a1e-0000-4000-8000-00000000000${last}`],
      displayName: [name],
      cn: [name],
      ...facts.attributes,
    },
  })
  return [
    { dn: base, attributes: { objectClass: ['domain'] } },
    { dn: `CN=Livery,OU=Services,${base}`, password: bindPassword, attributes: { objectClass: ['top'] } },
    person('Anna Alt', 1, {
      password: annasPassword,
      attributes: { mail: ['anna@corp.example'], userPrincipalName: ['aalt@corp.example'], memberOf: [groupDn('Finance')] },
    }),
    person('Ben Bach', 2, { password: 'bens own word', attributes: { mail: ['ben@corp.example'] } }),
    person('Twin One', 3, { password: 'twins word', attributes: { mail: ['twin@corp.example'] } }),
    person('Twin Two', 4, { password: 'twins word', attributes: { mail: ['twin@corp.example'] } }),
    { dn: groupDn('Finance'), attributes: { objectClass: ['group', 'groupOfNames'], member: [dnOf('Anna Alt')] } },
    { dn: groupDn('Everybody'), attributes: { objectClass: ['group', 'groupOfNames'], member: [groupDn('Finance')] } },
  ]
}

/** The connection to that company. */
export function sampleConnection(port: number, change: Partial<LdapSettings> = {}): DirectoryConnection {
  const settings = {
    flavour: 'active-directory',
    host: '127.0.0.1',
    port,
    encryption: 'none',
    base,
    groupBase: null,
    groups: 'nested',
    bindDn: `CN=Livery,OU=Services,${base}`,
    caCertificate: null,
    ...change,
  }
  return { settings: LdapSettings.parse(settings), bindPassword }
}
