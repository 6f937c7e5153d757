import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { listStatementEntries, listStatements } from '#app/reports/bank-statements/query.server.ts'
import { listExpectedPayments } from '#app/reports/payments/expected.server.ts'
import { findBuyers, listOpenDocuments, listPayments, listSettlements, readPayment } from '#app/reports/payments/query.server.ts'
import { listUnusedMoney } from '#app/reports/payments/unused.server.ts'
import { announcePayment } from '#app/services/payments/announce-payment.server.ts'
import { enterPayment } from '#app/services/payments/enter-payment.server.ts'
import { saveBankDetails } from '#app/services/tenancy/save-bank-details.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { allocate, eur, receive } from '#tests/support/payments.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
const folder = mkdtempSync(join(tmpdir(), 'bank-'))

beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock('2026-07-10T08:00:00Z'))
})
afterEach(() => {
  setClock()
  rmSync(folder, { recursive: true, force: true })
})

test('a list of payments goes by state, method, buyer and month, the newest first', async () => {
  const { tenantId, accountId, invoice } = seller
  const applied = await receive(tenantId, accountId, 4034n)
  await allocate(tenantId, applied.id, invoice.id, 4034n)
  const cash = await receive(tenantId, accountId, 100n, { method: 'cash', receivedOn: '2026-06-30' })
  const other = await receive(tenantId, await buildAccount(tenantId, { name: 'Weser Anlagenbau AG' }), 200n, { receivedOn: '2026-07-05' })
  const list = (filter: object) =>
    asOffice(tenantId, async (ctx) => (await listPayments(ctx, { limit: 50, ...filter })).rows.map(({ id, state }) => [id, state]))
  expect(await list({})).toEqual([
    [other.id, 'unapplied'],
    [applied.id, 'applied'],
    [cash.id, 'unapplied'],
  ])
  expect(await list({ state: 'applied' })).toEqual([[applied.id, 'applied']])
  expect(await list({ method: 'cash' })).toEqual([[cash.id, 'unapplied']])
  expect(await list({ month: '2026-06' })).toEqual([[cash.id, 'unapplied']])
  expect(await list({ accountId, state: 'unapplied' })).toEqual([[cash.id, 'unapplied']])
  const first = await asOffice(tenantId, (ctx) => listPayments(ctx, { limit: 2 }))
  expect(await list({ cursor: first.nextCursor })).toEqual([[cash.id, 'unapplied']])
})

test('a payment tells what it settles, and its buyer sees on the invoice what paid it', async () => {
  const { tenantId, accountId, invoice } = seller
  const payment = await receive(tenantId, accountId, 5000n, { reference: 'July', payer: { name: 'B. Brandt', iban: null } })
  await allocate(tenantId, payment.id, invoice.id, 4034n)
  expect(await asOffice(tenantId, (ctx) => readPayment(ctx, payment.id))).toMatchObject({
    state: 'partly-applied',
    unapplied: { minor: 966n },
    payerName: 'B. Brandt',
    allocations: [{ number: invoice.number, amount: { minor: 4034n }, reversedAt: null }],
    refunds: [],
  })
  const seen = await inPanel(tenantId, [accountId], (ctx) => listSettlements(ctx, invoice.id))
  expect(seen).toMatchObject([{ kind: 'payment', method: 'transfer', amount: { minor: 4034n }, isReversed: false }])
  expect(await asOffice(tenantId, (ctx) => listOpenDocuments(ctx, accountId))).toEqual([])
  await creditAmount(tenantId, invoice.id, 500n)
  const unused = await asOffice(tenantId, (ctx) => listUnusedMoney(ctx, accountId, 'EUR'))
  expect(unused.map(({ kind, left }) => [kind, left.minor])).toEqual([
    ['credit', 500n],
    ['payment', 966n],
  ])
})

