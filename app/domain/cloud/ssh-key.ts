import { err, ok, type Result } from '../shared/result.ts'

/** A public key as OpenSSH writes it in one line. */
export type SshKey = {
  /** The algorithm, as the line begins. */
  readonly kind: SshKeyKind
  readonly bits: number
  /** What its maker noted behind it; empty for nothing. */
  readonly comment: string
  /** The line with single blanks between its parts. */
  readonly text: string
  /** What a fingerprint is made of. */
  readonly blob: Uint8Array<ArrayBuffer>
}

export type SshKeyProblem = 'private-ssh-key' | 'ssh-key-kind' | 'weak-ssh-key' | 'malformed-ssh-key'

type Fields = readonly Uint8Array[]

/** The length of a key in bits, by its kind; null where the fields are not those of one. */
const shapes = {
  'ssh-ed25519': (fields: Fields) => bitsOfPoint(fields, { count: 1, at: 0, bytes: 32, bits: 256 }),
  'ssh-rsa': bitsOfRsa,
  'ecdsa-sha2-nistp256': (fields: Fields) => bitsOnCurve(fields, { curve: 'nistp256', count: 2, at: 1, bytes: 65, bits: 256 }),
  'ecdsa-sha2-nistp384': (fields: Fields) => bitsOnCurve(fields, { curve: 'nistp384', count: 2, at: 1, bytes: 97, bits: 384 }),
  'ecdsa-sha2-nistp521': (fields: Fields) => bitsOnCurve(fields, { curve: 'nistp521', count: 2, at: 1, bytes: 133, bits: 521 }),
  'sk-ssh-ed25519@openssh.com': (fields: Fields) => bitsOfPoint(fields, { count: 2, at: 0, bytes: 32, bits: 256 }),
  'sk-ecdsa-sha2-nistp256@openssh.com': (fields: Fields) =>
    bitsOnCurve(fields, { curve: 'nistp256', count: 3, at: 1, bytes: 65, bits: 256 }),
} as const

export type SshKeyKind = keyof typeof shapes

/** Shorter keys of this kind can be broken by now. */
const fewestRsaBits = 2_048
const longestKey = 8_000
const longestComment = 200
/** How the body of a private key of OpenSSH begins, where somebody pasted it without the line above. */
const privateBody = /^b3BlbnNzaC1rZXktdjEA/

/** Reads a pasted public key. What holds a private one is refused whatever else it is: it must not be kept. */
export function parseSshKey(pasted: string): Result<SshKey, SshKeyProblem> {
  const line = pasted.trim()
  if (/PRIVATE KEY|PuTTY-User-Key-File/i.test(line) || privateBody.test(line)) return err('private-ssh-key')
  const [kind = '', body = '', ...rest] = line.split(/[ \t]+/)
  const comment = rest.join(' ')
  if (line.length > longestKey || comment.length > longestComment || /\p{Cc}/u.test(line.replaceAll('\t', ' ')))
    return err('malformed-ssh-key')
  const blob = bytesOf(body)
  const [named, ...fields] = blob ? fieldsOf(blob) : []
  if (!blob || !named || wordsOf(named) !== kind) return err('malformed-ssh-key')
  if (!isKind(kind)) return err('ssh-key-kind')
  const bits = shapes[kind](fields)
  if (bits === null) return err('malformed-ssh-key')
  if (kind === 'ssh-rsa' && bits < fewestRsaBits) return err('weak-ssh-key')
  return ok({ kind, bits, comment, text: [kind, body, ...(comment ? [comment] : [])].join(' '), blob })
}

function isKind(kind: string): kind is SshKeyKind {
  return Object.hasOwn(shapes, kind)
}

/** The bytes of a base64 text, as it must be written; null for anything else. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]{20,}={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const binary = atob(text)
  return btoa(binary) === text ? Uint8Array.from(binary, (char) => char.charCodeAt(0)) : null
}

/** The parts of a key, each behind its length in four bytes; none where the lengths do not add up. */
function fieldsOf(blob: Uint8Array<ArrayBuffer>): Uint8Array[] {
  const view = new DataView(blob.buffer)
  const fields: Uint8Array[] = []
  for (let at = 0; at < blob.length; ) {
    const end = at + 4 <= blob.length ? at + 4 + view.getUint32(at) : Number.POSITIVE_INFINITY
    if (end > blob.length) return []
    fields.push(blob.subarray(at + 4, end))
    at = end
  }
  return fields
}

function wordsOf(field: Uint8Array | undefined): string {
  return String.fromCharCode(...(field ?? []))
}

type Point = { readonly count: number; readonly at: number; readonly bytes: number; readonly bits: number }

function bitsOfPoint(fields: Fields, { count, at, bytes, bits }: Point): number | null {
  return fields.length === count && fields[at]?.length === bytes ? bits : null
}

function bitsOnCurve(fields: Fields, { curve, ...point }: Point & { readonly curve: string }): number | null {
  const isUncompressed = fields[point.at]?.[0] === 4
  return wordsOf(fields[0]) === curve && isUncompressed ? bitsOfPoint(fields, point) : null
}

/** The length of the modulus, without the zero that keeps it positive. */
function bitsOfRsa([exponent, modulus = new Uint8Array(), ...more]: Fields): number | null {
  const first = modulus.findIndex((byte) => byte !== 0)
  if (!exponent?.length || more.length > 0 || first === -1 || (modulus[0] ?? 0) > 127) return null
  return (modulus.length - first) * 8 - Math.clz32((modulus[first] ?? 0) << 24)
}
