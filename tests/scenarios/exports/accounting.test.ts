import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { fileParts } from '#app/jobs/export-contents.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { prepareExport } from '#app/services/exports/finish-export.server.ts'
import { requestExport } from '#app/services/exports/request-export.server.ts'
import { numberLedgerAccounts, saveAccountingSettings } from '#app/services/exports/save-accounting-settings.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

type Format = 'datev' | 'csv' | 'jsonl'

/** An invoice of 40.34 and a credit note of 10.00, both booked in July, which is closed. */
async function closedJuly() {
  const seller = await sellerWithInvoice()
  setClock(fixedClock('2026-07-09T08:00:00Z'))
  await creditAmount(seller.tenantId, seller.invoice.id, 1000n)
  setClock(fixedClock('2026-08-03T09:30:00Z'))
  const closed = await asOffice(seller.tenantId, (ctx) => closePeriod(ctx, { month: '2026-07' }))
  if (!closed.ok) throw new Error(closed.error)
  return seller
}

async function fileOf(tenantId: string, format: Format): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const { bytes } of fileParts(tenantId, { kind: 'accounting', month: '2026-07', format, currency: null })) parts.push(bytes)
  return Buffer.concat(parts)
}

function ask(tenantId: string, month = '2026-07', format: Format = 'datev') {
  return asOffice(tenantId, async (ctx) => {
    const asked = await requestExport(ctx, { kind: 'accounting', format, month, side: null, accountId: null, currency: null })
    if (asked.ok) await prepareExport(ctx, asked.value.exportId)
    return asked
  })
}

const bookings = (file: Buffer) =>
  (parse(new TextDecoder('windows-1252').decode(file), { delimiter: ';', from_line: 2, columns: true }) as Record<string, string>[]).map(
    (row) => ({
      amount: BigInt((row['Umsatz (ohne Soll/Haben-Kz)'] ?? '').replace(',', '')),
      debit: row.Konto ?? '',
      credit: row['Gegenkonto (ohne BU-Schlüssel)'] ?? '',
      document: row['Belegfeld 1'],
      text: row.Buchungstext,
    }),
  )

function balancesOf(rows: readonly { amount: bigint; debit: string; credit: string }[]): Record<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { amount, debit, credit } of rows) {
    sums.set(debit, (sums.get(debit) ?? 0n) + amount)
    sums.set(credit, (sums.get(credit) ?? 0n) - amount)
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)))
}

test('the batch of a closed month comes to its trial balance, account by account', async () => {
  const { tenantId } = await closedJuly()
  expect((await ask(tenantId)).ok).toBe(true)
  const rows = bookings(await fileOf(tenantId, 'datev'))

  expect(rows.map(({ document, text }) => [document, text])).toContainEqual(['MG-2026-00001', 'Rechnung Brandt Versand GmbH'])
  expect(balancesOf(rows)).toEqual({ '10000': 3034n, '1776': -484n, '8200': -3390n, '8700': 840n })
  const balances = await asOffice(tenantId, trialBalance)
  expect(Object.fromEntries(balances.map(({ code, balance }) => [code, balance.minor]))).toEqual({
    receivable: 3034n,
    'tax-payable.S.19': -484n,
    'revenue.usage': -3390n,
    'revenue.credit': 840n,
  })
})

test('the plain table and the objects say the same, in whole minor units, too', async () => {
  const { tenantId } = await closedJuly()
  await ask(tenantId)
  const table = parse(await fileOf(tenantId, 'csv'), { columns: true, bom: true }) as Record<string, string>[]
  const minor = (code: string) =>
    table
      .filter((row) => row.ledger_account === code)
      .reduce((sum, row) => sum + BigInt(row.debit_minor || 0) - BigInt(row.credit_minor || 0), 0n)
  expect([minor('receivable'), minor('revenue.usage')]).toEqual([3034n, -3390n])
  expect(table[0]).toMatchObject({
    account_number: '10000',
    debit: '40.34',
    debit_minor: '4034',
    currency: 'EUR',
    buyer: 'Brandt Versand GmbH',
  })

  const objects = (await fileOf(tenantId, 'jsonl'))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(objects.map(({ kind, postings }) => [kind, postings.length])).toEqual([
    ['invoice', 3],
    ['credit-note', 3],
  ])
})

test('a repeat has the same bytes, and a number of the seller’s own is in later files', async () => {
  const { tenantId } = await closedJuly()
  await ask(tenantId)
  const first = await fileOf(tenantId, 'datev')
  setClock(fixedClock('2026-09-01T08:00:00Z'))
  await ask(tenantId)
  expect((await fileOf(tenantId, 'datev')).equals(first)).toBe(true)

  await asOffice(tenantId, (ctx) => saveAccountingSettings(ctx, { chart: 'skr04', consultant: 4711, client: 12, fiscalMonth: 4 }))
  await asOffice(tenantId, (ctx) => numberLedgerAccounts(ctx, [{ code: 'revenue.usage', number: { number: '4400', taxKey: '40' } }]))
  const later = await fileOf(tenantId, 'datev')
  expect(balancesOf(bookings(later))).toEqual({ '10000': 3034n, '3806': -484n, '4400': -3390n, '4700': 840n })
  expect(later.toString('latin1')).toContain(';4711;12;20260401;4;20260701;20260731;')
})

test('an open month is refused, and nothing is noted', async () => {
  const { tenantId } = await closedJuly()
  expect(await ask(tenantId, '2026-08')).toEqual({ ok: false, error: 'period-open' })
  expect(await asOffice(tenantId, ({ db }) => db.export.count({ where: { tenantId } }))).toBe(0)
})

test('livery export accounting writes the file and notes who made it, of what, with its hash', async () => {
  const { tenantId } = await closedJuly()
  await asOffice(tenantId, ({ db }) => db.tenant.updateMany({ where: { tenantId }, data: { slug: 'bookkeeper' } }))
  const out = join(await mkdtemp(join(tmpdir(), 'livery-books-')), 'EXTF_july.csv')
  const lines: string[] = []
  const words = ['export', 'accounting', '--tenant', 'bookkeeper', '--period', '2026-07', '--format', 'datev', '--out', out, '--json']
  const code = await runLivery(words, { out: (text) => lines.push(text), problem: (text) => lines.push(text) })
  const answer = JSON.parse(lines.join(''))
  expect([code, answer.rows, await readFile(out)]).toEqual([0, 4, await fileOf(tenantId, 'datev')])

  const [noted] = await asOffice(tenantId, ({ db }) => db.export.findMany({ where: { tenantId } }))
  expect(noted).toMatchObject({
    kind: 'accounting',
    format: 'datev',
    state: 'done',
    requestedBy: 'command line',
    sha256: answer.sha256,
    rowCount: 4,
  })
})
