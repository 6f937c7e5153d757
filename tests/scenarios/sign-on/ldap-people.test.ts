import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { tokenOf } from '#app/auth/cookie.server.ts'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { provideEnvironment } from '#app/config/env.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { findIdentityProvider, saveProviderState } from '#app/db/people/identity-providers.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { keeperOfPassword } from '#app/services/access/ask-directories.server.ts'
import { type KeepLdapInput, keepLdap, tryLdap } from '#app/services/access/keep-ldap.server.ts'
import { keepersHere, signInByPassword } from '#app/web/sign-in/password-sign-in.server.ts'
import { keepLdapPorts } from '#app/wiring.server.ts'
import { password, register } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { connectDirectory } from '#tests/support/directories.ts'
import { type LdapEntry, type LdapServer, startLdapServer } from '#tests/support/ldap-server.ts'
import { annasPassword, bindPassword, groupDn, sampleBase, sampleConnection, sampleEntries } from '#tests/support/sample-directory.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
const id = newId()
const anna = 'anna@corp.example'
let ahorn: string
let entries: LdapEntry[]
let server: LdapServer

const requestFrom = (address: string, cookie = '') =>
  new Request(`http://${host}/sign-in`, { headers: { host, cookie, 'x-client-address': address } })

/** What the form answers: the problem, or where it leads and who is signed in then. */
async function signIn(email: string, typed: string, address = newId()) {
  const result = await signInByPassword(requestFrom(address), { email, password: typed, returnTo: '/office' })
  if (!result.ok) return { problem: result.error }
  const cookie = result.value.headers.get('Set-Cookie')?.split(';')[0] ?? ''
  const token = tokenOf(requestFrom(address, cookie))
  const session = token ? await sessionOf({ tenantId: ahorn, host, token }) : null
  return { to: result.value.headers.get('Location'), profiles: session?.memberships.map(({ profile }) => profile) }
}
/** The same entry with other facts. */
const changed = (name: string, attributes: LdapEntry['attributes']) => {
  const index = entries.findIndex(({ dn }) => dn.startsWith(`CN=${name},`))
  const entry = entries[index]
  if (entry) entries[index] = { ...entry, attributes: { ...entry.attributes, ...attributes } }
}

beforeAll(async () => {
  provideEnvironment({ DIRECTORY_NETWORKS: 'private' })
  ahorn = await growTenant('ahorn')
  await connectDirectory(ahorn, { id, kind: 'ldap', name: 'Corp directory', emailDomains: ['corp.example'] })
  await startDirectory()
})
afterAll(async () => {
  await server.close()
  provideEnvironment({ DIRECTORY_NETWORKS: 'public' })
})
beforeEach(() => {
  entries.splice(0, entries.length, ...sampleEntries())
})

const typedTerms: Omit<KeepLdapInput, 'settings' | 'bindPassword'> = {
  id,
  name: 'Corp directory',
  audience: 'staff',
  withoutGroup: 'refuse',
  fallback: { profile: '', account: '' },
  emailDomains: ['corp.example'],
  createsPeople: true,
  isSecondFactor: false,
  own: { isOwner: true, permissions: [] },
  groups: [
    { groupName: groupDn('Finance'), profile: 'finance', account: '' },
    { groupName: groupDn('Support'), profile: 'support-engineer', account: '' },
  ],
}

/** A directory on a new port, which is entered as staff would. */
async function startDirectory(): Promise<void> {
  entries = sampleEntries()
  server = await startLdapServer({ base: sampleBase, entries })
  const { settings } = sampleConnection(server.port, { groups: 'search' })
  const kept = await asOffice(ahorn, (ctx) => keepLdap(ctx, keepLdapPorts(), { ...typedTerms, settings, bindPassword }))
  expect(kept).toEqual({ ok: true, value: id })
}

test('who is right at the directory comes in with the profile of the group; a second time as the same person', async () => {
  expect(await signIn(anna, annasPassword)).toEqual({ to: '/office', profiles: ['finance'] })
  expect(await signIn('AALT@corp.example', annasPassword)).toEqual({ to: '/office', profiles: ['finance'] })
  const [person, ...others] = await asOffice(ahorn, ({ db }) => db.user.findMany({ where: { email: anna }, select: { id: true } }))
  expect(others).toEqual([])
  expect(await keeperOfPassword(ahorn, person?.id ?? '')).toBe('Corp directory')
})

test('a wrong password, an unknown address and an address of nobody’s domain get one answer', async () => {
  for (const [email, typed] of [
    [anna, 'not hers'],
    ['nobody@corp.example', annasPassword],
    ['nobody@elsewhere.example', annasPassword],
    ['*)(mail=*@corp.example', annasPassword],
  ] as const)
    expect(await signIn(email, typed), email).toEqual({ problem: 'wrong-credentials' })
})

test('only addresses of its domains are asked of the directory, whether somebody has them or not', async () => {
  const asked = async (email: string) => {
    server.binds.length = 0
    await signIn(email, 'not the word')
    return server.binds.length
  }
  await register(ahorn, 'known@elsewhere.example')
  expect(await asked('known@elsewhere.example')).toBe(0)
  expect(await asked('nobody@corp.example')).toBe(2)
  expect(await asked(anna)).toBe(2)
})

