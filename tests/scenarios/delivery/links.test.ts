import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { deliveriesOf, readLinkedDocument } from '#app/reports/deliveries/query.server.ts'
import { keepPreference } from '#app/services/delivery/keep-recipients.server.ts'
import { noteOpening } from '#app/services/delivery/note-opening.server.ts'
import { deliverAgain } from '#app/services/invoices/deliver-again.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'
import { deliverDocument, keepingMailer, scratchFiles, sendWaiting } from '#tests/support/deliveries.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'

const files = scratchFiles()
afterEach(() => setClock())

async function mailedLinks() {
  const { tenantId, accountId, invoice } = await sellerWithInvoice()
  setClock(fixedClock('2026-07-01T06:00:00Z'))
  await asOffice(tenantId, (ctx) => keepPreference(ctx, { accountId, manner: 'linked', hasXml: true, byProject: false }))
  const { mails, mailer, state } = keepingMailer()
  const post = { mailer, files: files.store() }
  const tokens = () => [...mails.values()].map(({ text }) => /\/documents\/([A-Za-z0-9_-]{43})/.exec(text)?.[1] ?? '')
  return { tenantId, invoice, post, state, tokens, read: (token: string) => asOffice(tenantId, (ctx) => readLinkedDocument(ctx, token)) }
}

test('a mailed link opens its document for thirty days, and nobody’s afterwards', async () => {
  const { tenantId, invoice, post, tokens, read } = await mailedLinks()
  await deliverDocument(tenantId, invoice.id, post)
  const [token = ''] = tokens()
  expect(await read(token)).toEqual({
    isExpired: false,
    documentType: 'invoice',
    number: invoice.number,
    pdf: `invoices/${tenantId}/${invoice.id}.pdf`,
    xml: `invoices/${tenantId}/${invoice.id}.xml`,
  })
  setClock(fixedClock('2026-07-31T05:59:59Z'))
  expect(await read(token)).toMatchObject({ isExpired: false })
  setClock(fixedClock('2026-07-31T06:00:00Z'))
  expect(await read(token)).toMatchObject({ isExpired: true })
})

test('the link of one seller is nothing at another, and neither is a guess', async () => {
  const { tenantId, invoice, post, tokens, read } = await mailedLinks()
  await deliverDocument(tenantId, invoice.id, post)
  const [token = ''] = tokens()
  const other = await buildTenant()
  expect(await asOffice(other, (ctx) => readLinkedDocument(ctx, token))).toBeUndefined()
  expect(await read(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
})

test('a mail sent again after its answer was lost carries the same link, a new delivery a new one; the secret is nowhere in the tables', async () => {
  const { tenantId, invoice, post, state, tokens, read } = await mailedLinks()
  state.losesAnswers = 1
  await expect(deliverDocument(tenantId, invoice.id, post)).rejects.toThrow('the answer was lost')
  await sendWaiting(tenantId, post)
  await asOffice(tenantId, (ctx) => deliverAgain(ctx, { invoiceId: invoice.id, email: 'auditor@audit.example' }))
  await sendWaiting(tenantId, post)

  const [first = '', second = ''] = tokens()
  expect(first).not.toBe(second)
  expect([(await read(first))?.number, (await read(second))?.number]).toEqual([invoice.number, invoice.number])
  const rows = await asOffice(tenantId, ({ db }) => db.delivery.findMany())
  expect(JSON.stringify(rows)).not.toContain(first)
})

test('each recipient’s link counts its own openings, with the first and the last time', async () => {
  const { tenantId, invoice, post, tokens, read } = await mailedLinks()
  await deliverDocument(tenantId, invoice.id, post)
  await asOffice(tenantId, (ctx) => deliverAgain(ctx, { invoiceId: invoice.id, email: 'auditor@audit.example' }))
  await sendWaiting(tenantId, post)
  const [first = '', second = ''] = tokens()
  const openedAt = (instant: string, token: string) => {
    setClock(fixedClock(instant))
    return asOffice(tenantId, (ctx) => noteOpening(ctx, token))
  }
  await openedAt('2026-07-02T08:00:00Z', second)
  await openedAt('2026-07-03T09:30:00Z', second)
  await openedAt('2026-07-05T10:00:00Z', second)
  await openedAt('2026-07-05T10:00:00Z', `${first.slice(0, -1)}${first.endsWith('A') ? 'B' : 'A'}`)
  // To look where a link leads is no opening.
  await read(first)
  const rows = await asOffice(tenantId, (ctx) => deliveriesOf(ctx, invoice.id))
  const opened = rows.map((row) => [row.openedCount, row.firstOpenedAt?.toISOString() ?? null, row.lastOpenedAt?.toISOString() ?? null])
  expect(opened).toEqual([
    [3, '2026-07-02T08:00:00.000Z', '2026-07-05T10:00:00.000Z'],
    [0, null, null],
  ])
})
