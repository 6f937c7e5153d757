import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { signOnDirectories } from '#app/adapters/directory/directories.ts'
import { makeOwnCertificate } from '#app/adapters/directory/saml/own-certificate.ts'
import type { SignOnBegun } from '#app/ports/sign-on.ts'
import { entityId, isSignedBy, messageIn, posted, type Said, samlIdp, signInUrl, signOutUrl } from '#tests/support/saml-idp.ts'

const word = 'w'.repeat(43)
const at = (path: string) => `https://ahorn.example/sign-on/1/${path}`
const addresses = {
  callback: at('return'),
  acs: at('acs'),
  metadata: at('metadata'),
  logout: at('logout'),
  afterLogout: 'https://ahorn.example/signed-out',
}
const notProven = { code: 'not-proven' }
const ada: Said = {
  attributes: { mail: ['ada@ahorn.example'], displayName: ['Ada Ahorn'], groups: ['Finance', 'Support'] },
}

let idp: Awaited<ReturnType<typeof samlIdp>>
let stranger: Awaited<ReturnType<typeof samlIdp>>
let ours: Awaited<ReturnType<typeof makeOwnCertificate>>
beforeAll(async () => {
  idp = await samlIdp()
  stranger = await samlIdp()
  ours = await makeOwnCertificate(new Date())
})

const open = (settings: object = {}) =>
  signOnDirectories(false).open({
    kind: 'saml',
    settings: { entityId, signInUrl, signOutUrl, certificates: idp.certificate, ...settings },
    secrets: ours,
    addresses,
  })
const finish = (begun: SignOnBegun, fields: Record<string, string>, settings: object = {}) =>
  open(settings).finish({ url: addresses.acs, fields, word }, begun)
async function refused(fieldsOf: (url: string) => Record<string, string>) {
  const begun = await open().begin(word)
  await expect(finish(begun, fieldsOf(begun.url))).rejects.toMatchObject(notProven)
}

test('a person comes with lasting name, address and groups, asked for by a request that we signed', async () => {
  const begun = await open().begin(word)
  expect(isSignedBy(begun.url, ours.certificate)).toBe(true)
  expect(new URL(begun.url).searchParams.get('RelayState')).toBe(word)
  expect(await finish(begun, idp.answer(begun.url, ada))).toMatchObject({
    subject: 'ada-1',
    email: 'ada@ahorn.example',
    isEmailVerified: null,
    name: 'Ada Ahorn',
    groups: ['Finance', 'Support'],
    session: 'session-1',
  })
})

test('the lasting name can be an attribute; a passing name of the standard is none', async () => {
  const begun = await open().begin(word)
  const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
  const answer = idp.answer(begun.url, { ...ada, format, attributes: { ...ada.attributes, uid: ['u-77'] } })
  await expect(finish(begun, answer)).rejects.toMatchObject({ code: 'wrong-settings' })
  expect((await finish(begun, answer, { subjectAttribute: 'uid' })).subject).toBe('u-77')
})

test('our own certificate is one, and stands in what we tell of ourselves', () => {
  const certificate = new X509Certificate(ours.certificate)
  expect(certificate.verify(certificate.publicKey)).toBe(true)
  const told = open().describeUs() ?? ''
  expect(told).toContain(addresses.acs)
  expect(told).toContain(`entityID="${addresses.metadata}"`)
  expect(told.replaceAll(/\s/g, '')).toContain(certificate.raw.toString('base64').slice(0, 200))
})

test('a trial reads the certificate; plain http and what is none are refused', async () => {
  expect(await open().check()).toContainEqual({ what: 'sign-in', value: signInUrl })
  await expect(open({ certificates: 'nonsense' }).check()).rejects.toMatchObject({ code: 'wrong-settings' })
  await expect(open({ signInUrl: 'http://idp.example/sso' }).check()).rejects.toMatchObject({ code: 'refused-address' })
})

