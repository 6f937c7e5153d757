import { expect, test } from 'vitest'
import { keepPreference, keepRecipient, removeRecipient } from '#app/services/delivery/keep-recipients.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'
import { deliverDocument, keepingMailer, scratchFiles, sendWaiting, statesOf } from '#tests/support/deliveries.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

const files = scratchFiles()

const maria = { name: 'Maria Linde', email: 'Maria@Linde.example', language: 'en', documents: ['invoice', 'credit-note'] } as const
const books = { name: 'Books & Co', email: 'books@books.example', language: null, documents: ['invoice'] } as const

async function seller() {
  const facts = await sellerWithInvoice()
  const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(facts.tenantId, work)
  const { mails, mailer, state } = keepingMailer()
  return { ...facts, invoiceId: facts.invoice.id, office, mails, state, post: { mailer, files: files.store() } }
}

test('an invoice goes to each recipient once, in the language of each, and a credit note to those who asked for it', async () => {
  const { tenantId, accountId, invoiceId, office, mails, state, post } = await seller()
  for (const recipient of [maria, books]) expect((await office((ctx) => keepRecipient(ctx, { accountId, ...recipient }))).ok).toBe(true)

  await deliverDocument(tenantId, invoiceId, post)
  await deliverDocument(tenantId, invoiceId, post)

  expect(await statesOf(tenantId, invoiceId)).toEqual(['maria@linde.example accepted', 'books@books.example accepted'])
  expect(state.handedOver).toBe(2)
  expect([...mails.values()].map(({ to, language }) => [to[0]?.name, language])).toEqual([
    ['Maria Linde', 'en'],
    ['Books & Co', 'de'],
  ])

  const note = await creditAmount(tenantId, invoiceId, 100n)
  const noteId = note.ok ? note.value.creditNoteId : ''
  await deliverDocument(tenantId, noteId, post)
  expect(await statesOf(tenantId, noteId)).toEqual(['maria@linde.example accepted'])
  expect([...mails.values()].at(-1)?.subject).toMatch(/^Credit note /)
})

test('a recipient who asked for statements alone does not keep invoices from the account’s own address', async () => {
  const { tenantId, accountId, invoiceId, office, post } = await seller()
  await office((ctx) => keepRecipient(ctx, { accountId, ...books, documents: ['statement'] }))
  await deliverDocument(tenantId, invoiceId, post)
  expect(await statesOf(tenantId, invoiceId)).toEqual([expect.stringMatching(/ accepted$/)])
  expect((await statesOf(tenantId, invoiceId))[0]).not.toContain('books@books.example')
})

test('files are attached as wished: with the electronic document, or not at all where a link was asked for', async () => {
  const { tenantId, accountId, invoiceId, invoice, office, mails, post } = await seller()
  await office((ctx) => keepPreference(ctx, { accountId, manner: 'attached', hasXml: true, byProject: false }))
  await deliverDocument(tenantId, invoiceId, post)
  const [attached] = mails.values()
  expect(attached?.attachments.map(({ filename }) => filename)).toEqual([`${invoice.number}.pdf`, `${invoice.number}.xml`])
  expect(new TextDecoder().decode(attached?.attachments[1]?.content)).toContain('CrossIndustryInvoice')

  const other = await seller()
  await other.office((ctx) => keepPreference(ctx, { accountId: other.accountId, manner: 'linked', hasXml: true, byProject: false }))
  await deliverDocument(other.tenantId, other.invoiceId, other.post)
  const [linked] = other.mails.values()
  expect(linked?.attachments).toEqual([])
  expect(linked?.text).toMatch(new RegExp(`http://${other.tenantId}\\.localhost:4000/documents/[A-Za-z0-9_-]{43}\\s`))
})

test('a list without anybody means the account’s own address again; it holds at most twenty', async () => {
  const { accountId, office } = await seller()
  for (let index = 0; index < 20; index += 1)
    await office((ctx) => keepRecipient(ctx, { accountId, ...books, email: `books-${index}@books.example` }))
  expect(await office((ctx) => keepRecipient(ctx, { accountId, ...maria }))).toEqual({ ok: false, error: 'too-many' })
  expect(await office((ctx) => keepRecipient(ctx, { accountId, ...books, email: 'BOOKS-3@books.example', documents: [] }))).toEqual({
    ok: false,
    error: 'no-documents',
  })
  const rows = await office(({ db }) => db.deliveryRecipient.findMany({ where: { accountId } }))
  for (const { id } of rows) await office((ctx) => removeRecipient(ctx, { accountId, recipientId: id }))
  expect(await office(({ db }) => db.deliveryRecipient.count())).toBe(0)
})

test('another seller cannot send it, and nothing of it waits there', async () => {
  const { invoiceId } = await seller()
  const other = await buildTenant()
  const { mailer, state } = keepingMailer()
  await sendWaiting(other, { mailer, files: files.store() })
  expect([state.handedOver, await statesOf(other, invoiceId)]).toEqual([0, []])
})
