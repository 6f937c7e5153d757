import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import type { BankStatement, StatementEntry } from '#app/domain/reconciliation/bank-statement.ts'
import { announcePayment } from '#app/services/payments/announce-payment.server.ts'
import { refundPayment } from '#app/services/payments/refund-payment.server.ts'
import { acceptEntry, putAside, takeOut } from '#app/services/reconciliation/accept-entry.server.ts'
import { type ImportStatementInput, importBankStatement } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { matchOutgoing } from '#app/services/reconciliation/match-outgoing.server.ts'
import { acceptSureMatches, suggestMatches } from '#app/services/reconciliation/suggest-matches.server.ts'
import { saveBankDetails } from '#app/services/tenancy/save-bank-details.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, eur, receive, stateOf } from '#tests/support/payments.ts'

const iban = 'DE89370400440532013000'
let seller: Awaited<ReturnType<typeof sellerWithInvoice>>

// Meridian is paid into an account in Germany; its invoice of 40.34 is open.
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const bank = { holder: 'Meridian Grid GmbH', bankName: 'Musterbank', iban, bic: '', qrIban: '' }
  await asOffice(seller.tenantId, (ctx) => saveBankDetails(ctx, bank))
  setClock(fixedClock('2026-07-10T08:00:00Z'))
})
afterEach(() => setClock())

const line = (minor: bigint, text: string, facts: Partial<StatementEntry> = {}): StatementEntry => ({
  bookedOn: '2026-07-02',
  amount: eur(minor),
  reference: null,
  text,
  counterparty: { name: 'Brandt Versand GmbH', iban: 'AT611904300234573201' },
  bankReference: null,
  ...facts,
})

function statementOf(entries: readonly StatementEntry[], facts: Partial<BankStatement> = {}): BankStatement {
  const closing = entries.reduce((total, { amount }) => total + amount.minor, 100_000n)
  const balances = { opening: eur(100_000n), closing: eur(closing) }
  return { account: iban, number: '128', currency: 'EUR', fromDay: '2026-07-02', toDay: '2026-07-02', balances, entries, ...facts }
}

const load = (statement: BankStatement, facts: Partial<ImportStatementInput> = {}) =>
  asOffice(seller.tenantId, (ctx) =>
    importBankStatement(ctx, { fileName: 'july.xml', hash: 'first', format: 'camt.053', statements: [statement], ...facts }),
  )
const queue = () => asOffice(seller.tenantId, (ctx) => suggestMatches(ctx, { after: null, limit: 50 }))

describe('a bank file', () => {
  test('is taken once: the same file again, also many at once, changes nothing', async () => {
    const statement = statementOf([line(4034n, 'MG-2026-00001'), line(-750n, 'Fee')])
    const answers = await Promise.all(Array.from({ length: 6 }, () => load(statement)))
    expect(answers.map((answer) => answer.ok && answer.value.added).filter((added) => added === 2)).toHaveLength(1)
    expect(answers.map((answer) => answer.ok && answer.value.added).filter((added) => added === 0)).toHaveLength(5)
    expect(await queue()).toHaveLength(2)
  })

  test('that overlaps with an earlier one brings only what is new, and payments that are alike stay two', async () => {
    const [twice, other] = [line(1000n, 'Abo'), line(500n, 'Abo', { bankReference: 'BR-9' })]
    await load(statementOf([twice, twice, other]))
    const again = await load(statementOf([twice, twice, other, line(700n, 'Neu')]), { hash: 'second', format: 'mt940' })
    expect(again).toMatchObject({ ok: true, value: { entries: 4, added: 1 } })
    expect((await queue()).map(({ entry }) => entry.amount.minor)).toEqual([1000n, 1000n, 500n, 700n])
  })

  test.each([
    ['of another account', statementOf([], { account: 'AT611904300234573201' }), 'unknown-account'],
    ['in another currency', statementOf([], { currency: 'CHF' }), 'other-currency'],
    ['whose balances do not agree', statementOf([line(1n, 'x')], { balances: { opening: eur(0n), closing: eur(2n) } }), 'balances-differ'],
    ['with an entry over nothing', statementOf([line(0n, 'x')]), 'entry-of-nothing'],
  ])('%s is refused, and nothing of it is kept', async (_what, statement, error) => {
    expect(await load(statementOf([line(4034n, 'x')]), { statements: [statementOf([line(9n, 'y')]), statement] })).toEqual({
      ok: false,
      error,
    })
    expect(await queue()).toEqual([])
  })

  test('that names the account as German banks did is known', async () => {
    expect(await load(statementOf([line(1n, 'x')], { account: '37040044/532013000' }))).toMatchObject({ ok: true })
  })

  test('may be looked at first: a dry run tells what is new and keeps nothing', async () => {
    expect(await load(statementOf([line(4034n, 'x')]), { isDryRun: true })).toMatchObject({ ok: true, value: { entries: 1, added: 1 } })
    expect(await queue()).toEqual([])
  })

  test('of a seller that told no bank account is refused', async () => {
    const { tenantId } = await sellerWithInvoice()
    const input = { fileName: 'x', hash: 'x', format: 'csv', statements: [statementOf([])] } as const
    expect(await asOffice(tenantId, (ctx) => importBankStatement(ctx, input))).toEqual({ ok: false, error: 'no-bank-details' })
  })
})

