import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { saveRecipient } from '#app/db/documents/delivery-recipients.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { statementPorts } from '#app/jobs/statement-ports.server.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { openMonthlyStatements, openStatementMails } from '#app/services/statements/open-statement-mails.server.ts'
import { recordStatementSent, sendStatementMail } from '#app/services/statements/send-statement-mail.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { documentRenderer } from '#app/wiring.server.ts'
import { textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock('2026-08-01T06:00:00Z'))
})
afterEach(() => setClock())
afterAll(() => documentRenderer().close())

const july = { currency: 'EUR', start: '2026-07-01', end: '2026-08-01' }
const ask = () => asOffice(seller.tenantId, (ctx) => openStatementMails(ctx, { accountId: seller.accountId, span: july, isAskedFor: true }))

/** Sends what is on its way, as the job does; returns the mails. */
async function sendAll(): Promise<Mail[]> {
  const sent: Mail[] = []
  const mailer: Mailer = {
    send: async (mail) => {
      sent.push(mail)
      return { messageId: `<${mail.key}>` }
    },
  }
  const process = processOf(seller.tenantId, { ...statementPorts(seller.tenantId), mailer }, systemActor('statements'))
  const open = await asOffice(seller.tenantId, ({ db }) =>
    db.statementMail.findMany({ where: { tenantId: seller.tenantId }, select: { id: true }, orderBy: { id: 'asc' }, take: 20 }),
  )
  for (const { id } of open) {
    const input = { statementMailId: id }
    await recordStatementSent(process, input, await sendStatementMail(process, input))
  }
  return sent
}

test('a statement asked for goes to the account’s own address with its PDF, once a day', async () => {
  expect(await ask()).toEqual({ ok: true, value: 1 })
  expect(await ask()).toEqual({ ok: true, value: 0 })
  const [mail, ...others] = await sendAll()
  expect(others).toEqual([])
  expect(mail?.subject).toContain('Juli')
  const text = textOfPdf(Buffer.from(mail?.attachments?.[0]?.content ?? ''))
  expect(text).toContain(seller.invoice.number)
  expect(text).toContain('40,34')
  expect(await sendAll()).toEqual([])
})

test('who asked for statements gets that of the month before by itself, once, in the reader’s language', async () => {
  const { tenantId, accountId } = seller
  const monthly = () => asOffice(tenantId, (ctx) => openMonthlyStatements(ctx, null))
  await monthly()
  expect(await sendAll()).toEqual([])

  const reader = { accountId, name: 'Bookkeeping', email: 'books@example.test', language: 'en', documents: ['statement'] } as const
  await asOffice(tenantId, (ctx) => saveRecipient(ctx, reader))
  await monthly()
  await monthly()
  const mails = await sendAll()
  expect(mails.map(({ to, subject }) => [to[0]?.address, subject])).toEqual([['books@example.test', expect.stringContaining('July 2026')]])
})
