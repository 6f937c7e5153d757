import { inflateSync } from 'node:zlib'

type GlyphMap = ReadonlyMap<number, string>
type Objects = ReadonlyMap<number, string>

/**
 * The words of a PDF as the house typesets it: one line per run of text, in the order of drawing. Reads plain objects, Identity-H fonts
 * with a ToUnicode map, and TJ operators; that is what Typst writes.
 */
export function textOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const pages = [...objects.values()].filter((body) => /\/Type \/Page\b/.test(body))
  return pages.flatMap((page) => runsOf(contentOf(page, objects), fontsOf(page, objects))).join('\n')
}

/** Everything readable: the plain parts, and all streams unpacked, metadata included; but for what draws, whose words `textOfPdf` tells. */
export function partsOfPdf(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const drawn = new Set([...objects.values()].flatMap((body) => [...body.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id]) => Number(id))))
  const parts = [...objects].map(([id, body]) => (drawn.has(id) || isPicture(body) ? headOf(body) : `${headOf(body)}\n${streamOf(body)}`))
  return parts.join('\n') + pdf.subarray(-2000).toString('latin1')
}

const isPicture = (body: string) => /\/Subtype ?\/(Form|Image)\b/.test(headOf(body))
const headOf = (body: string) => body.split(/stream\r?\n/)[0] ?? ''

function objectsOf(pdf: Buffer): Objects {
  return new Map([...pdf.toString('latin1').matchAll(/^(\d+) 0 obj\s([\s\S]*?)\nendobj/gm)].map(([, id, body]) => [Number(id), body ?? '']))
}

function streamOf(body: string): string {
  const start = /stream\r?\n/.exec(body)
  if (!start) return ''
  const content = body.slice(start.index + start[0].length, body.lastIndexOf('endstream'))
  return body.slice(0, start.index).includes('/FlateDecode') ? inflateSync(Buffer.from(content, 'latin1')).toString('latin1') : content
}

function contentOf(page: string, objects: Objects): string {
  return streamOf(objects.get(Number(/\/Contents (\d+) 0 R/.exec(page)?.[1])) ?? '')
}

function fontsOf(page: string, objects: Objects): Map<string, GlyphMap> {
  const maps = new Map<string, GlyphMap>()
  for (const [, name = '', id] of page.matchAll(/\/(f\d+) (\d+) 0 R/g)) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(id)) ?? '')?.[1]
    maps.set(name, glyphMap(streamOf(objects.get(Number(unicode)) ?? '')))
  }
  return maps
}

function glyphMap(table: string): GlyphMap {
  const map = new Map<number, string>()
  for (const [, pairs = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of pairs.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi))
      map.set(Number.parseInt(code, 16), utf16(text))
  }
  return map
}

function utf16(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le')
}

function runsOf(stream: string, fonts: ReadonlyMap<string, GlyphMap>): string[] {
  return [...stream.matchAll(/\bBT\b([\s\S]*?)\bET\b/g)].map(([, run = '']) => {
    const font = fonts.get(/\/(f\d+) /.exec(run)?.[1] ?? '')
    return glyphsOf(stringsOf(run))
      .map((code) => font?.get(code) ?? '')
      .join('')
  })
}

function glyphsOf(bytes: string): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.charCodeAt(index * 2) * 256 + bytes.charCodeAt(index * 2 + 1))
}

const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** The bytes of all strings in a run. Brackets inside a string need no escape as long as they are balanced. */
function stringsOf(run: string): string {
  let bytes = ''
  let depth = 0
  for (const [token, octal, sign] of run.matchAll(/\\(?:([0-7]{1,3})|([\s\S]))|[\s\S]/g)) {
    const isInside = depth > 0
    if (token === ')') depth -= 1
    if (depth > 0 && isInside) bytes += byteOf(token, octal, sign)
    if (token === '(') depth += 1
  }
  return bytes
}

function byteOf(token: string, octal: string | undefined, sign: string | undefined): string {
  if (octal) return String.fromCharCode(Number.parseInt(octal, 8))
  return sign ? (signs[sign] ?? sign) : token
}
