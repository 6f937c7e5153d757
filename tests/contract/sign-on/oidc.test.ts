import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signOnDirectories } from '#app/adapters/directory/directories.ts'
import type { SignOnBegun, SignOnProvider } from '#app/ports/sign-on.ts'
import { startOidcEmulator } from '#tests/support/oidc-emulator/oidc-emulator.ts'

const client = { id: 'store', secret: 'a secret: with signs+' }
const ada = { sub: 'ada-1', email: 'ada@ahorn.example', email_verified: true, name: 'Ada Ahorn', groups: ['Finance', 'Support'] }
const at = (path: string) => `https://ahorn.example/sign-on/1/${path}`
const addresses = {
  callback: at('return'),
  acs: at('acs'),
  metadata: at('metadata'),
  logout: at('logout'),
  afterLogout: 'https://ahorn.example/signed-out',
}
const word = 'w'.repeat(43)
const notProven = { code: 'not-proven' }

let emulator: Awaited<ReturnType<typeof startOidcEmulator>>
beforeAll(async () => {
  emulator = await startOidcEmulator({ client, person: ada })
})
afterAll(() => emulator.stop())
beforeEach(() => {
  emulator.state.mischief = {}
  emulator.state.person = ada
})

const provider = (settings: object = {}, secret = client.secret): SignOnProvider => ({
  kind: 'oidc',
  settings: { issuer: emulator.state.issuer, clientId: client.id, ...settings },
  secrets: { clientSecret: secret },
  addresses,
})
const open = (settings: object = {}, secret = client.secret) => signOnDirectories(true).open(provider(settings, secret))

/** Walks to the directory and back as a browser would; the value is where it comes back to. */
async function walk({ url }: SignOnBegun): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' })
  return answer.headers.get('location') ?? ''
}
async function signOn(how: { word?: string; settings?: object; secret?: string } = {}) {
  const directory = open(how.settings, how.secret)
  const begun = await directory.begin(word)
  return directory.finish({ url: await walk(begun), fields: {}, word: how.word ?? word }, begun)
}

test('a person comes with lasting name, address, groups and what the sign-out needs', async () => {
  const facts = await signOn()
  expect(facts).toMatchObject({
    subject: 'ada-1',
    email: 'ada@ahorn.example',
    isEmailVerified: true,
    name: 'Ada Ahorn',
    groups: ['Finance', 'Support'],
    session: 'sid-1',
  })
  const left = new URL((await open().leave(facts, 'x')) ?? '')
  expect(left.searchParams.get('id_token_hint')).toBe(facts.logoutHint)
  expect(left.searchParams.get('post_logout_redirect_uri')).toBe(addresses.afterLogout)
})

test('groups stand where the seller says, also below a path; what is no list of names gives none', async () => {
  emulator.state.person = { ...ada, realm_access: { roles: ['Buyers'] }, odd: { a: 1 } }
  expect((await signOn({ settings: { groupsClaim: 'realm_access.roles' } })).groups).toEqual(['Buyers'])
  expect((await signOn({ settings: { groupsClaim: 'odd' } })).groups).toEqual([])
})

test('a trial tells where people are led, and says what is wrong', async () => {
  expect(await open().check()).toContainEqual({ what: 'sign-out', value: `${emulator.state.issuer}/logout` })
  await expect(open({ issuer: `${emulator.state.issuer}/other` }).check()).rejects.toMatchObject({ code: 'wrong-settings' })
  await expect(open({ issuer: 'http://127.0.0.1:1' }).check()).rejects.toMatchObject({ code: 'unreachable' })
})

test('without leave of the operator neither plain http nor a private address is reached', async () => {
  const guarded = (issuer: string) => signOnDirectories(false).open(provider({ issuer }))
  for (const issuer of [emulator.state.issuer, 'https://127.0.0.1', 'https://localhost', 'https://169.254.169.254'])
    await expect(guarded(issuer).check(), issuer).rejects.toMatchObject({ code: 'refused-address' })
})

describe('refused is', () => {
  test('an answer to another question: state or nonce changed', async () => {
    await expect(signOn({ word: 'x'.repeat(43) })).rejects.toMatchObject(notProven)
    emulator.state.mischief = { claims: { nonce: 'another' } }
    await expect(signOn()).rejects.toMatchObject(notProven)
  })

  test.each([
    ['for another client', { aud: 'somebody-else' }],
    ['of another directory', { iss: 'https://evil.example' }],
    ['that is over', { exp: 1_700_000_000 }],
  ])('a token %s', async (_name, claims) => {
    emulator.state.mischief = { claims }
    await expect(signOn()).rejects.toMatchObject(notProven)
  })

  test('a token that another key signed, and a secret that is not ours', async () => {
    emulator.state.mischief = { foreignKey: true }
    await expect(signOn()).rejects.toMatchObject(notProven)
    emulator.state.mischief = {}
    await expect(signOn({ secret: 'wrong' })).rejects.toMatchObject(notProven)
  })

  test('an answer that came before, and one without the proof of the browser that began', async () => {
    const directory = open()
    const begun = await directory.begin(word)
    const url = await walk(begun)
    await directory.finish({ url, fields: {}, word }, begun)
    await expect(directory.finish({ url, fields: {}, word }, begun)).rejects.toMatchObject(notProven)
    const again = await walk(begun)
    await expect(directory.finish({ url: again, fields: {}, word }, { ...begun, verifier: 'v'.repeat(43) })).rejects.toMatchObject(
      notProven,
    )
  })

  test('a person who pressed cancel, as that', async () => {
    const begun = await open().begin(word)
    const url = `${addresses.callback}?error=access_denied&state=${word}`
    await expect(open().finish({ url, fields: {}, word }, begun)).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('a sign-out at the directory', () => {
  const tell = (token: string) => open().readLogout({ url: addresses.logout, fields: { logout_token: token } })

  test('names person and session', async () => {
    expect(await tell(await emulator.logoutToken())).toEqual({ subject: 'ada-1', session: 'sid-1', answerUrl: null })
  })

  test('counts only as the word of this directory, to us, now, about a sign-out', async () => {
    const bad = [
      await emulator.logoutToken({}, { foreignKey: true }),
      await emulator.logoutToken({ aud: 'somebody-else' }),
      await emulator.logoutToken({ iss: 'https://evil.example' }),
      await emulator.logoutToken({ iat: 1_700_000_000, exp: 1_700_000_100 }),
      await emulator.logoutToken({ nonce: 'n' }),
      await emulator.logoutToken({ events: {} }),
      await emulator.logoutToken({ sub: undefined, sid: undefined }),
      'nonsense',
    ]
    for (const token of bad) await expect(tell(token)).rejects.toMatchObject(notProven)
  })
})