test('who is in no known group stays out, and who leaves a group loses what it gave', async () => {
  expect(await signIn('ben@corp.example', 'bens own word')).toEqual({ to: '/sign-in?state=not-admitted', profiles: undefined })
  expect(await signIn(anna, annasPassword)).toMatchObject({ profiles: ['finance'] })
  entries.push({ dn: groupDn('Support'), attributes: { member: [`CN=Anna Alt,OU=People,${sampleBase}`], objectClass: ['group'] } })
  changed('Finance', { member: [] })
  expect(await signIn(anna, annasPassword)).toMatchObject({ profiles: ['support-engineer'] })
  changed('Support', { member: [] })
  expect(await signIn(anna, annasPassword)).toEqual({ to: '/sign-in?state=not-admitted', profiles: undefined })
  expect(await asOffice(ahorn, ({ db }) => db.membership.count({ where: { givenByProviderId: id } }))).toBe(0)
})

test('who was removed from the directory, or blocked here, does not come in', async () => {
  entries.splice(
    entries.findIndex(({ dn }) => dn.startsWith('CN=Anna')),
    1,
  )
  expect(await signIn(anna, annasPassword)).toEqual({ problem: 'wrong-credentials' })
  entries.splice(0, entries.length, ...sampleEntries())
  await asOffice(ahorn, ({ db, now }) => db.user.updateMany({ where: { email: anna }, data: { disabledAt: now } }))
  expect(await signIn(anna, annasPassword)).toEqual({ to: '/sign-in?state=not-admitted', profiles: undefined })
  await asOffice(ahorn, ({ db }) => db.user.updateMany({ where: { email: anna }, data: { disabledAt: null } }))
})

test('tries are counted as for passwords kept here: after ten the directory is not asked', async () => {
  for (let tries = 0; tries < 10; tries++) expect(await signIn(anna, 'not hers')).toEqual({ problem: 'wrong-credentials' })
  server.binds.length = 0
  expect(await signIn(anna, annasPassword)).toEqual({ problem: 'too-many-attempts' })
  expect(server.binds).toEqual([])
})

test('a directory that does not answer says so and lets nobody in; passwords kept here go on', async () => {
  await register(ahorn, 'own@corp.example')
  await server.close()
  expect(await signIn('nobody@corp.example', annasPassword)).toEqual({ problem: 'directory-unavailable' })
  expect(await signIn('ben@corp.example', 'bens own word')).toEqual({ problem: 'directory-unavailable' })
  expect(await signIn('own@corp.example', password)).toMatchObject({ to: '/office' })
  await startDirectory()
})

test('a directory that is out of use is asked nothing', async () => {
  await asOffice(ahorn, (ctx) => saveProviderState(ctx, id, 'off'))
  server.binds.length = 0
  expect(await signIn('ben@corp.example', 'bens own word')).toEqual({ problem: 'wrong-credentials' })
  expect(server.binds).toEqual([])
  expect(await keepersHere(requestFrom('a'), anna)).toEqual([])
  await asOffice(ahorn, (ctx) => saveProviderState(ctx, id, 'active'))
  expect(await keepersHere(requestFrom('a'), 'nobody@corp.example')).toEqual(['Corp directory'])
  expect(await keepersHere(requestFrom('a'), 'nobody@elsewhere.example')).toEqual([])
})

test('staff try the connection; a password is never sent to another host than it was typed for', async () => {
  const tried = await tryLdap(keepLdapPorts(), { tenantId: ahorn, actor: systemActor('test'), id })
  expect(tried).toMatchObject({ ok: true, value: { people: 4, groups: [groupDn('Finance'), groupDn('Everybody')] } })
  const provider = await asOffice(ahorn, (ctx) => findIdentityProvider(ctx, id))
  expect(provider?.testedVersion).toBe(provider?.version)
  const { settings } = sampleConnection(server.port)
  const keep = (change: object, own: string | null = null) =>
    asOffice(ahorn, (ctx) => {
      return keepLdap(ctx, keepLdapPorts(), { ...typedTerms, settings: { ...settings, ...change }, bindPassword: own })
    })
  expect(await keep({ host: 'evil.example' })).toEqual({ ok: false, error: 'password-missing' })
  const plain = { ...keepLdapPorts(), takesPlain: false }
  const typed = { ...typedTerms, id: null, name: 'Open', settings, bindPassword }
  expect(await asOffice(ahorn, (ctx) => keepLdap(ctx, plain, typed))).toEqual({ ok: false, error: 'plain-not-allowed' })
  const owners = { ...typedTerms, settings, bindPassword, groups: [{ groupName: 'x', profile: 'owner', account: '' }] }
  expect(await asOffice(ahorn, (ctx) => keepLdap(ctx, keepLdapPorts(), owners))).toEqual({ ok: false, error: 'profile-not-found' })
  await keep({}, 'wrong')
  expect(await tryLdap(keepLdapPorts(), { tenantId: ahorn, actor: systemActor('test'), id })).toEqual({ ok: false, error: 'bind-refused' })
})
