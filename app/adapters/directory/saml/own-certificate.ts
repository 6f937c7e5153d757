import { createSign, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const makePair = promisify(generateKeyPair)
const validYears = 20

/** A key of ours to sign what we ask a directory, and the certificate that a directory knows it by. It vouches for nothing else. */
export async function makeOwnCertificate(now: Date): Promise<{ readonly privateKey: string; readonly certificate: string }> {
  const { publicKey, privateKey } = await makePair('rsa', { modulusLength: 2048 })
  const der = certificateOf({ publicKey, privateKey, now })
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}

type Made = { readonly publicKey: KeyObject; readonly privateKey: KeyObject; readonly now: Date }

// X.509 in DER: a sequence of what is said, how it is signed, and the signature. Node reads certificates and makes none.
function certificateOf({ publicKey, privateKey, now }: Made): Buffer {
  const until = new Date(now)
  until.setUTCFullYear(now.getUTCFullYear() + validYears)
  const serial = randomBytes(16)
  // The first bits: positive, and not shortened.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  const said = sequence(
    part(0xa0, part(0x02, Buffer.from([2]))),
    part(0x02, serial),
    sha256WithRsa,
    name,
    sequence(time(now), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = createSign('sha256').update(said).sign(privateKey)
  return sequence(said, sha256WithRsa, part(0x03, Buffer.concat([Buffer.from([0]), signature])))
}

function part(tag: number, content: Buffer): Buffer {
  const length = content.length
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content])
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return part(0x30, Buffer.concat(parts))
}

function time(instant: Date): Buffer {
  const text = `${instant
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:T]/g, '')}`
  return part(0x18, Buffer.from(text, 'ascii'))
}

const objectId = (hex: string) => part(0x06, Buffer.from(hex, 'hex'))
const sha256WithRsa = sequence(objectId('2a864886f70d01010b'), part(0x05, Buffer.alloc(0)))
const name = sequence(part(0x31, sequence(objectId('550403'), part(0x0c, Buffer.from('sign-on')))))
