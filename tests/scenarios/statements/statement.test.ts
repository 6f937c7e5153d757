import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import { money } from '#app/domain/money/money.ts'
import type { Statement, StatementSpan } from '#app/domain/statement/statement.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { allocatePayment } from '#app/services/payments/allocate-payment.server.ts'
import { recordPayment } from '#app/services/payments/record-payment.server.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { readParentStatement } from '#app/services/purchases/read-parent-statement.server.ts'
import { openStatement } from '#app/services/statements/open-statement.server.ts'
import { readStatement } from '#app/services/statements/read-statement.server.ts'
import { documentRenderer, pageOfStatement } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { mirror, providerWithReseller } from '#tests/support/edges.ts'
import { creditAmount } from '#tests/support/one-invoice.ts'
import type { Seller } from '#tests/support/usage.ts'

let provider: Seller
let reseller: Seller
beforeEach(async () => {
  ;({ provider, reseller } = await providerWithReseller())
})
afterEach(() => setClock())
afterAll(() => documentRenderer().close())

const july: StatementSpan = { currency: 'EUR', start: '2026-07-01', end: '2026-08-01' }
const august: StatementSpan = { currency: 'EUR', start: '2026-08-01', end: '2026-09-01' }

/** 40.00 and VAT on 1 July, 47.60; of it 11.90 credited; 30.00 paid by wire, 5.70 too much in a second one that the bank took back. */
async function busyJuly(): Promise<void> {
  const { tenantId } = provider
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  await creditAmount(tenantId, invoice?.id ?? '', 1190n)
  const first = await pay(3000n, 'RE 1')
  await asOffice(tenantId, (ctx) => allocatePayment(ctx, { paymentId: first, invoiceId: invoice?.id ?? '', amount: money(3000n, 'EUR') }))
  const second = await pay(570n, '=cmd')
  await asOffice(tenantId, (ctx) => returnPayment(ctx, { paymentId: second, reason: 'No cover', sourceKey: `return:${second}` }))
}

async function pay(minor: bigint, reference: string): Promise<string> {
  const { tenantId, accountId } = provider
  const facts = { accountId, method: 'transfer', at: bank, amount: money(minor, 'EUR'), payer: null } as const
  const paid = await asOffice(tenantId, (ctx) =>
    recordPayment(ctx, { ...facts, receivedOn: '2026-07-01', reference, sourceKey: `test:${reference}` }),
  )
  if (!paid.ok) throw new Error(paid.error)
  return paid.value.id
}

/** What the seller's office reads. */
function ofOffice({ tenantId, accountId }: Seller, span: StatementSpan): Promise<Statement> {
  return asOffice(tenantId, async (ctx) => {
    const desk = await openStatement(ctx, accountId)
    return found(await readStatement(ctx, { accountId, ledgerAccountIds: desk?.ledgerAccountIds ?? [], span }))
  })
}

function found(read: { ok: true; value: Statement } | { ok: false; error: string }): Statement {
  if (!read.ok) throw new Error(read.error)
  return read.value
}

const shown = ({ lines }: Statement) => lines.map(({ kind, text, amount, balance }) => [kind, text, amount.minor, balance.minor])

describe('a statement of account', () => {
  test('leads from what was owed to what is owed, each entry once, money that only moves about not at all', async () => {
    await busyJuly()
    const statement = await ofOffice(provider, july)
    expect([statement.opening.minor, statement.closing.minor]).toEqual([0n, 570n])
    expect(shown(statement)).toEqual([
      ['invoice', null, 4760n, 4760n],
      ['credit-note', null, -1190n, 3570n],
      ['payment', 'RE 1', -3000n, 570n],
      ['payment', '=cmd', -570n, 0n],
      ['chargeback', null, 570n, 570n],
    ])
  })

  test('begins where the one before ended, and every line of a document leads to it', async () => {
    await busyJuly()
    await billMonth(provider.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    const [invoice, credit, next] = [...(await invoicesOf(provider.tenantId))].sort((a, b) => (a.id < b.id ? -1 : 1))
    const first = await ofOffice(provider, july)
    const second = await ofOffice(provider, august)
    expect(second.opening).toEqual(first.closing)
    expect(second.closing.minor).toBe(570n + 1190n)
    expect(first.lines.map(({ documentId }) => documentId)).toEqual([invoice?.id, credit?.id, null, null, null])
    expect(second.lines.map(({ number }) => number)).toEqual([next?.number])
  })

  test('is the same in the panel, which reads nothing of anybody else', async () => {
    await busyJuly()
    const { tenantId, accountId } = provider
    const desk = await asOffice(tenantId, (ctx) => openStatement(ctx, accountId))
    const edge = { accountId, ledgerAccountIds: desk?.ledgerAccountIds ?? [], span: july }
    const own = await inPanel(tenantId, [accountId], (ctx) => readStatement(ctx, edge))
    expect(found(own)).toEqual(await ofOffice(provider, july))
    const other = await inPanel(tenantId, [], (ctx) => readStatement(ctx, edge))
    expect(shown(found(other))).toEqual([])
  })

  test('is the same file each time', async () => {
    await busyJuly()
    const statement = await ofOffice(provider, july)
    const desk = await asOffice(provider.tenantId, (ctx) => openStatement(ctx, provider.accountId))
    if (!desk) throw new Error('there is no account')
    const parties = { ...desk.parties, seller: { ...desk.parties.seller, slug: 'meridian' } }
    const file = async () => Buffer.from(await documentRenderer().renderStatement(await pageOfStatement(statement, parties)))
    expect((await file()).equals(await file())).toBe(true)
  })
})

describe('the two sides of a contract', () => {
  const figures = ({ opening, lines, closing }: Statement) =>
    JSON.stringify([opening, lines.map(({ entryId: _, ...line }) => line), closing], (_key, value) =>
      typeof value === 'bigint' ? value.toString() : value,
    )

  test('read one statement, byte for byte, each out of its own books', async () => {
    await busyJuly()
    await mirror(provider)
    await billMonth(provider.tenantId, '2026-07', '2026-08-01T06:00:00Z')
    const wrong = (await invoicesOf(provider.tenantId)).find(({ periodStart }) => periodStart === '2026-07-01')
    await asOffice(provider.tenantId, (ctx) => voidInvoice(ctx, { invoiceId: wrong?.id ?? '', reason: 'Wrong month' }))
    await mirror(provider)
    for (const span of [july, august]) {
      const above = await ofOffice(provider, span)
      const below = found(await asOffice(reseller.tenantId, (ctx) => readParentStatement(ctx, span)))
      expect(figures(below)).toBe(figures(above))
      expect(above.lines.length).toBeGreaterThan(1)
    }
  })
})
