import { expect, test } from 'vitest'
import { listBouncedInUse } from '#app/db/people/bounced-addresses.server.ts'
import { deliveriesOf, listDeliveries } from '#app/reports/deliveries/query.server.ts'
import { confirmAddress } from '#app/services/delivery/confirm-address.server.ts'
import { keepRecipient, removeRecipient } from '#app/services/delivery/keep-recipients.server.ts'
import { takeInBounce } from '#app/services/delivery/take-in-bounce.server.ts'
import { deliverAgain } from '#app/services/invoices/deliver-again.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { deliverDocument, keepingMailer, scratchFiles, sendWaiting, statesOf } from '#tests/support/deliveries.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

const files = scratchFiles()
const address = 'gone@linde.example'
const gone = { statusCode: '5.1.1', reason: 'no such user here' }

async function seller() {
  const facts = await sellerWithInvoice()
  const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(facts.tenantId, work)
  const { mails, mailer, state } = keepingMailer()
  const { accountId } = facts
  await office((ctx) =>
    keepRecipient(ctx, { accountId, name: 'Maria', email: address, language: null, documents: ['invoice', 'credit-note'] }),
  )
  return { ...facts, invoiceId: facts.invoice.id, office, mails, state, post: { mailer, files: files.store() } }
}

type Sold = Awaited<ReturnType<typeof seller>>

async function creditNote({ tenantId, invoiceId }: Sold): Promise<string> {
  const note = await creditAmount(tenantId, invoiceId, 100n)
  return note.ok ? note.value.creditNoteId : ''
}

test('an address refused at the door is shown as bounced at once, and is not mailed again until somebody confirms it', async () => {
  const sold = await seller()
  const { tenantId, accountId, invoiceId, office, state, post } = sold
  state.refuses.set(address, '5.1.1')
  await deliverDocument(tenantId, invoiceId, post)
  expect(await statesOf(tenantId, invoiceId)).toEqual([`${address} bounced`])
  expect(await office(({ db }) => db.delivery.findFirst({ select: { statusCode: true, reason: true } }))).toEqual(gone)
  expect(await office((ctx) => listBouncedInUse(ctx, accountId))).toMatchObject([{ address, ...gone }])

  state.refuses.clear()
  const noteId = await creditNote(sold)
  await deliverDocument(tenantId, noteId, post)
  expect([await statesOf(tenantId, noteId), state.handedOver]).toEqual([[`${address} withheld`], 0])
  expect(await office((ctx) => deliverAgain(ctx, { invoiceId, email: address }))).toEqual({ ok: false, error: 'address-bounced' })

  await office((ctx) => confirmAddress(ctx, { accountId, address }))
  await office((ctx) => confirmAddress(ctx, { accountId, address }))
  await sendWaiting(tenantId, post)
  expect([await statesOf(tenantId, noteId), state.handedOver]).toEqual([[`${address} accepted`], 1])
  expect(await office((ctx) => listBouncedInUse(ctx, accountId))).toEqual([])
})

test('a mail that comes back later turns its own delivery, and only with its message id and its address', async () => {
  const sold = await seller()
  const { tenantId, accountId, invoiceId, office, post } = sold
  await deliverDocument(tenantId, invoiceId, post)
  const returned = { messageId: '<1@ahorn.example>', address, refusal: gone }
  const other = await seller()

  expect(await other.office((ctx) => takeInBounce(ctx, [returned]))).toBe(0)
  expect(await office((ctx) => takeInBounce(ctx, [{ ...returned, address: 'else@linde.example' }]))).toBe(0)
  expect(await office((ctx) => takeInBounce(ctx, [{ ...returned, messageId: '<2@ahorn.example>' }]))).toBe(0)
  expect(await statesOf(tenantId, invoiceId)).toEqual([`${address} accepted`])

  expect(await office((ctx) => takeInBounce(ctx, [{ ...returned, address: 'Gone@Linde.example' }, returned]))).toBe(2)
  expect(await statesOf(tenantId, invoiceId)).toEqual([`${address} bounced`])
  expect(await office((ctx) => listBouncedInUse(ctx, null))).toMatchObject([{ accountId, address }])
})

