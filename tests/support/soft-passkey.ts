import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

type Options = { readonly challenge: string }
type At = { readonly host: string; readonly origin: string }

/** A device with one passkey: makes it and answers questions with it, as a browser at `origin` would. */
export function softPasskey({ host, origin }: At) {
  const id = randomBytes(32)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  let uses = 0
  const clientData = (type: string, { challenge }: Options, from = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const flags = { present: 0x01, verified: 0x04, attested: 0x40 }
  const authData = (bits: number, counter: number, rest: Buffer = Buffer.alloc(0)) =>
    Buffer.concat([createHash('sha256').update(host).digest(), Buffer.from([bits]), fourBytes(counter), rest])
  const named = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key', clientExtensionResults: {} }

  return {
    /** The answer to a question for a new passkey. */
    make(options: Options): string {
      // COSE: key type 2 (EC2), algorithm -7 (ES256), curve 1, x, y.
      const key = Buffer.concat([Buffer.from('a5010203262001', 'hex'), head('21'), text32(x), head('22'), text32(y)])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = authData(flags.present | flags.verified | flags.attested, 0, attested)
      // CBOR: { fmt: "none", attStmt: {}, authData }.
      const object = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'),
        twoBytes(data.length),
        data,
      ])
      const response = { clientDataJSON: clientData('webauthn.create', options).toString('base64url'), transports: ['internal'] }
      return JSON.stringify({ ...named, response: { ...response, attestationObject: object.toString('base64url') } })
    },
    /** The answer to a question at sign-in. `counter` is the device's next unless given; `from` another page than the store's. */
    answer(
      options: Options,
      { counter = ++uses, from, isVerified = true }: { counter?: number; from?: string; isVerified?: boolean } = {},
    ): string {
      const data = authData(flags.present | (isVerified ? flags.verified : 0), counter)
      const client = clientData('webauthn.get', options, from)
      const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(client).digest()]), privateKey)
      const response = { clientDataJSON: client.toString('base64url'), authenticatorData: data.toString('base64url') }
      return JSON.stringify({ ...named, response: { ...response, signature: signature.toString('base64url') } })
    },
  }
}

function head(label: string): Buffer {
  return Buffer.from(`${label}5820`, 'hex')
}

function text32(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url')
}

function twoBytes(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
