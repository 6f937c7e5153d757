import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { saveRecipient } from '#app/db/documents/delivery-recipients.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { payoutMailPorts } from '#app/jobs/payout-ports.server.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import { mailPayout } from '#app/services/payouts/mail-payout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { documentRenderer } from '#app/wiring.server.ts'
import { textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { asOffice } from '#tests/support/builders.ts'
import { bankPays, payOut } from '#tests/support/payouts.ts'
import { agree, buildSettledEdge, customerPays, invoiceCustomer, type SettledEdge } from '#tests/support/settled-edge.ts'

let edge: SettledEdge
beforeEach(async () => {
  edge = await buildSettledEdge()
  await agree(edge, { collectsPayments: 'parent', financialChargeRate: new Decimal(3) })
  const invoiceId = await invoiceCustomer(edge)
  await customerPays(edge, { invoiceId, cents: 10_000n, isTakenByParent: true })
})
afterEach(() => setClock())
afterAll(() => documentRenderer().close())

/** Mails a payout as the job does; returns what left. */
async function mailed(payoutId = ''): Promise<Mail[]> {
  const sent: Mail[] = []
  const mailer: Mailer = {
    send: async (mail) => {
      sent.push(mail)
      return { messageId: `<${mail.key}>` }
    },
  }
  const { tenantId } = edge.provider
  await mailPayout(processOf(tenantId, { ...payoutMailPorts(tenantId), mailer }, systemActor('payouts')), { payoutId })
  return sent
}

test('a payout is told to the reseller with its statement, and once more when the bank has paid it', async () => {
  const [payout] = await payOut(edge, '2026-07-05')
  const [made, ...others] = await mailed(payout?.id)
  expect(others).toEqual([])
  expect(made?.text).toContain('/office/purchases/settlement')
  expect(textOfPdf(Buffer.from(made?.attachments?.[0]?.content ?? ''))).toContain('97,00')
  await bankPays(edge, payout)
  const [paid] = await mailed(payout?.id)
  expect(paid?.text).toContain('SEPA 4711')
  expect(paid?.key).not.toBe(made?.key)
  expect((await mailed(payout?.id)).map(({ key }) => key)).toEqual([paid?.key])
})

test('those who asked for statements get it, each in their own language', async () => {
  const { tenantId, accountId } = edge.provider
  const reader = { accountId, name: 'Books', email: 'books@ahorn.example', language: 'en', documents: ['statement'] as const }
  await asOffice(tenantId, (ctx) => saveRecipient(ctx, reader))
  const [payout] = await payOut(edge, '2026-07-05')
  const [mail, ...others] = await mailed(payout?.id)
  expect(others).toEqual([])
  expect(mail).toMatchObject({ to: [{ address: 'books@ahorn.example' }], language: 'en', subject: expect.stringContaining('Payout of') })
})