test('a full mailbox bounces the mail and leaves the address as it is', async () => {
  const { tenantId, accountId, invoiceId, office, state, post } = await seller()
  state.refuses.set(address, '5.2.2')
  await deliverDocument(tenantId, invoiceId, post)
  expect(await statesOf(tenantId, invoiceId)).toEqual([`${address} bounced`])
  expect(await office((ctx) => listBouncedInUse(ctx, accountId))).toEqual([])
})

test('a bounced address that no document goes to any more asks for nothing', async () => {
  const { tenantId, accountId, invoiceId, office, state, post } = await seller()
  state.refuses.set(address, '5.1.1')
  await deliverDocument(tenantId, invoiceId, post)
  await office((ctx) => keepRecipient(ctx, { accountId, name: 'Eva', email: 'eva@linde.example', language: null, documents: ['invoice'] }))
  const rows = await office(({ db }) => db.deliveryRecipient.findMany({ where: { email: address } }))
  await office((ctx) => removeRecipient(ctx, { accountId, recipientId: rows[0]?.id ?? '' }))
  expect(await office((ctx) => listBouncedInUse(ctx, accountId))).toEqual([])
})

test('a document goes out again to any address as a delivery of its own, once while it waits', async () => {
  const { tenantId, invoiceId, office, state, mails, post } = await seller()
  await deliverDocument(tenantId, invoiceId, post)
  const email = 'auditor@audit.example'
  expect((await office((ctx) => deliverAgain(ctx, { invoiceId, email }))).ok).toBe(true)
  expect(await office((ctx) => deliverAgain(ctx, { invoiceId, email: 'Auditor@audit.example' }))).toEqual({
    ok: false,
    error: 'already-waiting',
  })
  await sendWaiting(tenantId, post)
  expect((await office((ctx) => deliverAgain(ctx, { invoiceId, email }))).ok).toBe(true)
  await sendWaiting(tenantId, post)
  expect(await statesOf(tenantId, invoiceId)).toEqual([`${address} accepted`, `${email} accepted`, `${email} accepted`])
  expect([state.handedOver, mails.size]).toEqual([3, 3])
})

test('the list of deliveries is found by state, number, address, customer and day, page by page', async () => {
  const { tenantId, invoiceId, invoice, office, post } = await seller()
  await deliverDocument(tenantId, invoiceId, post)
  await office((ctx) => deliverAgain(ctx, { invoiceId, email: 'auditor@audit.example' }))
  const all = { state: null, text: null, from: null, before: null }
  const found = async (filter: Partial<Parameters<typeof listDeliveries>[1]>) =>
    (await office((ctx) => listDeliveries(ctx, { ...all, ...filter }, { cursor: null, limit: 50 }))).rows.map(({ recipient }) => recipient)

  expect(await found({})).toEqual(['auditor@audit.example', address])
  expect(await found({ state: 'accepted' })).toEqual([address])
  expect(await found({ text: 'AUDITOR@' })).toEqual(['auditor@audit.example'])
  expect(await found({ text: invoice.number })).toHaveLength(2)
  expect(await found({ text: '%' })).toEqual([])
  expect(await found({ before: new Date('2020-01-01') })).toEqual([])
  const first = await office((ctx) => listDeliveries(ctx, all, { cursor: null, limit: 1 }))
  const second = await office((ctx) => listDeliveries(ctx, all, { cursor: first.nextCursor, limit: 1 }))
  expect([second.rows.map(({ recipient }) => recipient), second.nextCursor]).toEqual([[address], null])
  expect((await office((ctx) => deliveriesOf(ctx, invoiceId))).map(({ isAskedFor }) => isAskedFor)).toEqual([true, false])
})
