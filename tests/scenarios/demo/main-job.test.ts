import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { seedDemo } from '#prisma/seed/seed-demo.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'
import { type DemoMonth, monthBefore, runMainJob } from '#scripts/demo/main-job.ts'
import { type DemoSummary, summarise } from '#scripts/demo/summary.ts'
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
