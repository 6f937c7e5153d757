import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { type DemoMonth, monthBefore, runMainJob } from '#scripts/demo/main-job.ts'
import { type DemoSummary, type InvoiceSummary, summarise } from '#scripts/demo/summary.ts'
import { partsOfPdf, textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { brokenRules, figuresOf } from '#tests/support/check-en16931.ts'
import { type CloudStackEmulator, startCloudStackEmulator } from '#tests/support/cloudstack-emulator/server.ts'

const month: DemoMonth = monthBefore(new Date())
let cloud: CloudStackEmulator
let worker: JobsWorker
let sellers: ReadonlyMap<Slug, SeededSeller>
let first: DemoSummary

async function everything(): Promise<DemoSummary> {
  sellers = await seedDemo({ monthStart: month.start, cloudEndpoint: cloud.endpoint })
  await runMainJob({ worker, sellers, month, note: () => undefined })
  return summarise(sellers, month)
}

beforeAll(async () => {
  cloud = await startCloudStackEmulator({ month: month.name, seed: 1 })
  worker = await startJobs()
  first = await everything()
}, 120_000)

afterAll(async () => {
  await worker.stop()
  await cloud.stop()
})

test('a month of cloud usage becomes one invoice for every payer at every level', () => {
  expect(first.invoices.map(({ seller, buyer }) => `${seller} → ${buyer}`).sort()).toEqual([
    'Ahorn Hosting GmbH → Café Linde e.U.',
    'Ahorn Hosting GmbH → Eva Keller',
    'Ahorn Hosting GmbH → Huber Innenausbau GmbH',
    'Lakeside Cloud AG → Alpen Média Sàrl',
    'Lakeside Cloud AG → Nakhla Cloud FZ-LLC',
    'Lakeside Cloud AG → Praxis Keller AG',
    'Meridian Grid GmbH → Ahorn Hosting GmbH',
    'Meridian Grid GmbH → Brandt Versand GmbH',
    'Meridian Grid GmbH → Hanse Maschinenbau AG',
    'Meridian Grid GmbH → Lakeside Cloud AG',
    'Nakhla Cloud FZ-LLC → Burj Retail FZE',
    'Nakhla Cloud FZ-LLC → فنادق الواحة ذ.م.م',
  ])
})

test('every invoice is delivered with its document, and the books balance', () => {
  expect(first.delivered).toBe(first.invoices.length)
  expect(first.invoices.filter((invoice) => invoice.pdf === null)).toEqual([])
  expect(first.ledgerImbalance).toBe('0')
})

test('what must always hold does: livery doctor finds nothing', async () => {
  const lines: string[] = []
  const code = await runLivery(['doctor', '--invariants'], { out: (text) => lines.push(text), problem: (text) => lines.push(text) })
  expect([code, lines.join('')]).toEqual([0, expect.stringMatching(/\n\d+ invariants, 0 violations/)])
})

test('every document is a file that says what was invoiced, and holds its electronic form, whose figures agree', async () => {
  const invoices = first.documents.filter(({ type }) => type !== 'statement')
  expect(invoices.map(({ type, number }) => [type, number])).toEqual(first.invoices.map(({ number }) => ['invoice', number]))
  for (const invoice of first.invoices) {
    const document = first.documents.find(({ number }) => number === invoice.number)
    const pdf = await readFile(document?.pdf ?? '')
    const xml = await readFile(document?.xml ?? '', 'utf8')
    expect([invoice.number, brokenRules(xml)]).toEqual([invoice.number, []])
    expect([invoice.number, figuresOf(xml)]).toEqual([invoice.number, figures(invoice)])
    expect(Buffer.from(partsOfPdf(pdf), 'latin1').toString('utf8')).toContain(xml)
    const text = textOfPdf(pdf)
    const [whole = '', decimals = ''] = majorUnits(invoice.totalMinor).split('.')
    const total = new RegExp(`${whole.replaceAll(/\B(?=(\d{3})+$)/g, '\\D?')}[.,]${decimals}`)
    expect(text).toContain(invoice.number)
    expect(text).toMatch(total)
    expect(text).toContain(invoice.seller)
    // Letters of Arabic are drawn from the right: the file has them in the order of drawing.
    if (/^[\p{Script=Latin}\s.]+$/u.test(invoice.buyer)) expect(text).toContain(invoice.buyer)
    expect(xml).toContain(`<ram:Name>${invoice.buyer}</ram:Name>`)
  }
})

test('every reseller has a statement, which says what it was invoiced', async () => {
  const statements = first.documents.filter(({ type }) => type === 'statement')
  expect(statements).toHaveLength(3)
  const texts = await Promise.all(statements.map(async ({ pdf }) => textOfPdf(await readFile(pdf ?? ''))))
  for (const buyer of ['Ahorn Hosting GmbH', 'Lakeside Cloud AG', 'Nakhla Cloud FZ-LLC']) {
    const invoice = first.invoices.find((each) => each.buyer === buyer)
    expect(texts.filter((text) => text.includes(invoice?.number ?? 'none'))).toHaveLength(1)
  }
})

test('numbers count from one without a gap for each seller', () => {
  const numbers = first.invoices.filter((invoice) => invoice.seller === 'Meridian Grid GmbH').map((invoice) => invoice.number.slice(-5))
  expect(numbers).toEqual(['00001', '00002', '00003', '00004'])
})

test('resellers abroad are billed without tax, customers at home with it', () => {
  const taxOf = (buyer: string) => first.invoices.find((invoice) => invoice.buyer === buyer)?.taxMinor
  expect(taxOf('Ahorn Hosting GmbH')).toBe('0')
  expect(taxOf('Lakeside Cloud AG')).toBe('0')
  expect(taxOf('Huber Innenausbau GmbH')).toBe('0')
  expect(Number(taxOf('Café Linde e.U.'))).toBeGreaterThan(0)
})

test('doing everything again changes nothing', async () => {
  expect(await everything()).toEqual(first)
}, 120_000)

/** All sellers of the demo have currencies of two decimals. */
function majorUnits(minor: string): string {
  return `${minor.slice(0, -2) || '0'}.${minor.slice(-2).padStart(2, '0')}`
}

function figures({ netMinor, taxMinor, totalMinor }: InvoiceSummary): string[] {
  return [netMinor, taxMinor, totalMinor].map(majorUnits)
}
