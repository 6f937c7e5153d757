import { inflateRawSync } from 'node:zlib'
import { type Profile, SamlStatusError } from '@node-saml/node-saml'
import {
  type LogoutAsked,
  type SignedOn,
  type SignOnDirectory,
  SignOnFailed,
  type SignOnMessage,
  type SignOnProvider,
} from '#app/ports/sign-on.ts'
import type { DirectoryLimits } from '../guarded-fetch.ts'
import { newRequestId, readSamlSettings, type SamlSettings, samlOf } from './saml-settings.ts'

const largestMessage = 400_000
const formats = {
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
}

/** A directory that speaks SAML 2.0: we ask by redirect, it posts the answer. What it sends unasked is refused. */
export function samlDirectory(provider: SignOnProvider, limits: Pick<DirectoryLimits, 'reachesPrivateNetworks'>): SignOnDirectory {
  const { addresses, secrets } = provider
  const read = () => readSamlSettings(provider, limits.reachesPrivateNetworks)

  return {
    check: () =>
      guarded('wrong-settings', async () => {
        const { entityId, signInUrl, signOutUrl, keys } = read()
        const now = new Date()
        const until = keys.map(({ validTo }) => new Date(validTo)).sort((a, b) => b.getTime() - a.getTime())[0]
        if (!until || until <= now) throw new SignOnFailed('wrong-settings', 'saml: the certificate is over')
        return [
          { what: 'issuer', value: entityId },
          { what: 'sign-in', value: signInUrl },
          { what: 'certificate-until', value: until.toISOString().slice(0, 10) },
          signOutUrl ? { what: 'sign-out', value: signOutUrl } : { what: 'no-sign-out', value: '' },
        ]
      }),

    begin: (word) =>
      guarded('wrong-settings', async () => {
        const requestId = newRequestId()
        const url = await samlOf(provider, read(), requestId).getAuthorizeUrlAsync(word, undefined, {})
        return { url, requestId, nonce: null, verifier: null }
      }),

    finish: ({ fields }, { requestId }) =>
      guarded('not-proven', async () => {
        const settings = read()
        const message = fields.SAMLResponse ?? ''
        refuseOdd(Buffer.from(message, 'base64').toString('utf8'))
        const { profile } = await samlOf(provider, settings, requestId).validatePostResponseAsync({ SAMLResponse: message })
        if (!profile) throw notProven('nothing is said of a person')
        checkMeantForUs(profile, { requestId, acs: addresses.acs, entityId: settings.entityId })
        return personOf(profile, settings)
      }),

    leave: ({ subject, session, logoutHint }, word) =>
      guarded('wrong-settings', async () => {
        const settings = read()
        if (!settings.signOutUrl) return null
        const named = logoutHint ? (JSON.parse(logoutHint) as Partial<Profile>) : {}
        const profile = { nameID: subject, ...named, ...(session ? { sessionIndex: session } : {}) } as Profile
        return samlOf(provider, settings, null).getLogoutUrlAsync(profile, word, {})
      }),

    readLogout: (message) => guarded('not-proven', () => logoutOf(provider, read(), message)),

    describeUs: () => {
      const { privateKey, certificate } = secrets
      if (!privateKey || !certificate) throw new SignOnFailed('wrong-settings', 'saml: we have no key')
      return samlOf(provider, read(), null).generateServiceProviderMetadata(null, certificate)
    },
  }
}

/** The library believes an assertion that names no question or no addressee; it must name ours. */
function checkMeantForUs(profile: Profile, expected: { requestId: string | null; acs: string; entityId: string }): void {
  const { Assertion: assertion } = (profile.getAssertion?.() ?? {}) as { Assertion?: SignedAssertion }
  if (profile.issuer !== expected.entityId) throw notProven('another directory speaks')
  const confirmed = assertion?.Subject?.[0]?.SubjectConfirmation ?? []
  const isOurs = confirmed.some(({ $, SubjectConfirmationData: [data] = [] }) => {
    const { InResponseTo, Recipient, NotOnOrAfter } = data?.$ ?? {}
    const isBearer = $?.Method === 'urn:oasis:names:tc:SAML:2.0:cm:bearer'
    return isBearer && InResponseTo === expected.requestId && Recipient === expected.acs && NotOnOrAfter !== undefined
  })
  if (!isOurs) throw notProven('the assertion is not the answer to our question')
}

type Attributes = { readonly $?: Readonly<Record<string, string>> }
type SignedAssertion = {
  readonly Subject?: readonly {
    readonly SubjectConfirmation?: readonly (Attributes & { readonly SubjectConfirmationData?: readonly Attributes[] })[]
  }[]
}

