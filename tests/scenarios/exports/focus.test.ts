import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { csvLines } from '#app/adapters/sheets/csv-lines.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { focusCells, focusHead } from '#app/domain/focus/focus-row.ts'
import { focusRows, type Reading } from '#app/reports/focus/rows.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
  type ChargeFacts,
} from '#tests/support/builders.ts'
import { focusProblems, readFocus, sumOf } from '#tests/support/check-focus.ts'
import { creditAmount, creditUnits, linesOf } from '#tests/support/one-invoice.ts'
import { sellOnTwoLevels, sent } from '#tests/support/two-levels.ts'
import { deliver, processDown } from '#tests/support/usage.ts'

afterEach(() => setClock())

type File = { readonly read: Reading; readonly month: string; readonly accountId?: string }

async function fileOf({ read, month, accountId }: File): Promise<string> {
  const parts = [csvLines([focusHead('1.2')])]
  for await (const rows of focusRows(read, { monthStart: `${month}-01`, accountId: accountId ?? null }))
    parts.push(csvLines(rows.map((row) => focusCells(row, '1.2'))))
  return parts.join('')
}

const ofOffice =
  (tenantId: string): Reading =>
  (work) =>
    inTenant(tenantId, work)
const ofBuyer =
  (tenantId: string, accountId: string): Reading =>
  (work) =>
    inPanel(tenantId, [accountId], work)

/** A customer with a plan, traffic of 0.013 a GB, and a department that uses more of it. */
async function customer(facts: { readonly isTaxInclusive?: boolean } = {}) {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId, { name: '=Brandt', kind: 'enterprise' })
  const department = await buildAccount(tenantId, { name: 'R&D', parentAccountId: accountId })
  const productId = await buildProduct(tenantId)
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'usage', price: '0.013', meter: 'traffic.sent' },
    { feeKind: 'setup', price: '10', productId },
    { feeKind: 'recurring', price: '19', productId },
  ])
  if (facts.isTaxInclusive)
    await asOffice(tenantId, ({ db }) => db.priceBook.updateMany({ where: { tenantId }, data: { taxBehaviour: 'inclusive' } }))
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-05-16T00:00:00Z' })
  const usage = (gb: string, amount: string, more: Partial<ChargeFacts> = {}): ChargeFacts => ({
    accountId,
    payerAccountId: accountId,
    contractId,
    priceVersionId: book.priceVersionId,
    priceRuleId: book.ruleIds[0] ?? '',
    billingPeriod: '2026-05-01',
    unitPrice: '0.013',
    quantity: gb,
    amount,
    ...more,
  })
  await buildCharges(tenantId, [usage('95', '1.235'), usage('33', '0.429', { accountId: department }), usage('0', '0')])
  await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')
  return { tenantId, accountId, department, contractId, usage }
}

test('a file keeps to the columns of FOCUS 1.2, and comes to the invoice to the cent', async () => {
  const { tenantId } = await customer()
  const csv = await fileOf({ read: ofOffice(tenantId), month: '2026-05' })

  expect(focusProblems(csv)).toEqual([])
  const rows = readFocus(csv)
  const [invoice] = await invoicesOf(tenantId)
  expect([sumOf(rows), invoice?.total.minor]).toEqual(['25.56', 2556n])
  expect(sumOf(rows.filter(({ ChargeCategory }) => ChargeCategory !== 'Tax'))).toBe('21.48')
  expect(rows.map((row) => [row.ChargeCategory, row.ChargeFrequency, row.BilledCost, row.ServiceName])).toEqual([
    ['Usage', 'Usage-Based', '1.235', 'Traffic'],
    ['Usage', 'Usage-Based', '0.429', 'Traffic'],
    ['Usage', 'Usage-Based', '0', 'Traffic'],
    ['Purchase', 'One-Time', '10', 'Web 1'],
    ['Purchase', 'Recurring', expect.stringMatching(/^9\.\d+$/), 'Web 1'],
    ['Adjustment', 'One-Time', expect.stringMatching(/^-?0\.00\d+$/), 'Billing'],
    ['Tax', 'One-Time', '4.08', 'Billing'],
  ])
})

test('periods are in UTC and their ends exclusive; a department is a sub-account; a name is no formula', async () => {
  const { tenantId } = await customer()
  const csv = await fileOf({ read: ofOffice(tenantId), month: '2026-05' })

  const [first, second] = readFocus(csv)
  expect([first?.BillingPeriodStart, first?.BillingPeriodEnd]).toEqual(['2026-04-30T22:00:00Z', '2026-05-31T22:00:00Z'])
  expect([first?.ChargePeriodStart, first?.ChargePeriodEnd]).toEqual(['2026-05-01T06:00:00Z', '2026-05-01T07:00:00Z'])
  expect([first?.SubAccountName, second?.SubAccountName, second?.SubAccountType]).toEqual(['', 'R&D', 'Department'])
  expect([first?.BillingAccountName, first?.ConsumedQuantity, first?.PricingUnit]).toEqual(["'=Brandt", '95', 'GB'])
})

