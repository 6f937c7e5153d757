import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ApiAccount } from './world.ts'

/** One parameter as it came over the wire, decoded. */
export type Parameter = readonly [name: string, value: string]

const maxAheadMs = 15 * 60_000

/** The parameters of a query or form text, in the order sent. */
export function parseForm(text: string): Parameter[] {
  if (text === '') return []
  return text.split('&').map((pair) => {
    const middle = pair.indexOf('=')
    const name = middle < 0 ? pair : pair.slice(0, middle)
    return [decode(name), middle < 0 ? '' : decode(pair.slice(middle + 1))]
  })
}

/** The first value of a parameter, whatever the case of its name. */
export function parameterOf(parameters: readonly Parameter[], wanted: string): string | undefined {
  return parameters.find(([name]) => name.toLowerCase() === wanted)?.[1]
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

/**
 * The account whose key signed the request; undefined when the key is unknown, the signature wrong, version 3 missing, or the
 * request expired or valid for too long. The cloud answers the same 401 to all of them.
 */
export function verifiedAccount(parameters: readonly Parameter[], accounts: readonly ApiAccount[], now: number): ApiAccount | undefined {
  const value = (wanted: string) => parameterOf(parameters, wanted)
  const account = accounts.find(({ apiKey }) => apiKey === value('apikey'))
  const given = value('signature')
  if (!account || given === undefined || value('signatureversion') !== '3') return undefined
  const expires = Date.parse((value('expires') ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  if (!(expires > now && expires <= now + maxAheadMs)) return undefined

  const expected = createHmac('sha1', account.secretKey).update(signedText(parameters), 'utf8').digest()
  const presented = Buffer.from(given, 'base64')
  return presented.length === expected.length && timingSafeEqual(presented, expected) ? account : undefined
}

function signedText(parameters: readonly Parameter[]): string {
  return parameters
    .filter(([name]) => name.toLowerCase() !== 'signature')
    .slice()
    .sort(([left], [right]) => (left < right ? -1 : Number(left > right)))
    .map(([name, value]) => `${name}=${javaEncode(value)}`)
    .join('&')
    .toLowerCase()
}

/** java.net.URLEncoder over the UTF-8 bytes, a space as %20. */
function javaEncode(text: string): string {
  let encoded = ''
  for (const byte of Buffer.from(text, 'utf8')) {
    const char = String.fromCharCode(byte)
    encoded += /[A-Za-z0-9.*_-]/.test(char) ? char : `%${byte.toString(16).padStart(2, '0')}`
  }
  return encoded
}
