import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { peopleOfProvider } from '#app/reports/sign-on/query.server.ts'
import { disconnectPerson } from '#app/services/sign-on/disconnect-person.server.ts'
import { sessionOf } from '#app/web/request/session.server.ts'
import { linkHere, takeLinkHere } from '#app/web/sign-in/directory-sign-in.server.ts'
import { leaveHere, onwardFromHere, returnFromDirectory, startSignOn, takeLogout, takePosted } from '#app/web/sign-in/sign-on.server.ts'
import { providerKeepingPorts, signOnAddresses } from '#app/wiring.server.ts'
import { password, register } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { cookieJar } from '#tests/support/cookie-jar.ts'
import { connectDirectory } from '#tests/support/directories.ts'
import { startOidcEmulator } from '#tests/support/oidc-emulator/oidc-emulator.ts'
import { entityId, type Said, samlIdp, signInUrl, signOutUrl } from '#tests/support/saml-idp.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
const origin = new URL(storeAddress(host)).origin
const client = { id: 'store', secret: 'secret' }
const ada = { sub: 'ada-1', email: 'ada@ahorn.example', name: 'Ada Ahorn', groups: ['Finance'] }
const before = environment().DIRECTORY_NETWORKS

let ahorn: string
let emulator: Awaited<ReturnType<typeof startOidcEmulator>>
let idp: Awaited<ReturnType<typeof samlIdp>>
let oidc: string
let saml: string
beforeAll(async () => {
  provideEnvironment({ DIRECTORY_NETWORKS: 'private' })
  ahorn = await growTenant('ahorn')
  await growTenant('lakeside')
  emulator = await startOidcEmulator({ client, person: ada })
  idp = await samlIdp()
  const { seal, makeKeys } = providerKeepingPorts()
  const groups = [
    { groupName: 'Finance', profile: 'finance' },
    { groupName: 'Support', profile: 'support-engineer' },
  ]
  const settings = { issuer: emulator.state.issuer, clientId: client.id }
  oidc = newId()
  await connectDirectory(ahorn, { id: oidc, groups, settings, secret: seal({ clientSecret: client.secret }, oidc) })
  saml = newId()
  const samlSettings = { entityId, signInUrl, signOutUrl, certificates: idp.certificate }
  const secret = seal(await makeKeys('saml'), saml)
  await connectDirectory(ahorn, { id: saml, kind: 'saml', groups, settings: samlSettings, secret })
})
afterAll(async () => {
  provideEnvironment({ DIRECTORY_NETWORKS: before })
  await emulator.stop()
})
beforeEach(() => {
  emulator.state.person = ada
  emulator.state.sid = newId()
})

type Browser = ReturnType<typeof cookieJar>
const profileOf = async (browser: Browser) => {
  const session = await sessionOf(browser.request('/office'))
  return session?.memberships.map(({ profile }) => profile) ?? null
}
const location = async (url: string) => (await fetch(url, { redirect: 'manual' })).headers.get('location') ?? ''
const start = async (browser: Browser, id = oidc) =>
  browser.follow(await startSignOn(browser.request(`/sign-on/${id}/start?returnTo=/office`), id))
const comeBack = async (browser: Browser, url: string, id = oidc) => browser.follow(await returnFromDirectory(browser.request(url), id))
async function signOn(browser = cookieJar(origin)) {
  expect(await comeBack(browser, await location(await start(browser)))).toBe('/office')
  return browser
}

describe('by OpenID Connect', () => {
  test('the first sign-in makes a member with the profile of a group; a group that goes takes it along', async () => {
    const browser = await signOn()
    expect(await profileOf(browser)).toEqual(['finance'])
    emulator.state.person = { ...ada, groups: ['Support'] }
    await signOn(browser)
    expect(await profileOf(browser)).toEqual(['support-engineer'])
    emulator.state.person = { ...ada, groups: [] }
    expect(await comeBack(browser, await location(await start(browser)))).toBe('/sign-in?state=not-admitted')
    expect(await profileOf(browser)).toBeNull()
  })

  test('signing out here ends the session and leads to the directory, which leads back', async () => {
    const browser = await signOn()
    const old = browser.request('/office')
    const path = browser.follow(await leaveHere(browser.request('/sign-out', { method: 'POST' })))
    expect(path).toMatch(/^\/signed-out\?from=/)
    expect(await profileOf(browser)).toBeNull()
    expect(await sessionOf(old.clone())).toBeNull()
    const onward = await onwardFromHere(browser.request(path))
    expect(await location(onward?.url ?? '')).toBe(signOnAddresses(host, oidc).afterLogout)
    expect(emulator.state.logouts.at(-1)?.get('id_token_hint')).toMatch(/^ey/)
    expect(await onwardFromHere(browser.request(path)), 'told once').toBeNull()
  })

  test('a sign-out at the directory ends the session it names, and none by a forged word', async () => {
    const [browser, other] = [await signOn(), cookieJar(origin)]
    const sid = emulator.state.sid
    emulator.state.sid = newId()
    await signOn(other)
    const tell = (token: string) =>
      takeLogout(browser.request(`/sign-on/${oidc}/logout`, { fields: { logout_token: token }, isFromElsewhere: true }), oidc)
    expect((await tell(await emulator.logoutToken({ sid }, { foreignKey: true }))).status).toBe(400)
    expect(await profileOf(browser)).toEqual(['finance'])
    expect((await tell(await emulator.logoutToken({ sid }))).status).toBe(200)
    expect(await profileOf(browser)).toBeNull()
    expect(await profileOf(other)).toEqual(['finance'])
    await tell(await emulator.logoutToken({ sid: undefined }))
    expect(await profileOf(other)).toBeNull()
  })

  test('an answer counts once, for the browser and the question it is for, and at its own seller', async () => {
    const [browser, thief] = [cookieJar(origin), cookieJar(origin)]
    const url = await location(await start(browser))
    await start(thief)
    expect(await comeBack(thief, url), 'another browser').toBe('/sign-in?state=step-over')
    expect(await comeBack(browser, url.replace(/state=./, 'state=_')), 'changed').toBe('/sign-in?state=step-over')
    expect(await comeBack(browser, url)).toBe('/office')
    expect(await comeBack(browser, url), 'again').toBe('/sign-in?state=step-over')
    const lakeside = cookieJar(origin.replace('ahorn', 'lakeside'))
    expect(await start(lakeside), 'the directory of another seller').toBe('/sign-in?state=directory-unavailable')
  })

  test('who is here with an address the directory does not answer for shows the password once', async () => {
    const email = 'berta@elsewhere.example'
    await register(ahorn, email)
    emulator.state.person = { sub: 'berta-1', email, name: 'Berta', groups: ['Support'] }
    const browser = cookieJar(origin)
    expect(await comeBack(browser, await location(await start(browser)))).toMatch(/^\/sign-in\/connect/)
    expect(await profileOf(browser)).toBeNull()
    expect(await linkHere(browser.request('/sign-in/connect'))).toEqual({ email, takesCode: false })
    const prove = (typed: string) => takeLinkHere(browser.request('/sign-in/connect'), { password: typed, code: '', returnTo: '/office' })
    expect(await prove('not it')).toEqual({ ok: false, error: 'wrong-credentials' })
    const proven = await prove(password)
    expect(proven.ok && browser.follow(proven.value)).toBe('/office')
    expect(await profileOf(browser)).toEqual(['support-engineer', 'customer-owner'])
    await signOn(browser)
  })
})

