import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import type { JobsWorker } from '#app/jobs/runtime/worker.server.ts'
import { startJobs } from '#app/jobs/start.server.ts'
import { listBillingRuns } from '#app/reports/billing-runs/query.server.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { openDueRun } from '#app/services/billing/open-due-runs.server.ts'
import { closeAdapters, keptMails } from '#app/wiring.server.ts'
import { invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

let worker: JobsWorker
beforeAll(async () => {
  worker = await startJobs()
})
afterAll(async () => {
  await worker.stop()
  await closeAdapters()
})
afterEach(() => setClock())

async function sellerWithUsageInJune() {
  const tenantId = await buildTenant()
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const charge = {
    priceVersionId: book.priceVersionId,
    priceRuleId: book.ruleIds[0] ?? '',
    billingPeriod: '2026-06-01',
    quantity: '10',
    amount: '10',
  }
  for (const name of ['Brandt Versand GmbH', 'Filmwerk GmbH']) {
    const accountId = await buildAccount(tenantId, { name })
    const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
    await buildCharges(tenantId, [{ ...charge, accountId, contractId }])
  }
  return tenantId
}

/** The year of issue: this test runs by the machine's own clock, as a worker does. */
function yearOf(invoice: { issueDate: string } | undefined): string {
  return invoice?.issueDate.slice(0, 4) ?? ''
}

test('a month that is asked for is billed, printed and mailed, and asking again adds nothing', async () => {
  const tenantId = await sellerWithUsageInJune()
  const bill = () => asOffice(tenantId, (ctx) => createBillingRun(ctx, { month: '2026-06' }))

  await bill()
  await worker.idle()
  await bill()
  await worker.idle()

  const invoices = await invoicesOf(tenantId)
  expect(
    invoices.map((invoice) => [
      invoice.number.slice(-5),
      invoice.total.minor,
      invoice.hasPdf,
      invoice.deliveries.map(({ state }) => state),
    ]),
  ).toEqual([
    ['00001', 1190n, true, ['accepted']],
    ['00002', 1190n, true, ['accepted']],
  ])
  const attached = (await keptMails()).flatMap((mail) => mail.attachments).sort()
  expect(attached).toEqual(['MG-2026-00001.pdf', 'MG-2026-00002.pdf'].map((name) => name.replace('2026', yearOf(invoices[0]))))
  const runs = await asOffice(tenantId, listBillingRuns)
  expect(runs.map((run) => [run.state, run.finalised, run.totals])).toEqual([['finished', 2, [{ minor: 2380n, currency: 'EUR' }]]])
})

test('a month opens its run by itself, six hours after its end in the seller’s zone, and once', async () => {
  const tenantId = await sellerWithUsageInJune()
  const at = (instant: string) => {
    setClock({ now: () => new Date(instant) })
    return openDueRun(tenantId)
  }
  await asOffice(tenantId, async ({ db }) =>
    db.usageBatch.createMany({
      data: [{ tenantId, id: tenantId, sourceKey: 'late', state: 'received', startedAt: new Date('2026-07-01T03:00:00Z') }],
    }),
  )

  expect(await at('2026-07-01T05:00:00Z')).toBe(false)
  await asOffice(tenantId, ({ db }) => db.usageBatch.updateMany({ where: { tenantId }, data: { state: 'rated' } }))
  expect(await at('2026-07-01T05:00:00Z')).toBe(true)
  expect(await at('2026-07-01T06:00:00Z')).toBe(false)
  const runs = await asOffice(tenantId, listBillingRuns)
  expect(runs.map((run) => [run.periodStart, run.periodEnd])).toEqual([['2026-06-01', '2026-07-01']])
})
