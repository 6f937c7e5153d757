import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import type { DraftContent } from '#app/domain/invoice/document-draft.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { trialBalance } from '#app/reports/ledger/query.server.ts'
import { composeDocument } from '#app/services/invoices/compose-document.server.ts'
import { creditAndReissue } from '#app/services/invoices/credit-and-reissue.server.ts'
import { issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { discardDraft, saveDraft } from '#app/services/invoices/save-draft.server.ts'
import { invoiceProForma, startDebitNote, startDraft } from '#app/services/invoices/start-draft.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { amountsOf, billMonth } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import { creditAmount, linesOf, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const typed = (text: string, quantity: string, unitPrice: string): DraftContent['lines'][number] => ({
  kind: 'typed',
  text,
  product: null,
  quantity: new Decimal(quantity),
  unitPrice: new Decimal(unitPrice),
})

const hours = typed('Migration of two servers', '3.5', '95.00')

async function draftOf(tenantId: string, draftId: string) {
  const draft = await asOffice(tenantId, (ctx) => readDocumentDraft(ctx, draftId))
  invariant(draft, 'there is no draft')
  return draft
}

/** Types `changes` over what the draft says. */
async function type(tenantId: string, draftId: string, changes: Partial<DraftContent>) {
  const { version, content } = await draftOf(tenantId, draftId)
  const saved = await asOffice(tenantId, (ctx) => saveDraft(ctx, { draftId, version, content: { ...content, ...changes } }))
  if (!saved.ok) throw new Error(saved.error)
}

async function issue(tenantId: string, draftId: string) {
  const { version } = await draftOf(tenantId, draftId)
  const issued = await asOffice(tenantId, (ctx) => issueDraft(ctx, { draftId, version }))
  if (!issued.ok) throw new Error(issued.error)
  const document = await asOffice(tenantId, (ctx) => readInvoice(ctx, issued.value.invoiceId))
  invariant(document, 'there is no document')
  return document
}

async function started<E extends string>(
  made: Promise<{ ok: true; value: { draftId: string } } | { ok: false; error: E }>,
): Promise<string> {
  const result = await made
  if (!result.ok) throw new Error(result.error)
  return result.value.draftId
}

async function begin(tenantId: string, accountId: string, documentType: 'invoice' | 'pro-forma' = 'invoice'): Promise<string> {
  return started(asOffice(tenantId, (ctx) => startDraft(ctx, { accountId, documentType })))
}

const balances = async (tenantId: string) =>
  Object.fromEntries((await asOffice(tenantId, trialBalance)).map(({ code, balance }) => [code, balance.minor]))

describe('an invoice that staff write', () => {
  test('is what its preview said, numbered after the last one, and booked', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    setClock(fixedClock('2026-07-09T08:00:00Z'))
    const draftId = await begin(tenantId, accountId)
    await type(tenantId, draftId, { lines: [hours, typed('Travel', '1', '0.005')] })
    const draft = await draftOf(tenantId, draftId)
    const preview = await asOffice(tenantId, (ctx) => composeDocument(ctx, draft))
    const invoice = await issue(tenantId, draftId)

    expect(preview.ok && preview.value.document.total.minor).toBe(39569n)
    expect([invoice.number, invoice.issueDate, invoice.dueDate, invoice.status]).toEqual([
      'MG-2026-00002',
      '2026-07-09',
      '2026-07-23',
      'open',
    ])
    expect(amountsOf(invoice)).toEqual([33251n, 6318n, 39569n])
    expect(linesOf(invoice).map((line) => [line.subject.text, line.net.minor])).toEqual([
      ['Migration of two servers', 33250n],
      ['Travel', 1n],
    ])
    expect((await balances(tenantId))['revenue.item']).toBe(-33251n)
  })

  test('changes nothing about what the next run takes', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    setClock(fixedClock('2026-07-09T08:00:00Z'))
    const draftId = await begin(tenantId, accountId)
    await type(tenantId, draftId, { lines: [hours] })
    await issue(tenantId, draftId)
    expect(await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')).toBe(0)
  })

  test('names buyer, reference and order number as typed until it is issued', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    const draftId = await begin(tenantId, accountId)
    const { content } = await draftOf(tenantId, draftId)
    const buyer = { ...content.buyer, name: 'Linde Filialen GmbH', reference: 'KST 4711', purchaseOrder: 'PO-2026-17' }
    await type(tenantId, draftId, { lines: [hours], buyer })
    const { id } = await issue(tenantId, draftId)
    const stored = await asOffice(tenantId, (ctx) => readFinalisedInvoice(ctx, id))
    expect(stored?.invoice.buyer).toMatchObject({ name: 'Linde Filialen GmbH', reference: 'KST 4711', purchaseOrder: 'PO-2026-17' })
    const late = asOffice(tenantId, (ctx) => saveDraft(ctx, { draftId, version: 99, content }))
    expect(await late).toEqual({ ok: false, error: 'draft-changed' })
  })

  test('is issued once, however often that is asked for, and not from an older version than the one read', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    const draftId = await begin(tenantId, accountId)
    await type(tenantId, draftId, { lines: [hours] })
    const { version } = await draftOf(tenantId, draftId)
    const ask = (which: number) => asOffice(tenantId, (ctx) => issueDraft(ctx, { draftId, version: which }))
    expect(await ask(version - 1)).toEqual({ ok: false, error: 'draft-changed' })
    const both = await Promise.all([ask(version), ask(version)])
    expect(both.filter((made) => made.ok)).not.toEqual([])
    const again = await ask(version)
    expect(both.filter((made) => made.ok)).toContainEqual(again)
    const count = await asOffice(tenantId, ({ db }) => db.invoice.count())
    expect(count).toBe(2)
  })

  test('without a line is none, and one that is thrown away took no number', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    const draftId = await begin(tenantId, accountId)
    expect(await asOffice(tenantId, (ctx) => issueDraft(ctx, { draftId, version: 1 }))).toEqual({ ok: false, error: 'nothing-to-bill' })
    expect(await asOffice(tenantId, (ctx) => discardDraft(ctx, { draftId, version: 1 }))).toEqual({ ok: true, value: undefined })
    const other = await begin(tenantId, accountId)
    await type(tenantId, other, { lines: [hours] })
    expect((await issue(tenantId, other)).number).toBe('MG-2026-00002')
  })
})