test('prices that hold tax are net in the file, which still comes to the invoice', async () => {
  const { tenantId } = await customer({ isTaxInclusive: true })
  const csv = await fileOf({ read: ofOffice(tenantId), month: '2026-05' })

  expect(focusProblems(csv)).toEqual([])
  const [invoice] = await invoicesOf(tenantId)
  expect([sumOf(readFocus(csv)), invoice?.total.minor]).toEqual(['21.48', 2148n])
  const rounding = readFocus(csv).find(({ ChargeCategory }) => ChargeCategory === 'Adjustment')
  expect(Math.abs(Number(rounding?.BilledCost))).toBeLessThan(0.02)
})

test('late usage and a credit note correct the earlier month in the file of the month they are billed in', async () => {
  const { tenantId, usage } = await customer()
  const [may] = await invoicesOf(tenantId)
  await buildCharges(tenantId, [usage('12', '0.156', { isCorrection: true }), usage('100', '1.3', { billingPeriod: '2026-06-01' })])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  setClock(fixedClock('2026-06-20T08:00:00Z'))
  const traffic = may && linesOf(may).find(({ subject }) => subject.meter === 'traffic.sent')
  await creditUnits(tenantId, may?.id ?? '', traffic?.id ?? '', '20')
  await creditAmount(tenantId, may?.id ?? '', 119n)

  const csv = await fileOf({ read: ofOffice(tenantId), month: '2026-06' })
  expect(focusProblems(csv)).toEqual([])
  const rows = readFocus(csv)
  const corrections = rows.filter(({ ChargeClass, ChargeCategory }) => ChargeClass === 'Correction' && ChargeCategory !== 'Tax')
  expect(corrections.map((row) => [row.x_DocumentType, row.ChargeCategory, row.BilledCost]).sort()).toEqual([
    ['credit-note', 'Credit', '-1'],
    ['credit-note', 'Usage', '-0.26'],
    ['invoice', 'Usage', '0.156'],
  ])
  const documents = (await invoicesOf(tenantId)).filter(({ number }) => number !== may?.number)
  const total = documents.reduce((sum, { documentType, total: { minor } }) => sum + (documentType === 'credit-note' ? -minor : minor), 0n)
  expect(sumOf(rows)).toBe((Number(total) / 100).toString())
  expect(await fileOf({ read: ofOffice(tenantId), month: '2026-05' })).not.toContain('Correction')
})

test('a void invoice is in no file', async () => {
  const { tenantId } = await customer()
  const [invoice] = await invoicesOf(tenantId)
  await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: invoice?.id ?? '', reason: 'Wrong buyer' }))
  expect(readFocus(await fileOf({ read: ofOffice(tenantId), month: '2026-05' }))).toEqual([])
})

test('each level has its file: a customer reads its seller and nothing of the provider, a reseller what its parent charges it', async () => {
  const { provider, reseller } = await sellOnTwoLevels()
  await asOffice(reseller.tenantId, ({ db, tenantId }) =>
    db.tenant.updateMany({ where: { tenantId }, data: { legalName: 'Ahorn Hosting GmbH' } }),
  )
  await processDown(provider.tenantId, await deliver(provider, [sent(120, '2026-06-03'), sent(40, '2026-06-07')]))
  await billMonth(provider.tenantId, '2026-06', '2026-07-01T06:00:00Z')
  await billMonth(reseller.tenantId, '2026-06', '2026-07-01T06:00:00Z')

  const month = '2026-06'
  const retail = await fileOf({ read: ofBuyer(reseller.tenantId, reseller.accountId), month })
  const wholesale = await fileOf({ read: ofBuyer(provider.tenantId, provider.accountId), month })
  expect([focusProblems(retail), focusProblems(wholesale)]).toEqual([[], []])
  expect(retail).toBe(await fileOf({ read: ofOffice(reseller.tenantId), month, accountId: reseller.accountId }))

  const [sold] = await invoicesOf(reseller.tenantId)
  const [bought] = await invoicesOf(provider.tenantId)
  expect([sumOf(readFocus(retail)), sold?.total.minor]).toEqual(['17.85', 1785n])
  expect([sumOf(readFocus(wholesale)), bought?.total.minor]).toEqual(['15.47', 1547n])
  for (const name of ['ProviderName', 'PublisherName', 'InvoiceIssuerName']) {
    expect(new Set(readFocus(retail).map((row) => row[name]))).toEqual(new Set(['Ahorn Hosting GmbH']))
    expect(new Set(readFocus(wholesale).map((row) => row[name]))).toEqual(new Set(['Meridian Grid GmbH']))
  }
  expect(retail).not.toMatch(/Meridian/i)
})

test('livery export focus writes the file and says what it comes to', async () => {
  const { tenantId } = await customer()
  await asOffice(tenantId, ({ db }) => db.tenant.updateMany({ where: { tenantId }, data: { slug: 'exporter' } }))
  const out = join(await mkdtemp(join(tmpdir(), 'livery-focus-')), 'may.csv')
  const lines: string[] = []
  const words = ['export', 'focus', '--tenant', 'exporter', '--period', '2026-05', '--out', out, '--json']
  const code = await runLivery(words, { out: (text) => lines.push(text), problem: (text) => lines.push(text) })
  expect([code, JSON.parse(lines.join(''))]).toEqual([0, { ok: true, file: out, rows: 7, billed: { EUR: '25.56' } }])
  expect(focusProblems(await readFile(out, 'utf8'))).toEqual([])
  expect(await runLivery(['export', 'focus', '--tenant', 'exporter', '--period', '2026-13'], { out: () => 0, problem: () => 0 })).toBe(2)
})
