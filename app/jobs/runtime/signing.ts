import { createHmac, timingSafeEqual } from 'node:crypto'

/** The keys between the executor and its own handler, derived from the installation's secret: nothing to configure. */
export type ExecutorKeys = { readonly signingKey: string; readonly eventKey: string }

/** The keys of the embedded executor for `secret`; the same in every process of an installation. */
export function executorKeys(secret: string): ExecutorKeys {
  const derive = (purpose: string) => createHmac('sha256', secret).update(`jobs:${purpose}`).digest('hex')
  return { signingKey: `signkey-livery-${derive('signing-key')}`, eventKey: derive('event-key') }
}

/**
 * The value of `x-inngest-signature` for a JSON `body`: HMAC-SHA256 over its canonical form and the time.
 * `at` is the real time, not the product's clock: the SDK compares it with its own.
 */
export function signatureOf(body: unknown, signingKey: string, at: Date): string {
  const seconds = Math.round(at.getTime() / 1000).toString()
  const key = signingKey.replace(/^signkey-\w+-/, '')
  return `t=${seconds}&s=${createHmac('sha256', key).update(canonicalJson(body)).update(seconds).digest('hex')}`
}

/** JSON with sorted keys and no blanks (RFC 8785), as both sides sign it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}

/** Compares two keys in constant time. */
export function isSameKey(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