const usualNames = {
  email: [
    'email',
    'mail',
    'emailAddress',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'urn:oid:0.9.2342.19200300.100.1.3',
  ],
  name: [
    'displayName',
    'name',
    'fullName',
    'http://schemas.microsoft.com/identity/claims/displayname',
    'urn:oid:2.16.840.1.113730.3.1.241',
    'cn',
  ],
  groups: [
    'groups',
    'Role',
    'memberOf',
    'http://schemas.microsoft.com/ws/2008/06/identity/claims/groups',
    'urn:oid:1.3.6.1.4.1.5923.1.5.1.1',
  ],
}

function personOf(profile: Profile, settings: SamlSettings): SignedOn {
  const attributes = (profile.attributes ?? {}) as Record<string, unknown>
  const first = (chosen: string | undefined, usual: readonly string[]) =>
    (chosen ? [chosen] : usual).map((one) => textsOf(attributes[one])).find((texts) => texts.length > 0) ?? []
  const { subjectAttribute } = settings
  const subject = subjectAttribute ? first(subjectAttribute, [])[0] : profile.nameID
  if (!subject) throw notProven('the person has no name at the directory')
  // A passing name is another one at each sign-in: nobody would be found again.
  if (!subjectAttribute && profile.nameIDFormat === formats.transient)
    throw new SignOnFailed('wrong-settings', 'saml: the name of the person is a passing one')
  const isAddress = profile.nameIDFormat === formats.email
  const { nameID, nameIDFormat, nameQualifier, spNameQualifier } = profile
  return {
    subject,
    email: first(settings.emailAttribute, usualNames.email)[0] ?? (isAddress ? nameID : null),
    isEmailVerified: null,
    name: first(settings.nameAttribute, usualNames.name)[0] ?? null,
    groups: first(settings.groupsAttribute, usualNames.groups).slice(0, 1000),
    session: profile.sessionIndex ?? null,
    logoutHint: JSON.stringify({ nameID, nameIDFormat, nameQualifier, spNameQualifier }),
  }
}

function textsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((one): one is string => typeof one === 'string' && one.trim() !== '').map((one) => one.trim())
}

async function logoutOf(provider: SignOnProvider, settings: SamlSettings, { url, fields }: SignOnMessage): Promise<LogoutAsked> {
  const saml = samlOf(provider, settings, null)
  const query = new URL(url).search.slice(1)
  const params = new URLSearchParams(query)
  const isPosted = fields.SAMLRequest !== undefined
  if (isPosted) refuseOdd(Buffer.from(fields.SAMLRequest ?? '', 'base64').toString('utf8'))
  else checkQuery(query, params)
  const { profile } = isPosted
    ? await saml.validatePostRequestAsync({ SAMLRequest: fields.SAMLRequest ?? '' })
    : await saml.validateRedirectAsync(Object.fromEntries(params), query)
  if (!profile?.ID) throw notProven('the message is no request to sign out')
  const relayState = (isPosted ? fields.RelayState : params.get('RelayState')) ?? ''
  const answerUrl = settings.signOutUrl ? await saml.getLogoutResponseUrlAsync(profile, relayState, {}, true) : null
  return { subject: settings.subjectAttribute ? null : profile.nameID, session: profile.sessionIndex ?? null, answerUrl }
}

/** The library takes a request without a signature as it is, and looks for names anywhere in the address: each must stand there once, as it is read. */
function checkQuery(query: string, params: URLSearchParams): void {
  const parts = query.split('&')
  for (const one of ['SAMLRequest', 'SigAlg', 'Signature']) {
    const isOnce = params.getAll(one).length === 1 && parts.filter((text) => text.includes(one)).length === 1
    if (!isOnce || !parts.some((text) => text.startsWith(`${one}=`))) throw notProven('a request to sign out without one signature')
  }
  const packed = Buffer.from(params.get('SAMLRequest') ?? '', 'base64')
  refuseOdd(inflateRawSync(packed, { maxOutputLength: largestMessage }).toString('utf8'))
}

/** A message of a directory is short and has no declarations of its own. */
function refuseOdd(xml: string): void {
  if (xml.length > largestMessage || /<!(DOCTYPE|ENTITY)/i.test(xml)) throw notProven('the message is none of a directory')
}

function notProven(message: string): SignOnFailed {
  return new SignOnFailed('not-proven', `saml: ${message}`)
}

/** Runs `work`; what the library throws is told as ours. */
async function guarded<T>(otherwise: 'wrong-settings' | 'not-proven', work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof SignOnFailed) throw failure
    const code = failure instanceof SamlStatusError ? 'refused' : otherwise
    throw new SignOnFailed(code, `saml: ${failure instanceof Error ? failure.message : 'no answer'}`, { cause: failure })
  }
}
