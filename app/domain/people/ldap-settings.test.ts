import { expect, test } from 'vitest'
import { isAskable, LdapSettings, ldapNames } from './ldap-settings.ts'

const typed = {
  flavour: 'active-directory',
  host: 'dc1.corp.example',
  port: '636',
  encryption: 'ldaps',
  bindDn: 'CN=Livery,OU=Services,DC=corp,DC=example',
  base: 'DC=corp,DC=example',
  groupBase: null,
  groups: 'nested',
  caCertificate: null,
}
const problemsOf = (change: object) =>
  LdapSettings.safeParse({ ...typed, ...change }).error?.issues.map(({ path, message }) => [...path, message])

test('a port is a number, and nested groups are Active Directory’s', () => {
  expect(LdapSettings.parse(typed).port).toBe(636)
  expect(problemsOf({ flavour: 'openldap' })).toEqual([['groups', 'nested-is-active-directory']])
  expect(problemsOf({ port: '70000' })).toEqual([['port', 'malformed-port']])
})

test('hosts are names or addresses, never a URL', () => {
  for (const host of ['dc1', 'dc1.corp.example', '192.0.2.7', '2001:db8::7']) expect(problemsOf({ host })).toBeUndefined()
  for (const host of ['', 'ldap://dc1', 'dc1:389', 'dc1/x', 'a b', '-x', 'x@y'])
    expect(problemsOf({ host })).toEqual([['host', 'malformed-host']])
})

test('a name in a directory is pairs, a certificate is PEM', () => {
  expect(problemsOf({ base: 'corp.example' })).toEqual([['base', 'malformed-dn']])
  expect(problemsOf({ caCertificate: 'MIIB' })).toEqual([['caCertificate', 'malformed-certificate']])
  expect(problemsOf({ caCertificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' })).toBeUndefined()
})

test('who a person is does not hang on an address that may pass on', () => {
  expect(ldapNames({ flavour: 'active-directory' })).toMatchObject({ id: 'objectGUID', isBinaryId: true })
  expect(ldapNames({ flavour: 'openldap' })).toMatchObject({ id: 'entryUUID', isBinaryId: false })
})

test('no directory is asked without a password, or with one that ends early', () => {
  expect(isAskable({ login: 'anna@corp.example', password: 'x' })).toBe(true)
  for (const password of ['', ' ', '\t', '\u0000', 'right\u0000', 'x'.repeat(1_001)])
    expect(isAskable({ login: 'anna@corp.example', password })).toBe(false)
  expect(isAskable({ login: '', password: 'x' })).toBe(false)
  expect(isAskable({ login: 'a'.repeat(255), password: 'x' })).toBe(false)
})
