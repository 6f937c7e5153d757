import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { closeAdapters } from '#app/wiring.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { brokenRules } from '#tests/support/check-en16931.ts'
import { billed, sellerWithUsage } from '#tests/support/seller-with-usage.ts'
import { wearShippedBrand } from '#tests/support/shipped-brand.ts'

let folder: string
let tenantId: string
let invoiceId: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'livery-export-'))
  tenantId = await sellerWithUsage()
  await wearShippedBrand(tenantId, 'ahorn')
  invoiceId = await billed(tenantId)
})
afterAll(async () => {
  setClock()
  await closeAdapters()
  await rm(folder, { recursive: true, force: true })
})

describe('livery invoice export', () => {
  async function livery(...words: string[]) {
    const told: string[] = []
    const code = await runLivery(words, { out: (text) => void told.push(text), problem: (text) => void told.push(text) })
    return { code, out: told.join('') }
  }

  test('names what a format cannot give, and ends with row errors', async () => {
    const out = join(folder, 'none')
    expect(await livery('invoice', 'export', '--tenant', 'ahorn', '--period', '2026-06', '--out', out)).toEqual({
      code: 3,
      out: '0 files written\n  AH-2026-00001: pdf-not-made\n',
    })
    expect(await readdir(out)).toEqual([])
  })

  test.each([
    ['pdf', '.pdf', '%PDF-'],
    ['ubl', '-ubl.xml', '<?xml'],
    ['cii', '-cii.xml', '<?xml'],
    ['xrechnung', '-xrechnung.xml', '<?xml'],
    ['csv', '-usage.csv', '\ufeffaccount,'],
  ])('writes the documents of a month as %s', async (format, ending, start) => {
    await storeInvoicePdf(processOf(tenantId, deliveryPorts(tenantId)), { invoiceId })
    const out = join(folder, format)
    const { code, out: told } = await livery(
      'invoice',
      'export',
      '--tenant',
      'ahorn',
      '--period',
      '2026-06',
      '--format',
      format,
      '--out',
      out,
      '--json',
    )
    const file = join(out, `AH-2026-00001${ending}`)
    expect([code, JSON.parse(told)]).toEqual([0, { ok: true, files: [{ number: 'AH-2026-00001', file }], refused: [] }])
    const content = await readFile(file, 'utf8')
    expect(content.startsWith(start)).toBe(true)
    if (format === 'cii') expect(brokenRules(content)).toEqual([])
    if (format === 'csv') expect(content).toContain("'=Linde,'+linde-01,usage,traffic.sent")
  })

  test.each([
    ['--period', '2026-13'],
    ['--format', 'docx'],
    ['--tenant', 'nobody'],
    ['--number', 'AH-2026-99999'],
  ])('%s %s is wrong use', async (option, value) => {
    const given = { '--tenant': 'ahorn', '--period': '2026-06', '--out': join(folder, 'wrong'), [option]: value }
    expect((await livery('invoice', 'export', ...Object.entries(given).flat())).code).toBe(2)
  })
})