describe('refused is an assertion', () => {
  test('without a signature, and one that a stranger signed', async () => {
    await refused((url) => posted(idp.respond(url, idp.assertion(url, ada))))
    await refused((url) => stranger.answer(url, ada))
  })

  test.each<[string, Said]>([
    ['for somebody else', { audience: 'https://other.example' }],
    ['that was to go elsewhere', { recipient: 'https://other.example/acs' }],
    ['that is over', { until: -5 }],
    ['that is to hold later', { from: 10 }],
    ['of another directory', { issuer: 'https://other.example' }],
    ['that answers another question', { inResponseTo: '_another' }],
    ['that answers none', { inResponseTo: null }],
  ])('%s', async (_name, said) => {
    await refused((url) => idp.answer(url, { ...ada, ...said }))
  })

  test('changed after it was signed', async () => {
    await refused((url) => posted(idp.respond(url, idp.sign(idp.assertion(url, ada), 'Assertion').replace('Support', 'Owners'))))
  })

  test('wrapped around one that was signed, before it, after it and inside', async () => {
    const forged = (url: string) => idp.assertion(url, { ...ada, nameId: 'boss' })
    const signed = (url: string) => idp.sign(idp.assertion(url, ada), 'Assertion')
    await refused((url) => posted(idp.respond(url, forged(url) + signed(url))))
    await refused((url) => posted(idp.respond(url, signed(url) + forged(url))))
    await refused((url) => posted(idp.respond(url, forged(url).replace('</saml:Assertion>', `${signed(url)}</saml:Assertion>`))))
    await refused((url) => {
      const inside = signed(url)
      const signature = /<Signature[\s\S]+<\/Signature>/.exec(inside)?.[0] ?? ''
      const kept = inside.replace(signature, '')
      const around = forged(url).replace(
        '</saml:Issuer>',
        `</saml:Issuer>${signature.replace('</Signature>', `<Object>${kept}</Object></Signature>`)}`,
      )
      return posted(idp.respond(url, around))
    })
  })

  test('with declarations of its own, a name cut by a comment, and no answer at all', async () => {
    await refused((url) => posted(`<!DOCTYPE x [<!ENTITY e "e">]>${idp.respond(url, idp.sign(idp.assertion(url, ada), 'Assertion'))}`))
    await refused(() => ({ SAMLResponse: 'bm9uc2Vuc2U=' }))
    const begun = await open().begin(word)
    const whole = await finish(begun, idp.answer(begun.url, { ...ada, nameId: 'ada<!-- x -->-1' })).catch(() => null)
    expect(whole?.subject ?? 'refused').not.toBe('ada')
  })

  test('that came for the request of another browser', async () => {
    const [one, two] = [await open().begin(word), await open().begin(word)]
    await expect(finish(two, idp.answer(one.url, ada))).rejects.toMatchObject(notProven)
    const moved = posted(idp.respond(two.url, idp.sign(idp.assertion(one.url, ada), 'Assertion')))
    await expect(finish(two, moved)).rejects.toMatchObject(notProven)
  })
})

describe('signing out', () => {
  test('here leads there, with the name and the sign-in that are meant, signed', async () => {
    const begun = await open().begin(word)
    const facts = await finish(begun, idp.answer(begun.url, ada))
    const url = (await open().leave(facts, word)) ?? ''
    expect(url.startsWith(signOutUrl)).toBe(true)
    expect(messageIn(url)).toMatch(/>ada-1<.*session-1/s)
    expect(isSignedBy(url, ours.certificate)).toBe(true)
    expect(await open({ signOutUrl: undefined }).leave(facts, word)).toBeNull()
  })

  test('there names person and session, by redirect and by post, and is answered', async () => {
    const xml = idp.logoutRequest('ada-1')
    const asked = await open().readLogout({ url: idp.logoutUrl(addresses.logout, xml), fields: {} })
    expect(asked).toMatchObject({ subject: 'ada-1', session: 'session-1' })
    expect(messageIn(asked.answerUrl ?? '')).toContain('status:Success')
    const fields = { SAMLRequest: Buffer.from(idp.sign(xml, 'LogoutRequest')).toString('base64') }
    expect(await open().readLogout({ url: addresses.logout, fields })).toMatchObject({ subject: 'ada-1' })
  })

  test('there counts only with the signature of the directory, of this directory, in time', async () => {
    const xml = idp.logoutRequest('ada-1')
    const good = idp.logoutUrl(addresses.logout, xml)
    const unsigned = good.slice(0, good.indexOf('&SigAlg'))
    const urls = [
      unsigned,
      stranger.logoutUrl(addresses.logout, xml),
      good.replace(
        '?',
        `?%53AMLRequest=${new URL(stranger.logoutUrl(addresses.logout, idp.logoutRequest('boss'))).search.slice(13, 400)}&`,
      ),
      idp.logoutUrl(addresses.logout, idp.logoutRequest('ada-1', { issuer: 'https://other.example' })),
      idp.logoutUrl(addresses.logout, idp.logoutRequest('ada-1', { until: -5 })),
    ]
    for (const url of urls) await expect(open().readLogout({ url, fields: {} })).rejects.toMatchObject(notProven)
    const fields = { SAMLRequest: Buffer.from(xml).toString('base64') }
    await expect(open().readLogout({ url: addresses.logout, fields })).rejects.toMatchObject(notProven)
  })
})