test('staff part a name from a person: its session ends, and the address is free for a new name', async () => {
  const email = 'emil@ahorn.example'
  const come = async (sub: string, browser = cookieJar(origin)) => {
    emulator.state.person = { sub, email, name: 'Emil', groups: ['Support'] }
    return { browser, path: await comeBack(browser, await location(await start(browser))) }
  }
  const { browser } = await come('emil-1')
  expect((await come('emil-2')).path).toBe('/sign-in?state=not-admitted')
  const people = await asOffice(ahorn, (ctx) => peopleOfProvider(ctx, oidc))
  const identityId = people.find(({ subject }) => subject === 'emil-1')?.id ?? ''
  expect((await asOffice(ahorn, (ctx) => disconnectPerson(ctx, { providerId: oidc, identityId }))).ok).toBe(true)
  expect(await profileOf(browser)).toBeNull()
  expect((await come('emil-2')).path).toBe('/office')
})

describe('by SAML', () => {
  const said = { nameId: 'carl-1', attributes: { mail: ['carl@ahorn.example'], groups: ['Finance'] } }
  const post = async (browser: Browser, url: string, about: Said = said) => {
    const RelayState = new URL(url).searchParams.get('RelayState') ?? ''
    const fields = { ...idp.answer(url, about), RelayState }
    return browser.follow(await takePosted(browser.request(`/sign-on/${saml}/acs`, { fields, isFromElsewhere: true }), saml))
  }

  test('the answer that is posted counts for the browser that began, once', async () => {
    const [browser, thief] = [cookieJar(origin), cookieJar(origin)]
    const url = await start(browser, saml)
    const path = await post(browser, url)
    expect(path).toMatch(/\/return\?state=/)
    expect(await post(browser, url), 'again').toBe('/sign-in?state=step-over')
    await start(thief, saml)
    expect(await comeBack(thief, path, saml), 'another browser').toBe('/sign-in?state=step-over')
    expect(await comeBack(browser, path, saml)).toBe('/office')
    expect(await profileOf(browser)).toEqual(['finance'])
    expect(await comeBack(browser, path, saml)).toBe('/sign-in?state=step-over')
  })

  test('signing out works both ways', async () => {
    const browser = cookieJar(origin)
    const enter = async () => comeBack(browser, await post(browser, await start(browser, saml)), saml)
    expect(await enter()).toBe('/office')
    const path = browser.follow(await leaveHere(browser.request('/sign-out', { method: 'POST' })))
    expect((await onwardFromHere(browser.request(path)))?.url).toMatch(/^https:\/\/idp\.example\/slo\?SAMLRequest=/)
    expect(await profileOf(browser)).toBeNull()

    expect(await enter()).toBe('/office')
    const asked = idp.logoutUrl(signOnAddresses(host, saml).logout, idp.logoutRequest('carl-1'))
    expect(browser.follow(await takeLogout(browser.request(asked), saml))).toMatch(/^https:\/\/idp\.example\/slo\?SAMLResponse=/)
    expect(await profileOf(browser)).toBeNull()
  })

  test('what comes unasked, or says what was not signed, opens nothing', async () => {
    const browser = cookieJar(origin)
    const url = await start(browser, saml)
    expect(await post(browser, url, { ...said, audience: 'https://other.example' })).toBe('/sign-in?state=directory-unavailable')
    const fields = { ...idp.answer(url, said), RelayState: 'x'.repeat(43) }
    const unasked = takePosted(browser.request(`/sign-on/${saml}/acs`, { fields, isFromElsewhere: true }), saml)
    expect(browser.follow(await unasked)).toBe('/sign-in?state=step-over')
    expect(await profileOf(browser)).toBeNull()
  })
})