describe('a pro-forma', () => {
  test('has a series of its own, owes nothing, and becomes the invoice once', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    const before = await balances(tenantId)
    const draftId = await begin(tenantId, accountId, 'pro-forma')
    await type(tenantId, draftId, { lines: [hours] })
    const proForma = await issue(tenantId, draftId)
    expect([proForma.number, proForma.status]).toEqual(['MG-PF-2026-00001', 'issued'])
    expect(await balances(tenantId)).toEqual(before)

    const taken = await started(asOffice(tenantId, (ctx) => invoiceProForma(ctx, { invoiceId: proForma.id })))
    const twice = await asOffice(tenantId, (ctx) => invoiceProForma(ctx, { invoiceId: proForma.id }))
    expect(twice).toEqual({ ok: false, error: 'already-taken-over' })
    const invoice = await issue(tenantId, taken)
    expect([invoice.documentType, invoice.number, invoice.total]).toEqual(['invoice', 'MG-2026-00002', proForma.total])
  })

  test('can be withdrawn, and is not credited', async () => {
    const { tenantId, accountId } = await sellerWithInvoice()
    const draftId = await begin(tenantId, accountId, 'pro-forma')
    await type(tenantId, draftId, { lines: [hours] })
    const { id } = await issue(tenantId, draftId)
    expect(await creditAmount(tenantId, id, 100n)).toEqual({ ok: false, error: 'invoice-not-creditable' })
    expect(await asOffice(tenantId, (ctx) => voidInvoice(ctx, { invoiceId: id, reason: 'Offer refused' }))).toMatchObject({ ok: true })
    expect(await asOffice(tenantId, (ctx) => invoiceProForma(ctx, { invoiceId: id }))).toEqual({ ok: false, error: 'not-a-pro-forma' })
  })
})

test('a debit note adds to its invoice at the invoice’s rate, with a reason', async () => {
  const { tenantId, accountId, invoice } = await sellerWithInvoice()
  await asOffice(tenantId, ({ db }) => db.account.updateMany({ where: { id: accountId }, data: { country: 'FR' } }))
  const draftId = await started(asOffice(tenantId, (ctx) => startDebitNote(ctx, { invoiceId: invoice.id })))
  await type(tenantId, draftId, { lines: [typed('Traffic that was not metered', '10', '0.15')] })
  const { version } = await draftOf(tenantId, draftId)
  expect(await asOffice(tenantId, (ctx) => issueDraft(ctx, { draftId, version }))).toEqual({ ok: false, error: 'reason-missing' })
  await type(tenantId, draftId, { reason: 'Meter stood still on 14 June' })
  const note = await issue(tenantId, draftId)

  expect([note.number, note.status, note.refersTo?.number]).toEqual(['MG-DN-2026-00001', 'open', 'MG-2026-00001'])
  expect(note.taxes.map((tax) => [tax.rate, tax.tax.minor])).toEqual([['19', 29n]])
  expect((await balances(tenantId)).receivable).toBe(4034n + 179n)
})

describe('credit and re-issue', () => {
  test('takes the invoice back and writes it anew for the right buyer, taxed as that one is', async () => {
    const { tenantId, accountId, invoice } = await sellerWithInvoice()
    setClock(fixedClock('2026-07-09T08:00:00Z'))
    await asOffice(tenantId, ({ db }) =>
      db.account.updateMany({ where: { id: accountId }, data: { vatId: 'FR40303265045', vatIdStatus: 'valid', country: 'FR' } }),
    )
    const made = await asOffice(tenantId, (ctx) => creditAndReissue(ctx, { invoiceId: invoice.id, reason: 'Wrong address' }))
    if (!made.ok) throw new Error(made.error)
    const { content } = await draftOf(tenantId, made.value.draftId)
    await type(tenantId, made.value.draftId, { buyer: { ...content.buyer, country: 'FR', vatId: 'FR40303265045' } })
    const anew = await issue(tenantId, made.value.draftId)

    expect(amountsOf(anew)).toEqual([3390n, 0n, 3390n])
    expect(anew.taxes.map(({ category, reason }) => [category, reason])).toEqual([['AE', 'reverse-charge-eu']])
    expect(linesOf(anew).map((line) => [line.subject.meter, line.net.minor])).toEqual(
      linesOf(invoice).map((line) => [line.subject.meter, line.net.minor]),
    )
    expect(await balances(tenantId)).toMatchObject({ receivable: 3390n, 'revenue.usage': -3390n, 'tax-payable.S.19': 0n })
    expect(await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')).toBe(0)
  })

  test('is refused when something was credited before, and then changes nothing', async () => {
    const { tenantId, invoice } = await sellerWithInvoice()
    await creditAmount(tenantId, invoice.id, 100n)
    const made = await asOffice(tenantId, (ctx) => creditAndReissue(ctx, { invoiceId: invoice.id, reason: 'Wrong address' }))
    expect(made).toEqual({ ok: false, error: 'invoice-already-credited' })
    expect((await asOffice(tenantId, (ctx) => readInvoice(ctx, invoice.id)))?.credited.minor).toBe(100n)
  })
})
