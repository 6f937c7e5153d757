import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { SettlementSettings } from '#app/domain/settlement/settings.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readTaxReport } from '#app/reports/tax/query.server.ts'
import { createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { mirrorIssuer } from '#app/services/purchases/mirror-issuer.server.ts'
import { acceptOwnTerms } from '#app/services/settlement/accept-own-terms.server.ts'
import { readTermsPage } from '#app/services/settlement/read-terms.server.ts'
import { electronicOfInvoice, mailOfInvoice, pageOfInvoice } from '#app/wiring.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { agree, buildSettledEdge, invoiceCustomer, type SettledEdge } from '#tests/support/settled-edge.ts'

const actor = systemActor('purchases')
const issuing: Partial<SettlementSettings> = {
  pricing: 'revenue-share',
  collectsPayments: 'parent',
  issuer: 'parent',
  isSelfBilled: true,
  payoutRule: { kind: 'percent', percent: new Decimal(20) },
}

let edge: SettledEdge
beforeEach(async () => {
  edge = await buildSettledEdge()
})
afterEach(() => setClock())

/** What the job does after terms changed. */
const told = () => mirrorIssuer({ tenantId: edge.provider.tenantId, accountId: edge.provider.accountId, actor })

/** The reseller wants what its parent proposed. */
async function accepted(): Promise<void> {
  const { tenantId, accountId } = edge.provider
  const page = await asOffice(tenantId, (ctx) => readTermsPage(ctx, accountId))
  const termsId = page?.history.find(({ waitsFor }) => waitsFor === 'child')?.id ?? ''
  expect(await acceptOwnTerms({ tenantId: edge.reseller.tenantId, termsId, actor: systemActor('owner') })).toMatchObject({ ok: true })
  await told()
}

async function issued(invoiceId: string) {
  const stored = await asOffice(edge.reseller.tenantId, (ctx) => readFinalisedInvoice(ctx, invoiceId))
  if (!stored) throw new Error('there is no document')
  return stored.invoice
}

test('until the reseller agreed, its documents name nobody but itself', async () => {
  await agree(edge, issuing)
  await told()
  const invoice = await issued(await invoiceCustomer(edge))
  expect(invoice.number).toBe('AH-2026-00001')
  const everything = JSON.stringify([invoice, await electronicOfInvoice(invoice), await pageOfInvoice(invoice)], (_, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
  expect(everything).not.toContain('Meridian')
})

test('a document that the parent issues carries its name and numbers, in the look of the store', async () => {
  await agree(edge, issuing)
  await accepted()
  const invoice = await issued(await invoiceCustomer(edge))
  expect(invoice).toMatchObject({ number: 'MG-R1-2026-00001', seller: { legalName: 'Meridian Grid GmbH', country: 'DE', slug: 'ahorn' } })
  expect((await electronicOfInvoice(invoice)).seller).toMatchObject({
    name: 'Meridian Grid GmbH',
    tradingName: 'Ahorn Hosting GmbH',
    vatId: invoice.seller.vatId,
  })
  const page = await pageOfInvoice(invoice)
  expect(page.seller.lines[0]).toContain('Meridian Grid GmbH')
  expect(page.seller.footer.flat().join(' ')).not.toContain('Ahorn')
  const mail = await mailOfInvoice(invoice, { host: 'ahorn.localhost', reader: { name: 'Linde', language: null, link: null } })
  expect(mail.brand).toMatchObject({ name: 'Ahorn Hosting GmbH', legalName: 'Meridian Grid GmbH' })
})

test('the customer is taxed as the parent’s buyer, and the reseller reports none of it', async () => {
  const { tenantId } = edge.provider
  const rule = { kind: 'below-threshold', validFrom: new Date('2026-01-01'), enteredBy: 'test', createdAt: new Date('2026-01-01') }
  await asOffice(tenantId, ({ db }) => db.taxRegistration.createMany({ data: [{ tenantId, id: v7(), ...rule }] }))
  await agree(edge, issuing)
  await accepted()
  const invoice = await issued(await invoiceCustomer(edge))
  // A German seller that charges its own rate abroad.
  expect(invoice.taxes.map(({ rate, tax }) => [rate.toNumber(), tax.minor])).toEqual([[19, 1_900n]])
  const july = { from: '2026-07-01', to: '2026-08-01' }
  const report = await asOffice(edge.reseller.tenantId, (ctx) => readTaxReport(ctx, july))
  expect(report.lines).toEqual([])
  expect(report.checks.map(({ documents, booked }) => [documents.minor, booked.minor])).toEqual([[1_900n, 1_900n]])
})

test('what is credited of such a document is credited in the parent’s name and series', async () => {
  await agree(edge, issuing)
  await accepted()
  const invoiceId = await invoiceCustomer(edge)
  const credited = await asOffice(edge.reseller.tenantId, (ctx) =>
    createCreditNote(ctx, { invoiceId, request: { kind: 'rest' }, reason: 'Wrong plan', isChargedAgain: false }),
  )
  expect(credited).toMatchObject({ ok: true, value: { number: 'MG-R1-CN-2026-00001' } })
})

test('from the day that other terms begin, the reseller’s own name and numbers go on', async () => {
  await agree(edge, issuing)
  await accepted()
  await agree(edge, { ...issuing, issuer: 'child' }, '2026-06-15')
  await told()
  expect((await issued(await invoiceCustomer(edge))).number).toBe('AH-2026-00001')
})
