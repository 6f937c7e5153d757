import { createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type LdapOptions, ldapDirectory } from '#app/adapters/directory/ldap/ldap-directory.ts'
import { isPrivateAddress } from '#app/config/public-network.server.ts'
import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import { DirectoryError } from '#app/ports/password-directory.ts'
import { type LdapServer, type LdapServerFacts, startLdapServer } from '#tests/support/ldap-server.ts'
import { annasPassword, groupDn, sampleBase, sampleConnection, sampleEntries } from '#tests/support/sample-directory.ts'

const here = { isOpen: () => true, allowsPlain: true } satisfies LdapOptions
const directory = ldapDirectory(here)
const anna = { login: 'anna@corp.example', password: annasPassword }
let server: LdapServer | undefined

async function start(facts: Partial<LdapServerFacts> = {}): Promise<LdapServer> {
  server = await startLdapServer({ base: sampleBase, entries: sampleEntries(), ...facts })
  return server
}
afterEach(() => server?.close())

const check = async (typed: { login: string; password: string }, change: Partial<LdapSettings> = {}, options: Partial<LdapOptions> = {}) =>
  ldapDirectory({ ...here, ...options }).check(sampleConnection(server?.port ?? 0, change), typed)

/** Why the directory could not be asked. */
async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await work)}`
  } catch (error) {
    if (error instanceof DirectoryError) return error.problem
    throw error
  }
}

test('the right password names the person, with a name that stays and the groups the groups are in', async () => {
  await start()
  expect(await check(anna)).toEqual({
    subject: 'ff018000000000000000000000000001',
    email: 'anna@corp.example',
    name: 'Anna Alt',
    groups: [groupDn('Finance'), groupDn('Everybody')],
  })
  expect((await check({ ...anna, login: 'aalt@corp.example' }))?.email).toBe('anna@corp.example')
})

test('groups come from the person, from the groups, or from groups in groups', async () => {
  await start()
  const groups = async (change: Partial<LdapSettings>) => (await check(anna, change))?.groups
  expect(await groups({ groups: 'member-of' })).toEqual([groupDn('Finance')])
  expect(await groups({ groups: 'search' })).toEqual([groupDn('Finance')])
  expect(await groups({ flavour: 'openldap', groups: 'search' })).toEqual([groupDn('Finance')])
  expect(await groups({ groupBase: `OU=People,${sampleBase}` })).toEqual([])
})

test('OpenLDAP names people by their entryUUID', async () => {
  await start()
  expect((await check(anna, { flavour: 'openldap', groups: 'member-of' }))?.subject).toBe('6b7c7a1e-0000-4000-8000-000000000001')
})

test('a wrong password, an unknown person and a login of two people are the same answer after the same binds', async () => {
  const { binds } = await start()
  const stepsOf = async (typed: typeof anna) => {
    binds.length = 0
    return { answer: await check(typed), binds: binds.map(({ isRight }) => isRight) }
  }
  const wrong = await stepsOf({ ...anna, password: 'bens own word' })
  expect(wrong).toEqual({ answer: null, binds: [true, false] })
  expect(await stepsOf({ login: 'nobody@corp.example', password: annasPassword })).toEqual(wrong)
  expect(binds.map((bind) => bind.password)).not.toContain(annasPassword)
  expect(await stepsOf({ login: 'twin@corp.example', password: 'twins word' })).toEqual(wrong)
})

test('what is typed is a value, never a piece of a filter', async () => {
  const { filters } = await start()
  for (const login of ['*', '*)(uid=*', 'anna@corp.example)(|(objectClass=*', 'anna*', '\\2a', 'a\u0000b', ')(&)'])
    expect(await check({ ...anna, login }), login).toBeNull()
  expect(filters.every((filter) => filter.includes('(objectclass=user)') || filter.includes('objectClass'))).toBe(true)
  expect(filters.some((filter) => filter.includes('*)(uid=*'))).toBe(false)
})

test('no password is no password: the directory is not even asked', async () => {
  const { binds } = await start({ takesEmptyPasswords: true })
  for (const password of ['', ' ', '\u0000', `${annasPassword}\u0000`]) expect(await check({ ...anna, password })).toBeNull()
  expect(binds).toEqual([])
  const { settings } = sampleConnection(server?.port ?? 0)
  expect(await problemOf(directory.check({ settings, bindPassword: '' }, anna))).toBe('bind-refused')
})

test('people in thousands of groups have the first thousand', async () => {
  const entries = sampleEntries()
  const member = [`CN=Anna Alt,OU=People,${sampleBase}`]
  for (let number = 0; number < 3_000; number++) entries.push({ dn: groupDn(`G${number}`), attributes: { objectClass: ['group'], member } })
  await start({ entries })
  expect((await check(anna))?.groups).toHaveLength(1_000)
})

test('an answer without end is cut off', async () => {
  await start({ onSearch: (socket) => pour(socket) })
  expect(await problemOf(check(anna, {}, { maxBytes: 100_000 }))).toBe('too-large')
})

test('a directory that does not answer in time is no answer about anybody', async () => {
  await start({ onSearch: () => undefined })
  expect(await problemOf(check(anna, {}, { operationMs: 100 }))).toBe('timed-out')
  expect(await problemOf(check(anna, {}, { conversationMs: 100 }))).toBe('timed-out')
  await server?.close()
  expect(await problemOf(check(anna))).toBe('unreachable')
})

test('lines are encrypted, before any password', async () => {
  const { cert, binds } = await start()
  const tls = { encryption: 'starttls', caCertificate: cert } as const
  expect((await check(anna, tls, { allowsPlain: false }))?.name).toBe('Anna Alt')
  expect(binds.every(({ isEncrypted }) => isEncrypted)).toBe(true)
  expect(await problemOf(check(anna, {}, { allowsPlain: false }))).toBe('not-encrypted')
  await server?.close()
  const secure = await start({ isSecure: true })
  expect((await check(anna, { encryption: 'ldaps', caCertificate: secure.cert }, { allowsPlain: false }))?.name).toBe('Anna Alt')
})

test('a certificate of nobody known is refused, and so is one of another name', async () => {
  await start({ isSecure: true })
  const stranger = (await startLdapServer({ base: sampleBase, entries: [] })) satisfies LdapServer
  expect(await problemOf(check(anna, { encryption: 'ldaps' }))).toBe('certificate')
  expect(await problemOf(check(anna, { encryption: 'ldaps', caCertificate: stranger.cert }))).toBe('certificate')
  await stranger.close()
  expect(server?.binds).toEqual([])
})

test('a directory that hangs up after the encryption is not called again without', async () => {
  const { cert, binds } = await start({ dropsAfterTls: true })
  expect(await problemOf(check(anna, { encryption: 'starttls', caCertificate: cert }))).toBe('unreachable')
  expect(binds.filter(({ isEncrypted }) => !isEncrypted)).toEqual([])
})

test('private networks are closed unless the installation opens them', async () => {
  let calls = 0
  const listener = createServer(() => calls++)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  const closed = ldapDirectory({ isOpen: (address) => !isPrivateAddress(address), allowsPlain: true })
  for (const host of ['127.0.0.1', 'localhost', '::1', '169.254.169.254'])
    expect(await problemOf(closed.check(sampleConnection(port, { host }), anna)), host).toBe('refused-address')
  expect(calls).toBe(0)
  await new Promise((resolve) => listener.close(resolve))
})

test('the trial of a connection says what there is, or what is wrong', async () => {
  await start()
  const connection = sampleConnection(server?.port ?? 0)
  expect(await directory.examine(connection)).toEqual({
    people: 4,
    usable: 4,
    isMore: false,
    groups: [groupDn('Finance'), groupDn('Everybody')],
  })
  expect(await problemOf(directory.examine({ ...connection, bindPassword: 'wrong' }))).toBe('bind-refused')
  const elsewhere = sampleConnection(server?.port ?? 0, { base: 'DC=other,DC=example' })
  expect(await problemOf(directory.examine(elsewhere))).toBe('base-missing')
})

/** Sends a message that never ends. */
function pour(socket: Socket): void {
  socket.write(Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]))
  const part = Buffer.alloc(64 * 1024, 0x41)
  const more = () => {
    while (!socket.destroyed && socket.write(part));
    if (!socket.destroyed) socket.once('drain', more)
  }
  more()
}