test('staff enter a payment once, oldest documents first; a buyer is found by name or by an invoice’s number', async () => {
  const { tenantId, accountId, invoice } = seller
  const input = { accountId, method: 'cash', amount: eur(5000n), receivedOn: '2026-07-10', reference: null, payer: null } as const
  const formKey = '01981b1e-0000-4000-8000-000000000002'
  const enter = () => asOffice(tenantId, (ctx) => enterPayment(ctx, { ...input, formKey, settles: 'oldest' }))
  expect([(await enter()).ok, (await enter()).ok]).toEqual([true, true])
  const { rows } = await asOffice(tenantId, (ctx) => listPayments(ctx, { limit: 10 }))
  expect(rows.map(({ unapplied }) => unapplied.minor)).toEqual([966n])
  const found = (words: string) => asOffice(tenantId, async (ctx) => (await findBuyers(ctx, words)).map(({ id }) => id))
  expect(await found('brandt')).toEqual([accountId])
  expect(await found(invoice.number)).toEqual([accountId])
  expect(await found('100%')).toEqual([])
})

test('a buyer announces a payment in its own scope, and no other buyer sees it', async () => {
  const { tenantId, accountId } = seller
  const formKey = '01981b1e-0000-4000-8000-00000000000a'
  const announce = (whose: string, dueOn = '2026-07-10') =>
    inPanel(tenantId, [accountId], (ctx) => announcePayment(ctx, { accountId: whose, amount: eur(100n), dueOn, formKey }))
  const stranger = await buildAccount(tenantId)
  expect(await announce(stranger)).toEqual({ ok: false, error: 'account-not-found' })
  expect(await announce(accountId, '2026-07-09')).toEqual({ ok: false, error: 'due-in-past' })
  expect([await announce(accountId), await announce(accountId)]).toMatchObject([{ ok: true }, { ok: true }])
  setClock(fixedClock('2026-07-11T08:00:00Z'))
  const seen = (id: string) => inPanel(tenantId, [id], (ctx) => listExpectedPayments(ctx))
  expect((await seen(accountId)).map(({ state }) => state)).toEqual(['overdue'])
  expect(await seen(stranger)).toEqual([])
})

test('livery import bank-statement looks first when asked, takes a file once, and refuses a broken one with exit 1', async () => {
  const tenantId = await buildTenant({ slug: 'bank-by-hand' })
  const bank = { holder: 'Meridian', bankName: 'Musterbank', iban: 'DE89370400440532013000', bic: '', qrIban: '' }
  await asOffice(tenantId, (ctx) => saveBankDetails(ctx, bank))
  const path = join(mkdtempSync(join(tmpdir(), 'bank-')), 'july.sta')
  const run = async (...words: string[]) => {
    let out = ''
    const code = await runLivery(['import', 'bank-statement', ...words, '--tenant', 'bank-by-hand', '--json'], {
      out: (text) => (out += text),
      problem: (text) => (out += text),
    })
    return [code, code === 2 ? out : JSON.parse(out)] as const
  }
  writeFileSync(
    path,
    ':20:X\n:25:DE89370400440532013000\n:60F:C260701EUR1000,00\n:61:260702C40,34NTRFNONREF\n:86:MG\n:62F:C260702EUR1040,34\n-\n',
  )
  expect(await run(path, '--dry-run')).toMatchObject([0, { ok: true, isDryRun: true, entries: 1, added: 1 }])
  expect((await asOffice(tenantId, (ctx) => listStatements(ctx, { cursor: null, limit: 10 }))).rows).toEqual([])
  expect(await run(path)).toMatchObject([0, { entries: 1, added: 1 }])
  expect(await run(path)).toMatchObject([0, { entries: 1, added: 0 }])
  const { rows } = await asOffice(tenantId, (ctx) => listStatements(ctx, { cursor: null, limit: 10 }))
  expect(rows).toMatchObject([{ format: 'mt940', closing: { minor: 104034n }, newCount: 1, openCount: 1 }])
  const entries = await asOffice(tenantId, (ctx) => listStatementEntries(ctx, rows[0]?.id ?? ''))
  expect(entries).toMatchObject([{ state: 'open', text: 'MG', amount: { minor: 4034n } }])

  writeFileSync(path, '<!DOCTYPE d [<!ENTITY x "y">]><Document/>')
  expect(await run(path)).toEqual([1, { ok: false, error: 'xml-forbidden', place: '' }])
  expect((await run('/no/such/file'))[0]).toBe(2)
})
