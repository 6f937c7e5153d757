import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTypstRenderer } from '#app/adapters/documents/typst/typst-renderer.ts'
import { invoiceDocument } from '#app/i18n/invoice-document.ts'
import { arabicInvoice, lindeInvoice } from '#tests/support/sample-invoice.ts'

const renderer = createTypstRenderer()
const linde = invoiceDocument(lindeInvoice())

afterAll(() => renderer.close())

/** Everything readable in a PDF: the plain parts, and its streams unpacked. */
function readable(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf)
  const raw = bytes.toString('latin1')
  const streams = [...raw.matchAll(/stream\r?\n/g)].map((match) => {
    const start = match.index + match[0].length
    try {
      return inflateSync(bytes.subarray(start, raw.indexOf('endstream', start))).toString('latin1')
    } catch {
      return ''
    }
  })
  return [raw, ...streams].join('\n')
}

describe('an invoice as PDF', () => {
  test('is the same bytes each time it is typeset', async () => {
    const [first, second] = [await renderer.renderInvoice(linde), await renderer.renderInvoice(linde)]
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true)
  })

  test('declares PDF/A-3b and carries tags', async () => {
    const text = readable(await renderer.renderInvoice(linde))
    expect(text).toMatch(/pdfaid:part>3</)
    expect(text).toMatch(/pdfaid:conformance>B</)
    expect(text).toContain('/StructTreeRoot')
  })

  test("names the seller's brand as author and nobody else of ours", async () => {
    const text = readable(await renderer.renderInvoice(linde))
    expect(text).toContain('Ahorn Hosting')
    expect(text).not.toMatch(/livery|meridian/i)
  })

  test('bears the instant of the invoice, not of the rendering', async () => {
    expect(readable(await renderer.renderInvoice(linde))).toContain('2026-07-01T04:00:00')
  })

  test('in Arabic breaks over pages', async () => {
    const text = readable(await renderer.renderInvoice(invoiceDocument(arabicInvoice())))
    expect(text).toContain('<xmpTPg:NPages>2</xmpTPg:NPages>')
  })

  test('is made for a customer whose name no font has', async () => {
    const document = { ...linde, buyer: { lines: ['株式会社リンデ', '東京都'] } }
    expect(
      Buffer.from(await renderer.renderInvoice(document))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })
})

describe('hostile values', () => {
  const requests: string[] = []
  let server: Server
  let address: string

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '')
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => server.close())

  test.each([
    '#import "@preview/cetz:0.3.1"',
    '#read("/etc/passwd")',
    '#image("file:///etc/passwd")',
    '#{panic("x")}',
    '{{constructor}}',
    '$ 7*7 $',
    '<img src=x onerror=alert(1)>',
    '*bold* _italic_ `raw` @ref <label>',
    '\\u{41} ] ) }',
    '\u202Eevil\u202C',
  ])('%s is text wherever it stands', async (text) => {
    const line = { description: text, detail: text, quantity: text, unitPrice: text, amount: text }
    const document = {
      ...linde,
      title: text,
      notes: [text],
      brand: { ...linde.brand, name: text },
      buyer: { lines: [text] },
      sections: [{ title: text, lines: [line] }],
    }
    const pdf = readable(await renderer.renderInvoice(document))
    expect(pdf).not.toContain('root:x:0')
  })

  test.each([
    ['a host', () => `${address}/pixel.png`],
    ['a file', () => 'file:///etc/passwd'],
    ['a link-local address', () => 'http://169.254.169.254/latest/meta-data'],
    ['a path above', () => '../../../../../../../etc/passwd'],
  ])('a logo that points at %s is refused, and nothing is asked for', async (_name, href) => {
    const logoSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><image href="${href()}" width="8" height="8"/></svg>`
    await expect(renderer.renderInvoice({ ...linde, brand: { ...linde.brand, logoSvg } })).rejects.toThrow(/typesetting invoice.typ failed/)
    expect(requests).toEqual([])
  })
})

describe('hostile templates', () => {
  let directory: string | undefined

  afterEach(() => {
    if (directory) rmSync(directory, { recursive: true })
  })

  async function renderWith(template: string, timeLimitMs = 15_000) {
    directory = mkdtempSync(join(tmpdir(), 'templates-'))
    writeFileSync(join(directory, 'invoice.typ'), template)
    const hostile = createTypstRenderer({ templatesDirectory: directory, timeLimitMs })
    return hostile.renderInvoice(linde).finally(() => hostile.close())
  }

  test('a template that imports a package does not start', async () => {
    await expect(renderWith('#import "@preview/cetz:0.3.1"')).rejects.toThrow('invoice.typ imports a package')
  })

  test('a template reads nothing beyond its directory', async () => {
    await expect(renderWith('#read("/../../../../etc/passwd")')).rejects.toThrow(/access denied/)
  })

  test('a template that does not end is ended, and the next document is typeset', async () => {
    await expect(
      renderWith('#let spin(n) = range(9000000).fold(n, (a, b) => a + b)\n#for i in range(1000) { spin(i) }', 1500),
    ).rejects.toThrow(/longer than 1500 ms/)
    expect((await renderer.renderInvoice(linde)).length).toBeGreaterThan(1000)
  })
})
