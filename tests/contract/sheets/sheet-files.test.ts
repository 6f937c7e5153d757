import { describe, expect, test } from 'vitest'
import { readSheet, type SheetFormat, writeSheet } from '#app/adapters/sheets/sheet-files.ts'

const rows = [
  ['product', 'fee', 'sellPrice'],
  ['web-1', 'recurring', '22.90'],
  ['=HYPERLINK("http://x")', '@sum', '0.000000000001'],
  ['Größe, "XL"', '', '12345678901234.5'],
]

describe.each<SheetFormat>(['csv', 'xlsx'])('a table as %s', (format) => {
  test('comes back as it left, to the last digit', async () => {
    expect(await readSheet(await writeSheet(rows, format))).toEqual({ ok: true, value: rows })
  })

  test('carries no formula', async () => {
    const text = Buffer.from(await writeSheet(rows, format)).toString('utf8')
    expect(/(^|,)"?=HYPERLINK/m.test(text) || text.includes('<f>')).toBe(false)
  })
})

test('a table with semicolons is read, and a broken file is refused', async () => {
  expect(await readSheet(Buffer.from('product;fee\r\nweb-1;setup\r\n'))).toEqual({
    ok: true,
    value: [
      ['product', 'fee'],
      ['web-1', 'setup'],
    ],
  })
  expect(await readSheet(Buffer.from('PK\u0003\u0004 not a zip'))).toEqual({ ok: false, error: 'file-unreadable' })
})

test('five thousand rows are read at once', async () => {
  const many = [rows[0] ?? [], ...Array.from({ length: 5_000 }, (_, index) => [`plan-${index}`, 'recurring', '22.90'])]
  const read = await readSheet(await writeSheet(many, 'xlsx'))
  expect(read.ok && read.value.length).toBe(5_001)
})
