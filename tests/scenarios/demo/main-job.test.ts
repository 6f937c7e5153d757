import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupBy } from '#app/domain/shared/group-by.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'
import { runLivery } from '#scripts/cli/program.ts'
import type { DocumentSummary } from '#scripts/demo/documents.ts'
import { monthBefore, runMainJob } from '#scripts/demo/main-job.ts'
import type { DemoMonth } from '#scripts/demo/stories/story.ts'
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

test('a month becomes one invoice for every payer at every level', () => {
  expect(first.invoices.map(({ seller, buyer }) => `${seller} → ${buyer}`).sort()).toEqual([
    'Ahorn Hosting GmbH → Arlberg Sport GmbH',
    'Ahorn Hosting GmbH → Buchhandlung Brenner KG',
    'Ahorn Hosting GmbH → Café Linde e.U.',
    'Ahorn Hosting GmbH → Eva Keller',
    'Ahorn Hosting GmbH → Huber Innenausbau GmbH',
    'Ahorn Hosting GmbH → Tischlerei Steiner GmbH',
    'Lakeside Cloud AG → Alpen Média Sàrl',
    'Lakeside Cloud AG → Nakhla Cloud FZ-LLC',
    'Lakeside Cloud AG → Praxis Keller AG',
    'Meridian Grid GmbH → Ahorn Hosting GmbH',
    'Meridian Grid GmbH → Brandt Versand GmbH',
    'Meridian Grid GmbH → Falk Optik GmbH',
    'Meridian Grid GmbH → Hanse Maschinenbau AG',
    'Meridian Grid GmbH → Harzer Backstube GmbH',
    'Meridian Grid GmbH → Jade Werftservice GmbH',
    'Meridian Grid GmbH → Lakeside Cloud AG',
    'Meridian Grid GmbH → Rügen Foto e.K.',
    'Meridian Grid GmbH → Saale Kurier GmbH',
    'Meridian Grid GmbH → Tanzschule Elster',
    'Meridian Grid GmbH → Weser Energieberatung GmbH',
    'Nakhla Cloud FZ-LLC → Burj Retail FZE',
    'Nakhla Cloud FZ-LLC → فنادق الواحة ذ.م.م',
  ])
})

test('every document has its file, whatever is due a customer is delivered, and the books balance', () => {
  expect(first.documents.filter(({ pdf }) => pdf === null)).toEqual([])
  expect(first.delivered).toBe(first.documents.filter((document) => !isStatement(document)).length)
  expect(first.ledgerImbalance).toBe('0')
})

test('what must always hold does: livery doctor finds nothing', async () => {
  const lines: string[] = []
  const code = await runLivery(['doctor', '--invariants'], { out: (text) => lines.push(text), problem: (text) => lines.push(text) })
  expect([code, lines.join('')]).toEqual([0, expect.stringMatching(/\n\d+ invariants, 0 violations/)])
})

test('there is a document of every type that the stories of the month before bring about', () => {
  const types = ['credit-note', 'debit-note', 'invoice', 'payout', 'prepayment-receipt', 'self-billed', 'statement']
  expect([...new Set(first.documents.map(({ type }) => type))].sort()).toEqual(types)
})

test('every document is a file that says its number and both parties, and its electronic form keeps the rules', async () => {
  for (const { type, number, pdf, xml } of first.documents.filter((document) => !isStatement(document))) {
    const file = await readFile(pdf ?? '')
    const text = textOfPdf(file)
    expect([number, text.includes(number)]).toEqual([number, true])
    if (type === 'prepayment-receipt') continue
    const form = await readFile(xml ?? '', 'utf8')
    expect([number, brokenRules(form)]).toEqual([number, []])
    expect(Buffer.from(partsOfPdf(file), 'latin1').toString('utf8')).toContain(form)
    for (const party of partiesOf(form)) expect([number, text.includes(party)]).toEqual([number, true])
  }
})

test('an invoice says what was invoiced, on paper and in its electronic form', async () => {
  for (const invoice of first.invoices) {
    const document = first.documents.find(({ type, number }) => type === 'invoice' && number === invoice.number)
    const xml = await readFile(document?.xml ?? '', 'utf8')
    expect([invoice.number, figuresOf(xml)]).toEqual([invoice.number, figures(invoice)])
    expect(xml).toContain(`<ram:Name>${invoice.buyer}</ram:Name>`)
    const [whole = '', decimals = ''] = majorUnits(invoice.totalMinor).split('.')
    const total = new RegExp(`${whole.replaceAll(/\B(?=(\d{3})+$)/g, '\\D?')}[.,]${decimals}`)
    expect(textOfPdf(await readFile(document?.pdf ?? ''))).toMatch(total)
  }
})

test('every reseller has a statement, which says what it was invoiced', async () => {
  const statements = first.documents.filter(({ type }) => type === 'statement')
  expect(statements).toHaveLength(4)
  const texts = await Promise.all(statements.map(async ({ pdf }) => textOfPdf(await readFile(pdf ?? ''))))
  for (const buyer of ['Ahorn Hosting GmbH', 'Lakeside Cloud AG', 'Nakhla Cloud FZ-LLC']) {
    const invoice = first.invoices.find((each) => each.buyer === buyer)
    expect(texts.filter((text) => text.includes(invoice?.number ?? 'none'))).toHaveLength(1)
  }
})

test('numbers count from one without a gap in each series', () => {
  const issued = first.documents.filter((document) => !isStatement(document))
  const series = groupBy(issued, ({ number }) => number.slice(0, -5))
  for (const [prefix, documents] of series) {
    const places = documents.map(({ number }) => Number(number.slice(-5)))
    expect([prefix, places]).toEqual([prefix, places.map((_, place) => place + 1)])
  }
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

const isStatement = ({ type }: DocumentSummary) => type === 'statement' || type === 'payout'

/** The names of seller and buyer in an electronic form that Latin letters write: the file has Arabic ones in the order of drawing. */
function partiesOf(xml: string): string[] {
  const names = [...xml.matchAll(/<ram:(?:Seller|Buyer)TradeParty>.*?<ram:Name>(.*?)<\/ram:Name>/gs)].map(([, name]) => name ?? '')
  return names.map((name) => name.replaceAll('&amp;', '&')).filter((name) => /^[\p{Script=Latin}\s.&]+$/u.test(name))
}

/** All sellers of the demo have currencies of two decimals. */
function majorUnits(minor: string): string {
  return `${minor.slice(0, -2) || '0'}.${minor.slice(-2).padStart(2, '0')}`
}

function figures({ netMinor, taxMinor, totalMinor }: InvoiceSummary): string[] {
  return [netMinor, taxMinor, totalMinor].map(majorUnits)
}
