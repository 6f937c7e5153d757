import { afterEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { insertShowbacks } from '#app/db/charges/showbacks.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { insertInvoiceParts, insertInvoices } from '#app/db/documents/invoices.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { showbacksOf } from '#app/domain/invoice/showbacks.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { listShowbacks, readShowback } from '#app/reports/invoices/showbacks.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'

afterEach(() => setClock())

/** Hanse pays for itself and for two departments: 10.00 of its own, 20.00 of R&D, 30.00 of IT in June. */
async function hanse() {
  const tenantId = await buildTenant()
  const enterprise = await buildAccount(tenantId, { name: 'Hanse Maschinenbau AG', kind: 'enterprise' })
  const research = await buildAccount(tenantId, { name: 'R&D', parentAccountId: enterprise })
  const it = await buildAccount(tenantId, { name: 'IT', parentAccountId: enterprise })
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'traffic.sent' }])
  const contractId = await buildContract(tenantId, { accountId: enterprise, priceBookId: book.priceBookId })
  const june = { contractId, payerAccountId: enterprise, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '' }
  const used = (accountId: string, gb: string) => ({ ...june, accountId, billingPeriod: '2026-06-01', quantity: gb, amount: gb })
  await buildCharges(tenantId, [used(enterprise, '10'), used(research, '20'), used(it, '30')])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  invariant(invoice, 'there is no invoice')
  return { tenantId, enterprise, research, it, invoice }
}

test('departments are sections of the payer’s one invoice, with what each came to', async () => {
  const { invoice } = await hanse()
  expect(invoice.sections.map((section) => [section.name, section.net.minor])).toEqual([
    ['Hanse Maschinenbau AG', 1000n],
    ['IT', 3000n],
    ['R&D', 2000n],
  ])
  expect(invoice.net.minor).toBe(6000n)
})

test('departments and payer share the tax of the invoice to the cent', async () => {
  const { tenantId, enterprise, research, it, invoice } = await hanse()
  const { rows } = await inPanel(tenantId, [enterprise, research, it], (ctx) => listShowbacks(ctx, { limit: 10 }))
  expect(rows.map(({ name, tax, total }) => [name, tax.minor, total.minor]).sort()).toEqual([
    ['IT', 570n, 3570n],
    ['R&D', 380n, 2380n],
  ])
  expect([invoice.tax.minor, invoice.total.minor]).toEqual([1140n, 7140n])
})

test('a department that does not pay sees what it used, and nothing of the invoice or of the others', async () => {
  const { tenantId, research, invoice } = await hanse()
  const seen = await inPanel(tenantId, [research], async (ctx) => {
    const { rows } = await listShowbacks(ctx, { limit: 10 })
    return { rows, first: rows[0] && (await readShowback(ctx, rows[0].id)), invoice: await readFinalisedInvoice(ctx, invoice.id) }
  })
  expect(seen.rows.map(({ name, net, periodStart }) => [name, net.minor, periodStart])).toEqual([['R&D', 2000n, '2026-06-01']])
  expect(seen.first?.lines.map((line) => [line.quantity, line.net.minor])).toEqual([['20', 2000n]])
  expect(seen.invoice).toBeUndefined()
})

test('a consolidated invoice without one of its departments’ lines is refused by the database', async () => {
  const { tenantId, it, invoice } = await hanse()
  const withoutIt = asOffice(tenantId, async (ctx) => {
    const stored = await readFinalisedInvoice(ctx, invoice.id)
    invariant(stored, 'there is no invoice')
    const whole = { ...stored.invoice, id: newId(), lines: stored.invoice.lines.map((line) => ({ ...line, id: newId() })) }
    await insertShowbacks(ctx, whole, showbacksOf(whole))
    const kept = whole.lines.filter((line) => line.sectionAccountId !== it)
    const amounts = { netMinor: 3000n, taxMinor: 570n, totalMinor: 3570n, currency: 'EUR' }
    const place = { series: 'MG-2026', year: 2026, sequence: 2, number: 'MG-2026-00002', contentHash: 'h', previousHash: null }
    const document = {
      ...whole,
      ...amounts,
      ...place,
      billingRunId: null,
      refersToId: null,
      lines: kept.map(({ subject, net, period, ...line }) => ({
        ...line,
        description: subject,
        netMinor: net.minor,
        periodStart: period.start,
        periodEnd: period.end,
      })),
      taxes: whole.taxes.map((tax) => ({ ...tax, baseMinor: 3000n, taxMinor: 570n })),
    }
    await insertInvoiceParts(ctx, [document])
    await insertInvoices(ctx, [{ ...document, issuer: 'own', lineCount: document.lines.length }])
    // What the end of the transaction would do.
    await ctx.db.$executeRaw`set constraints all immediate`
  })
  await expect(withoutIt).rejects.toThrow('showback_lines_are_on_the_document')
})

test('a department that moves to another payer leaves its history where it was', async () => {
  const { tenantId, enterprise, research, invoice } = await hanse()
  const other = await buildAccount(tenantId, { name: 'Weser Anlagenbau AG', kind: 'enterprise' })
  await asOffice(tenantId, ({ db }) => db.account.updateMany({ where: { id: research }, data: { parentAccountId: other } }))

  const [after] = await invoicesOf(tenantId)
  expect(after).toEqual(invoice)
  const seen = await inPanel(tenantId, [research], (ctx) => listShowbacks(ctx, { limit: 10 }))
  expect(seen.rows.map(({ net }) => net.minor)).toEqual([2000n])
  const theirs = await inPanel(tenantId, [other], (ctx) => readFinalisedInvoice(ctx, invoice.id))
  expect([theirs, after?.accountId]).toEqual([undefined, enterprise])
})
