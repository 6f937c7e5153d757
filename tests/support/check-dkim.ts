import { createHash, createPublicKey, verify } from 'node:crypto'

/**
 * Checks the DKIM signature of a message as a receiver does (RFC 6376, relaxed/relaxed, rsa-sha256), without the product's library. Returns
 * the domain that signed and the headers that count. @throws when there is no signature or it does not hold.
 */
export function checkDkim(
  message: Buffer,
  publicKey: string,
): { readonly domain: string; readonly selector: string; readonly headers: string[] } {
  const text = message.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  const headers = text.slice(0, end).split(/\r\n(?![ \t])/)
  const signature = headers.find((header) => /^dkim-signature:/i.test(header))
  if (!signature) throw new Error('the mail is not signed')
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s+/g, '')]),
  )
  if (tags.a !== 'rsa-sha256' || tags.c !== 'relaxed/relaxed') throw new Error(`signed by ${tags.a}, ${tags.c}`)
  const body = relaxedBody(text.slice(end + 4))
  if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.bh) throw new Error('the body was changed')

  const names = (tags.h ?? '').split(':')
  const signed = names.map((name) => headers.findLast((header) => header.toLowerCase().startsWith(`${name.toLowerCase()}:`)))
  const bare = signature.replace(/([;\s]b=)[^;]*$/, '$1')
  const data = [
    ...signed.filter((header) => header !== undefined).map((header) => `${relaxedHeader(header)}\r\n`),
    relaxedHeader(bare),
  ].join('')
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  if (!verify('sha256', Buffer.from(data, 'latin1'), key, Buffer.from(tags.b ?? '', 'base64')))
    throw new Error('the signature does not hold')
  return { domain: tags.d ?? '', selector: tags.s ?? '', headers: names.map((name) => name.toLowerCase()) }
}

function relaxedHeader(header: string): string {
  const colon = header.indexOf(':')
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim()
  return `${header.slice(0, colon).trim().toLowerCase()}:${value}`
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.length > 0 && lines.at(-1) === '') lines.pop()
  return lines.length > 0 ? `${lines.join('\r\n')}\r\n` : ''
}
