import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { money } from '#app/domain/money/money.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { amountsOf, billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { chainProblems } from '#tests/support/invoice-series.ts'
import { credit, creditAmount, creditUnits, linesOf, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const later = () => setClock(fixedClock('2026-07-09T08:00:00Z'))

async function document(tenantId: string, id: string) {
  const found = await asOffice(tenantId, (ctx) => readInvoice(ctx, id))
  if (!found) throw new Error('no such document')
  return found
}

async function noteOf(tenantId: string, made: Awaited<ReturnType<typeof credit>>) {
  if (!made.ok) throw new Error(made.error)
  return document(tenantId, made.value.creditNoteId)
}

const balances = async (tenantId: string) =>
  Object.fromEntries((await asOffice(tenantId, trialBalance)).map(({ code, balance }) => [code, balance.minor]))

describe('a credit note', () => {
  test('over everything takes the invoice back: own number, reference, its rates, nothing owed and nothing earned', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    const note = await noteOf(tenantId, await credit(tenantId, { invoiceId: invoice.id, request: { kind: 'rest' } }))

    expect([note.documentType, note.number, note.issueDate, note.status]).toEqual([
      'credit-note',
      'MG-CN-2026-00001',
      '2026-07-09',
      'issued',
    ])
    expect(amountsOf(note)).toEqual([3390n, 644n, 4034n])
    expect([note.refersTo?.number, note.reason]).toEqual(['MG-2026-00001', 'Agreed by phone'])
    const after = await document(tenantId, invoice.id)
    expect([after.status, after.credited.minor, after.paid.minor]).toEqual(['paid', 4034n, 4034n])
    expect(after.referredToBy.map(({ number }) => number)).toEqual(['MG-CN-2026-00001'])
    expect(await balances(tenantId)).toEqual({ receivable: 0n, 'revenue.usage': 0n, 'tax-payable.S.19': 0n })
  })

  test('of 20 of 60 GB gives 3.00 and its tax back; the invoice asks for the rest', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    const traffic = linesOf(invoice).find((line) => line.subject.meter === 'traffic.sent')
    const note = await noteOf(tenantId, await creditUnits(tenantId, invoice.id, traffic?.id ?? '', '20'))

    expect(amountsOf(note)).toEqual([300n, 57n, 357n])
    expect(linesOf(note).map((line) => [line.billedQuantity, line.unitPrice, line.net.minor])).toEqual([['20', '0.15', 300n]])
    const after = await document(tenantId, invoice.id)
    expect([after.status, after.total.minor - after.paid.minor]).toEqual(['partly-paid', 3677n])
    expect([after.settledByCredit.minor, after.paid.minor]).toEqual([357n, 357n])
  })

  test('of an amount that was agreed lowers income on an account of its own', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    const note = await noteOf(tenantId, await creditAmount(tenantId, invoice.id, 1000n))

    expect(amountsOf(note)).toEqual([840n, 160n, 1000n])
    expect(linesOf(note).map((line) => [line.kind, line.subject.text])).toEqual([['credit', 'Agreed by phone']])
    expect(await balances(tenantId)).toEqual({
      receivable: 3034n,
      'revenue.credit': 840n,
      'revenue.usage': -3390n,
      'tax-payable.S.19': -484n,
    })
  })

  test('never goes beyond the invoice, whoever credits it at the same time', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    const tries = await Promise.all(Array.from({ length: 12 }, () => creditAmount(tenantId, invoice.id, 900n)))
    expect(tries.filter((made) => made.ok)).toHaveLength(4)
    expect(tries.filter((made) => !made.ok)).toEqual(Array.from({ length: 8 }, () => ({ ok: false, error: 'credit-exceeds-invoice' })))

    const last = await noteOf(tenantId, await credit(tenantId, { invoiceId: invoice.id, request: { kind: 'rest' } }))
    expect(last.total.minor).toBe(434n)
    expect((await balances(tenantId)).receivable).toBe(0n)
    expect(await chainProblems(tenantId)).toEqual([])
  })

  test('in another currency than the invoice is a mistake of the program', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    const francs = { kind: 'amount', amount: money(100n, 'CHF') } as const
    await expect(credit(tenantId, { invoiceId: invoice.id, request: francs })).rejects.toThrow('CHF on an invoice in EUR')
  })

  test('is refused for a void invoice, and an invoice with a credit cannot be voided', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    await creditAmount(tenantId, invoice.id, 100n)
    const voiding = (invoiceId: string) => asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId, reason: 'Wrong buyer' }))
    expect(await voiding(invoice.id)).toEqual({ ok: false, error: 'invoice-already-credited' })

    const other = await sellerWithInvoice()
    await asOffice(other.tenantId, (ctx) => voidInvoice(ctx, { invoiceId: other.invoice.id, reason: 'Wrong buyer' }))
    expect(await creditAmount(other.tenantId, other.invoice.id, 100n)).toEqual({ ok: false, error: 'invoice-not-creditable' })
  })
})

describe('charges that were credited by line', () => {
  test('stay settled', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    await credit(tenantId, { invoiceId: invoice.id, request: { kind: 'rest' } })
    expect(await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')).toBe(0)
  })

  test('are charged again when that was asked for, and only those that came back whole', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    later()
    const [hours, traffic] = linesOf(invoice)
    const parts = [
      { lineId: hours?.id ?? '', part: { kind: 'rest' } },
      { lineId: traffic?.id ?? '', part: { kind: 'net', net: money(100n, 'EUR') } },
    ] as const
    await credit(tenantId, { invoiceId: invoice.id, request: { kind: 'lines', parts }, isChargedAgain: true })

    expect(await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')).toBe(1)
    const july = (await invoicesOf(tenantId)).find(({ number }) => number === 'MG-2026-00002')
    expect(july && linesOf(july).map((line) => [line.subject.meter, line.net.minor])).toEqual([['server.running', 2490n]])
  })
})
