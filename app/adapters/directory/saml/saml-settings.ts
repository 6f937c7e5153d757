import { randomBytes, X509Certificate } from 'node:crypto'
import { SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import { z } from 'zod'
import { SignOnFailed, type SignOnProvider } from '#app/ports/sign-on.ts'

const Settings = z.object({
  entityId: z.string().min(1).max(1000),
  signInUrl: z.url({ protocol: /^https?$/ }),
  signOutUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** PEM, one after the other: a directory that changes its key has two for a while. */
  certificates: z.string().max(20_000),
  subjectAttribute: z.string().max(400).optional(),
  emailAttribute: z.string().max(400).optional(),
  nameAttribute: z.string().max(400).optional(),
  groupsAttribute: z.string().max(400).optional(),
})
export type SamlSettings = z.infer<typeof Settings> & { readonly keys: readonly X509Certificate[] }

/** How far the clocks of both sides may be apart. */
const toleranceMs = 60_000

/** What was entered of a directory. @throws SignOnFailed for what cannot be read, and for plain http where that is refused. */
export function readSamlSettings({ settings }: SignOnProvider, reachesPlainHttp: boolean): SamlSettings {
  const parsed = Settings.safeParse(settings)
  if (!parsed.success) throw wrong('the settings cannot be read')
  const { signInUrl, signOutUrl, certificates } = parsed.data
  if (!reachesPlainHttp && [signInUrl, signOutUrl ?? signInUrl].some((url) => !url.startsWith('https:')))
    throw new SignOnFailed('refused-address', 'saml: an address without https')
  const blocks = certificates.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [certificates]
  try {
    return { ...parsed.data, keys: blocks.slice(0, 5).map((block) => new X509Certificate(asPem(block))) }
  } catch (cause) {
    throw new SignOnFailed('wrong-settings', 'saml: a certificate cannot be read', { cause })
  }
}

/** Directories show their certificate as one line as well. */
function asPem(block: string): string {
  if (block.includes('-----BEGIN')) return block
  return `-----BEGIN CERTIFICATE-----\n${block.replaceAll(/\s/g, '')}\n-----END CERTIFICATE-----`
}

/** The library, set to what we insist on: signed assertions, for us, now, in answer to the one question that waits. */
export function samlOf({ addresses, secrets }: SignOnProvider, settings: SamlSettings, requestId: string | null): SAML {
  return new SAML({
    issuer: addresses.metadata,
    callbackUrl: addresses.acs,
    audience: addresses.metadata,
    logoutCallbackUrl: addresses.logout,
    entryPoint: settings.signInUrl,
    logoutUrl: settings.signOutUrl ?? settings.signInUrl,
    idpCert: settings.keys.map((key) => key.toString()),
    idpIssuer: settings.entityId,
    ...(secrets.privateKey ? { privateKey: secrets.privateKey } : {}),
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: toleranceMs,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: onlyOne(requestId),
    generateUniqueId: () => requestId ?? newRequestId(),
  })
}

export function newRequestId(): string {
  return `_${randomBytes(20).toString('hex')}`
}

/** The library remembers questions itself; ours stand in the database, and one answer is read at a time. */
function onlyOne(requestId: string | null) {
  const none = () => Promise.resolve(null)
  const now = new Date().toISOString()
  return { saveAsync: none, removeAsync: none, getAsync: (id: string) => Promise.resolve(id === requestId ? now : null) }
}

export function wrong(message: string): SignOnFailed {
  return new SignOnFailed('wrong-settings', `saml: ${message}`)
}
