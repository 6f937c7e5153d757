import { generateKeyPairSync, sign } from 'node:crypto'
import { BerWriter } from 'ldapts'

const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const set = 0x31

/** A key and a certificate that signed itself, for `name` and for 127.0.0.1, good for a day around now. */
export function selfSigned(name: string): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const body = bodyOf(name, publicKey.export({ type: 'spki', format: 'der' }))
  const whole = new BerWriter()
  whole.startSequence()
  raw(whole, body)
  algorithm(whole)
  bits(whole, sign('sha256', body, privateKey))
  whole.endSequence()
  const base64 = whole.buffer.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`,
  }
}

function bodyOf(name: string, publicKey: Buffer): Buffer {
  const writer = new BerWriter()
  writer.startSequence()
  writer.startSequence(0xa0)
  writer.writeInt(2)
  writer.endSequence()
  writer.writeInt(1 + Math.floor(Math.random() * 1_000_000))
  algorithm(writer)
  commonName(writer, name)
  writer.startSequence()
  for (const hours of [-12, 12]) writer.writeString(utcTime(new Date(Date.now() + hours * 3_600_000)), 0x17)
  writer.endSequence()
  commonName(writer, name)
  raw(writer, publicKey)
  writer.startSequence(0xa3)
  writer.startSequence()
  extension(writer, '2.5.29.19', (inner) => inner.writeBoolean(true))
  extension(writer, '2.5.29.17', (inner) => {
    inner.writeString(name, 0x82)
    inner.writeBuffer(Buffer.from([127, 0, 0, 1]), 0x87)
  })
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
  return writer.buffer
}

function extension(writer: BerWriter, oid: string, write: (inner: BerWriter) => void): void {
  const inner = new BerWriter()
  inner.startSequence()
  write(inner)
  inner.endSequence()
  writer.startSequence()
  writer.writeOID(oid)
  writer.writeBuffer(inner.buffer, 0x04)
  writer.endSequence()
}

function algorithm(writer: BerWriter): void {
  writer.startSequence()
  writer.writeOID(ecdsaWithSha256)
  writer.endSequence()
}

function commonName(writer: BerWriter, name: string): void {
  writer.startSequence()
  writer.startSequence(set)
  writer.startSequence()
  writer.writeOID('2.5.4.3')
  writer.writeString(name, 0x0c)
  writer.endSequence()
  writer.endSequence()
  writer.endSequence()
}

function bits(writer: BerWriter, value: Buffer): void {
  writer.writeBuffer(Buffer.concat([Buffer.from([0]), value]), 0x03)
}

/** Bytes that are encoded already. */
function raw(writer: BerWriter, value: Buffer): void {
  for (const byte of value) writer.writeByte(byte)
}

function utcTime(instant: Date): string {
  return `${instant.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`
}