describe('an entry of the bank', () => {
  test('that is sure pays its invoice at one click, and what is not sure waits', async () => {
    await load(statementOf([line(4034n, 'Rechnung MG-2026-00001'), line(1234n, 'danke')]))
    expect(await asOffice(seller.tenantId, (ctx) => acceptSureMatches(ctx))).toEqual({ ok: true, value: 1 })
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect((await queue()).map(({ entry }) => entry.amount.minor)).toEqual([1234n])
    expect(await asOffice(seller.tenantId, (ctx) => acceptSureMatches(ctx))).toEqual({ ok: true, value: 0 })
  })

  test('twice for one invoice is sure once only', async () => {
    const pay = (bankReference: string) => line(4034n, 'MG-2026-00001', { bankReference })
    await load(statementOf([pay('A'), pay('B')]))
    expect(await asOffice(seller.tenantId, (ctx) => acceptSureMatches(ctx))).toEqual({ ok: true, value: 1 })
    const [rest] = await queue()
    expect(rest?.suggestions).toEqual([])
  })

  test('accepted by twenty people at once is one payment', async () => {
    await load(statementOf([line(5000n, 'MG-2026-00001')]))
    const [item] = await queue()
    const [suggestion] = item?.suggestions ?? []
    if (!item || !suggestion) throw new Error('there is no suggestion')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => asOffice(seller.tenantId, (ctx) => acceptEntry(ctx, { ...suggestion, entryId: item.entry.id }))),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await booksOf(seller.tenantId)).toMatchObject({ bank: 5000n, 'unapplied-cash': -966n })
  })

  test('from the account of an earlier payer is suggested for that buyer', async () => {
    const payer = { name: 'B. Brandt', iban: 'AT611904300234573201' }
    await receive(seller.tenantId, seller.accountId, 100n, { payer })
    await load(statementOf([line(2000n, 'Teilzahlung', { counterparty: payer })]))
    const [item] = await queue()
    expect(item?.suggestions[0]).toMatchObject({ accountId: seller.accountId, reasons: ['payer-account'], isSure: false })
  })

  test('that was announced closes the announcement', async () => {
    const announced = await asOffice(seller.tenantId, (ctx) =>
      announcePayment(ctx, {
        accountId: seller.accountId,
        amount: eur(500_000n),
        dueOn: '2026-07-20',
        formKey: '01981b1e-0000-7000-8000-000000000001',
      }),
    )
    const reference = announced.ok ? announced.value.reference : ''
    await load(statementOf([line(500_000n, `Zahlung ${reference}`)]))
    expect(await asOffice(seller.tenantId, (ctx) => acceptSureMatches(ctx))).toEqual({ ok: true, value: 1 })
    const [expected] = await asOffice(seller.tenantId, ({ db }) => db.expectedPayment.findMany())
    expect(expected).toMatchObject({ state: 'received' })
    expect(expected?.paymentId).not.toBeNull()
  })

  test('that went out stands for a refund or for a payment the bank took back, of exactly that amount', async () => {
    const { tenantId, accountId } = seller
    const [first, second] = [await receive(tenantId, accountId, 5000n), await receive(tenantId, accountId, 700n)]
    await asOffice(tenantId, (ctx) => refundPayment(ctx, { paymentId: first.id, amount: eur(5000n), reason: 'Paid twice', sourceKey: 'r' }))
    const [refund] = await asOffice(tenantId, ({ db }) => db.paymentRefund.findMany())
    await load(statementOf([line(-5000n, 'Erstattung'), line(-700n, 'Rückgabe')]))
    const [out, back] = (await queue()).map(({ entry }) => entry.id)
    const match = (entryId: string, kind: 'refund' | 'return', id: string) =>
      asOffice(tenantId, (ctx) => matchOutgoing(ctx, { entryId, kind, id }))
    expect(await match(out ?? '', 'return', second.id)).toEqual({ ok: false, error: 'not-offered' })
    expect(await match(out ?? '', 'refund', refund?.id ?? '')).toMatchObject({ ok: true })
    expect(await match(back ?? '', 'return', second.id)).toMatchObject({ ok: true })
    expect(await match(back ?? '', 'return', second.id)).toEqual({ ok: false, error: 'entry-decided' })
    expect((await booksOf(tenantId)).bank).toBeUndefined()
    expect(await queue()).toEqual([])
  })

  test('put aside leaves the queue with a reason, and comes back when it is taken out', async () => {
    await load(statementOf([line(-750n, 'Kontoführung')]))
    const [item] = await queue()
    const entryId = item?.entry.id ?? ''
    expect(await asOffice(seller.tenantId, (ctx) => putAside(ctx, { entryId, reason: 'Fee of the bank' }))).toMatchObject({ ok: true })
    expect(await queue()).toEqual([])
    expect(await asOffice(seller.tenantId, (ctx) => takeOut(ctx, { entryId }))).toMatchObject({ ok: true })
    expect(await queue()).toHaveLength(1)
  })
})
