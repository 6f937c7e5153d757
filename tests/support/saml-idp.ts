import { createSign, createVerify, randomBytes, X509Certificate } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { SignedXml } from 'xml-crypto'
import { makeOwnCertificate } from '#app/adapters/directory/saml/own-certificate.ts'

const spaces = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
export const entityId = 'https://idp.example/metadata'
export const signInUrl = 'https://idp.example/sso'
export const signOutUrl = 'https://idp.example/slo'

export type Said = {
  readonly nameId?: string
  readonly format?: string
  readonly attributes?: Readonly<Record<string, readonly string[]>>
  readonly audience?: string
  readonly recipient?: string
  readonly inResponseTo?: string | null
  readonly issuer?: string
  /** Minutes from now. */
  readonly until?: number
  readonly from?: number
}

/** A SAML directory, made from the texts of the standard: it writes assertions by hand and signs them with `xml-crypto`. */
export async function samlIdp() {
  const { privateKey, certificate } = await makeOwnCertificate(new Date())
  const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString()

  /** An assertion about a person, in answer to the request at `url`. */
  const assertion = (url: string, said: Said = {}): string => {
    const asked = requestIn(url)
    const inResponseTo = said.inResponseTo === undefined ? asked.id : said.inResponseTo
    const answering = inResponseTo === null ? '' : ` InResponseTo="${inResponseTo}"`
    const attributes = Object.entries(said.attributes ?? {}).map(
      ([name, values]) =>
        `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    return (
      `<saml:Assertion ${spaces} ID="_${randomBytes(8).toString('hex')}" Version="2.0" IssueInstant="${minutes(0)}">` +
      `<saml:Issuer>${said.issuer ?? entityId}</saml:Issuer>` +
      `<saml:Subject><saml:NameID Format="${said.format ?? persistent}">${said.nameId ?? 'ada-1'}</saml:NameID>` +
      `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData` +
      `${answering} Recipient="${said.recipient ?? asked.acs}" NotOnOrAfter="${minutes(said.until ?? 5)}"/></saml:SubjectConfirmation></saml:Subject>` +
      `<saml:Conditions NotBefore="${minutes(said.from ?? -1)}" NotOnOrAfter="${minutes(said.until ?? 5)}">` +
      `<saml:AudienceRestriction><saml:Audience>${said.audience ?? asked.issuer}</saml:Audience></saml:AudienceRestriction></saml:Conditions>` +
      `<saml:AuthnStatement AuthnInstant="${minutes(0)}" SessionIndex="session-1"><saml:AuthnContext><saml:AuthnContextClassRef>` +
      `urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>` +
      `${attributes.length > 0 ? `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>` : ''}</saml:Assertion>`
    )
  }

  const sign = (xml: string, element: 'Assertion' | 'LogoutRequest', key = privateKey): string => {
    const xpath = `//*[local-name(.)='${element}']`
    const signed = new SignedXml({
      privateKey: key,
      signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    })
    const transforms = ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#']
    signed.addReference({ xpath, transforms, digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256' })
    signed.computeSignature(xml, { location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' } })
    return signed.getSignedXml()
  }

  const respond = (url: string, inner: string, inResponseTo = requestIn(url).id): string =>
    `<samlp:Response ${spaces} ID="_${randomBytes(8).toString('hex')}" Version="2.0" IssueInstant="${minutes(0)}" InResponseTo="${inResponseTo}">` +
    `<saml:Issuer>${entityId}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>` +
    `${inner}</samlp:Response>`

  const logoutRequest = (nameId: string, { issuer = entityId, until = 5 } = {}) =>
    `<samlp:LogoutRequest ${spaces} ID="_${randomBytes(8).toString('hex')}" Version="2.0" IssueInstant="${minutes(0)}" NotOnOrAfter="${minutes(until)}">` +
    `<saml:Issuer>${issuer}</saml:Issuer><saml:NameID Format="${persistent}">${nameId}</saml:NameID>` +
    `<samlp:SessionIndex>session-1</samlp:SessionIndex></samlp:LogoutRequest>`

  return {
    certificate,
    assertion,
    sign,
    respond,
    logoutRequest,
    /** What the browser posts after a sign-in there. */
    answer: (url: string, said: Said = {}) => posted(respond(url, sign(assertion(url, said), 'Assertion'))),
    /** The address that the browser is led to when somebody signs out there. */
    logoutUrl: (to: string, xml: string, key = privateKey) => {
      const alg = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
      const query = `SAMLRequest=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}&SigAlg=${encodeURIComponent(alg)}`
      const signature = createSign('RSA-SHA256').update(query).sign(key, 'base64')
      return `${to}?${query}&Signature=${encodeURIComponent(signature)}`
    },
  }
}

export function posted(xml: string): { SAMLResponse: string } {
  return { SAMLResponse: Buffer.from(xml).toString('base64') }
}

/** What stands in a request by redirect. */
export function requestIn(url: string) {
  const xml = messageIn(url)
  return { id: of(xml, / ID="([^"]+)"/), acs: of(xml, /AssertionConsumerServiceURL="([^"]+)"/), issuer: of(xml, /Issuer[^>]*>([^<]+)</) }
}

/** The message of an address, and whether who has the certificate has signed it. */
export function messageIn(url: string): string {
  const { searchParams } = new URL(url)
  const packed = searchParams.get('SAMLRequest') ?? searchParams.get('SAMLResponse') ?? ''
  return inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8')
}

export function isSignedBy(url: string, certificate: string): boolean {
  const query = new URL(url).search.slice(1)
  const [said = '', rest = ''] = query.split('&Signature=')
  const signature = decodeURIComponent(rest)
  return createVerify('RSA-SHA256').update(said).verify(new X509Certificate(certificate).publicKey, signature, 'base64')
}

function of(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? ''
}
