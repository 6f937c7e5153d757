import { createHmac } from 'node:crypto'

/** Request parameters by name, as they will be sent. */
export type Parameters = Readonly<Record<string, string>>

/** Well inside the 15 minutes that a cloud with enforced time stamps allows. */
const validMs = 10 * 60_000

/** Encodes like Java's URLEncoder with `%20` for a space, which is how the server builds its own copy of the text. */
export function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * The text CloudStack signs: parameters sorted by name as sent (case counts), values encoded and names not, all in lower case.
 * The server sorts before it lowers the case, so the order here is the same.
 */
export function stringToSign(parameters: Parameters): string {
  return Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${encode(parameters[name] ?? '')}`)
    .join('&')
    .toLowerCase()
}

/** HMAC-SHA1 of the signed text under the secret key, in base64. */
export function signature(parameters: Parameters, secretKey: string): string {
  return createHmac('sha1', secretKey).update(stringToSign(parameters)).digest('base64')
}

/**
 * The form body of one signed call, signature version 3: it expires ten minutes after `now`, so that a copied request is soon worthless.
 */
export function signedForm(call: { parameters: Parameters; apiKey: string; secretKey: string; now: Date }): string {
  const parameters: Parameters = {
    ...call.parameters,
    apikey: call.apiKey,
    response: 'json',
    signatureversion: '3',
    expires: `${new Date(call.now.getTime() + validMs).toISOString().slice(0, 19)}+0000`,
  }
  const fields = { ...parameters, signature: signature(parameters, call.secretKey) }
  return Object.entries(fields)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&')
}
