import { v7 } from 'uuid'
import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { saveRecipient } from '#app/db/documents/delivery-recipients.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { savedPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { money } from '#app/domain/money/money.ts'
import { dunningMailPorts } from '#app/jobs/dunning-ports.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { reserveCredit } from '#app/services/credit/reserve-credit.server.ts'
import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { agreeWithAccount } from '#app/services/dunning/agree-with-account.server.ts'
import { dunAccount } from '#app/services/dunning/dun-account.server.ts'
import { draftPolicy } from '#app/services/dunning/keep-policies.server.ts'
import { resumeAccount } from '#app/services/dunning/resume-account.server.ts'
import { sendDunningLetter } from '#app/services/dunning/send-letter.server.ts'
import { effectOf } from '#app/services/holds/effect-of.server.ts'
import { savePaymentSettings } from '#app/services/refunds/save-payment-settings.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildCharges } from '#tests/support/builders.ts'
import { dunBy, lettersOf, morning, step, usualSteps } from '#tests/support/dunning.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { allocate, receive } from '#tests/support/payments.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'

afterEach(() => setClock())

type Sold = Awaited<ReturnType<typeof sellerWithInvoice>>

/** 40.34 that were due on 15 July 2026 and are not paid. */
async function overdue(): Promise<Sold> {
  const sold = await sellerWithInvoice()
  await dunBy(sold.tenantId)
  return sold
}

const effect = ({ tenantId, accountId }: Sold) => asOffice(tenantId, (ctx) => effectOf(ctx, accountId))
const resume = ({ tenantId, accountId }: Sold) => asOffice(tenantId, (ctx) => resumeAccount(ctx, accountId))
const agree = ({ tenantId, accountId }: Sold, kind: 'pause' | 'promise', untilOn: string) =>
  asOffice(tenantId, (ctx) => agreeWithAccount(ctx, { accountId, kind, untilOn, reason: 'Asked by phone' }))
const audited = ({ tenantId }: Sold, prefix: string) =>
  asOffice(tenantId, async ({ db }) => {
    const rows = await db.auditEntry.findMany({ where: { action: { startsWith: prefix } }, orderBy: { id: 'asc' } })
    return rows.map(({ action }) => action)
  })

async function pay({ tenantId, accountId, invoice }: Sold, cents = 4034n): Promise<void> {
  const payment = await receive(tenantId, accountId, cents)
  await allocate(tenantId, payment.id, invoice.id, cents)
}

describe('an overdue account', () => {
  test('moves along the steps on their days, is charged once for each, and the run does what its simulation said', async () => {
    const sold = await overdue()
    expect(await morning(sold.tenantId, '2026-07-17T06:00:00Z')).toEqual({ due: [], letters: 0 })
    const told = await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    expect(told).toMatchObject({ due: [{ step: { action: 'notify' }, total: { minor: 4034n } }], letters: 1 })
    expect(await morning(sold.tenantId, '2026-07-18T07:00:00Z')).toEqual({ due: [], letters: 0 })
    await morning(sold.tenantId, '2026-07-25T06:00:00Z')
    expect(await effect(sold)).toBe('block-orders')
    await morning(sold.tenantId, '2026-08-04T06:00:00Z')
    expect(await effect(sold)).toBe('suspend-services')
    expect(await lettersOf(sold.tenantId)).toEqual([
      { on: '2026-07-18', action: 'notify', total: 4034n, fee: 0n, interest: 0n, invoices: 1 },
      { on: '2026-07-25', action: 'block', total: 4034n, fee: 500n, interest: 0n, invoices: 1 },
      { on: '2026-08-04', action: 'suspend', total: 4034n, fee: 1000n, interest: 20n, invoices: 1 },
    ])
  })

  test('owes fee and interest by a debit note without tax, and of that it takes no further step', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-08-04T06:00:00Z')
    const note = (await invoicesOf(sold.tenantId)).find(({ documentType }) => documentType === 'debit-note')
    expect(note).toMatchObject({ net: { minor: 1020n }, tax: { minor: 0n }, total: { minor: 1020n } })
    expect(note?.taxes).toMatchObject([{ category: 'O', reason: 'no-supply' }])
    await pay(sold)
    await resume(sold)
    expect(await morning(sold.tenantId, '2026-12-01T07:00:00Z')).toEqual({ due: [], letters: 0 })
  })

  test('pays tax on the fee where its seller says so, never on interest', async () => {
    const sold = await overdue()
    const taxed = { heldMinutes: 30, retryDays: [1], exchangeMonths: 13, suspendsOnDispute: false, taxesDunningFees: true }
    await asOffice(sold.tenantId, (ctx) => savePaymentSettings(ctx, { ...taxed, refundApprovalAbove: {} }))
    await morning(sold.tenantId, '2026-08-04T06:00:00Z')
    const note = (await invoicesOf(sold.tenantId)).find(({ documentType }) => documentType === 'debit-note')
    expect(note).toMatchObject({ net: { minor: 1020n }, tax: { minor: 190n }, total: { minor: 1210n } })
    expect(note?.taxes.map(({ category, base }) => [category, base.minor])).toEqual([
      ['E', 20n],
      ['S', 1000n],
    ])
    expect(await asOffice(sold.tenantId, savedPaymentSettings)).toMatchObject([{ heldMinutes: 30, retryDays: [1], taxesDunningFees: true }])
  })

  test('gets one letter for several invoices', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    await billJuly(sold)
    const { due, letters } = await morning(sold.tenantId, '2026-08-18T06:00:00Z')
    expect(letters).toBe(1)
    expect(due[0]?.taken.map(({ position }) => position)).toEqual([2, 0])
  })

  test('is left alone below the least sum, and where no policy is for its currency', async () => {
    const sold = await sellerWithInvoice()
    expect(await morning(sold.tenantId, '2026-08-04T06:00:00Z')).toEqual({ due: [], letters: 0 })
    await dunBy(sold.tenantId, { minimumMinor: 4035n })
    expect(await morning(sold.tenantId, '2026-08-04T06:00:00Z')).toEqual({ due: [], letters: 0 })
  })

  test('takes its step once when two workers run at the same time', async () => {
    const sold = await overdue()
    setClock(fixedClock('2026-08-04T06:00:00Z'))
    const wordsIn = () => ({ fee: 'Fee', interest: 'Interest', reason: 'Late' })
    const runs = [1, 2, 3].map(() => asOffice(sold.tenantId, (ctx) => dunAccount(ctx, { accountId: sold.accountId, wordsIn })))
    expect((await Promise.all(runs)).reduce((all, each) => all + each, 0)).toBe(1)
    expect(await lettersOf(sold.tenantId)).toHaveLength(1)
  })
})

describe('on payment', () => {
  test('everything goes on: servers run again, orders are taken, and the next invoice begins with the first step', async () => {
    const sold = await overdue()
    const { tenantId, accountId } = sold
    setClock(fixedClock('2026-07-02T06:00:00Z'))
    const server = await buildServer(await buildCloud(tenantId), 'shop-01', [{ tenantId, accountId }])
    const state = () => stateAt(tenantId, server.ids[0] ?? '')
    await morning(tenantId, '2026-08-04T06:00:00Z')
    await work([tenantId])
    expect(await state()).toBe('stopped')

    await pay(sold, 4000n)
    expect([await resume(sold), await effect(sold)]).toEqual([0, 'suspend-services'])
    await pay(sold, 34n)
    expect([await resume(sold), await resume(sold), await effect(sold)]).toEqual([1, 0, null])
    await work([tenantId])
    expect(await state()).toBe('running')

    await billJuly(sold)
    expect((await morning(tenantId, '2026-08-18T06:00:00Z')).due[0]).toMatchObject({ position: 0, step: { action: 'notify' } })
  })
})

describe('a fee of dunning that alone is left open', () => {
  test('keeps a customer without a limit from nothing once all else is paid', async () => {
    const sold = await overdue()
    const { tenantId, accountId, contractId } = sold
    await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 0n, reason: 'prepaid from now on', span: null }))
    await morning(tenantId, '2026-07-25T06:00:00Z')
    await pay(sold)
    await resume(sold)
    const watch = () => asOffice(tenantId, (ctx) => watchCredit(ctx, { accountId }))
    await watch()
    setClock(fixedClock('2026-07-27T06:00:00Z'))
    await watch()
    expect(await effect(sold)).toBeNull()

    await receive(tenantId, accountId, 1000n)
    const source = { kind: 'order', id: v7() } as const
    const wish = { contractId, accountId, source, heldUntil: null }
    expect(await asOffice(tenantId, (ctx) => reserveCredit(ctx, { ...wish, amount: money(1001n, 'EUR') }))).toMatchObject({
      ok: false,
      missing: { minor: 1n },
    })
    expect(await asOffice(tenantId, (ctx) => reserveCredit(ctx, { ...wish, amount: money(1000n, 'EUR') }))).toMatchObject({ ok: true })
    expect(await asOffice(tenantId, creditNotAsSources)).toMatchObject({ violations: 0 })
  })
})

describe('a promise to pay', () => {
  test('that is kept silences every step and closes the case', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    expect(await agree(sold, 'promise', '2026-08-10')).toEqual({ ok: true })
    expect((await morning(sold.tenantId, '2026-08-10T06:00:00Z')).letters).toBe(0)
    await pay(sold)
    await resume(sold)
    expect(await audited(sold, 'dunning.promise')).toEqual(['dunning.promise-agreed', 'dunning.promise-kept'])
  })

  test('that is broken lets the steps go on the day after', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    await agree(sold, 'promise', '2026-08-10')
    expect((await morning(sold.tenantId, '2026-08-11T06:00:00Z')).letters).toBe(1)
    expect(await audited(sold, 'dunning.promise')).toEqual(['dunning.promise-agreed', 'dunning.promise-broken'])
  })

  test('is none for a day that is over', async () => {
    const sold = await overdue()
    setClock(fixedClock('2026-07-18T06:00:00Z'))
    expect(await agree(sold, 'pause', '2026-07-17')).toEqual({ ok: false, error: 'date-not-ahead' })
  })
})

describe('a letter', () => {
  /** What the job of a letter mails, in the brand of Ahorn. */
  async function mailed(tenantId: string): Promise<Mail[]> {
    const letters = await asOffice(tenantId, ({ db }) => db.dunningLetter.findMany({ orderBy: { id: 'asc' } }))
    const sent: Mail[] = []
    const mailer = {
      send: (mail: Mail) => {
        sent.push(mail)
        return Promise.resolve({ messageId: mail.key })
      },
    }
    for (const { id } of letters) await sendDunningLetter(processOf(tenantId, { ...dunningMailPorts(tenantId), mailer }), id)
    return sent
  }

  test('tells what is overdue and what comes next in the buyer’s language, once, with a link that needs no sign-in', async () => {
    const sold = await sellerWithInvoice({ slug: 'ahorn' })
    await dunBy(sold.tenantId)
    await morning(sold.tenantId, '2026-07-25T06:00:00Z')
    const [mail, ...more] = await mailed(sold.tenantId)
    expect(more).toEqual([])
    expect(mail).toMatchObject({ language: 'de', to: [{ name: 'Brandt Versand GmbH' }] })
    expect(mail?.subject.replace(/\s/g, ' ')).toBe('Bestellungen gesperrt: 40,34 € überfällig')
    expect(mail?.text).toContain('Ohne Zahlung werden Ihre Server am 4. August 2026 angehalten.')
    expect(mail?.text).toMatch(/\/settle\/[\w-]{43}/)
    expect(await mailed(sold.tenantId)).toEqual([])
  })

  test('goes to everybody whom the invoices go to, each in their own language', async () => {
    const sold = await sellerWithInvoice({ slug: 'ahorn' })
    await dunBy(sold.tenantId)
    const { accountId } = sold
    await asOffice(sold.tenantId, async (ctx) => {
      await saveRecipient(ctx, { accountId, name: 'Buchhaltung', email: 'books@brandt.example', language: 'de', documents: ['invoice'] })
      await saveRecipient(ctx, { accountId, name: 'Head office', email: 'office@brandt.example', language: 'en', documents: ['invoice'] })
      await saveRecipient(ctx, { accountId, name: 'Audit', email: 'audit@brandt.example', language: 'en', documents: ['statement'] })
    })
    await morning(sold.tenantId, '2026-07-25T06:00:00Z')
    const mails = await mailed(sold.tenantId)
    expect(mails.map(({ to, language }) => [to[0]?.address, language])).toEqual([
      ['books@brandt.example', 'de'],
      ['office@brandt.example', 'en'],
    ])
    const links = mails.map(({ text }) => /\/settle\/([\w-]{43})/.exec(text)?.[1])
    expect(links[0]).toBe(links[1])
  })

  test('is not sent when everything was paid meanwhile', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    await pay(sold)
    await resume(sold)
    expect(await mailed(sold.tenantId)).toEqual([])
  })
})

describe('a policy', () => {
  test('of a segment goes before the one for all others', async () => {
    const sold = await overdue()
    await dunBy(sold.tenantId, { segment: 'public-sector', steps: [step(45, 'notify')] })
    await asOffice(sold.tenantId, ({ db }) => db.account.updateMany({ data: { segment: 'public-sector' } }))
    expect((await morning(sold.tenantId, '2026-08-04T06:00:00Z')).letters).toBe(0)
    expect((await morning(sold.tenantId, '2026-08-29T06:00:00Z')).due[0]).toMatchObject({ step: { day: 45 } })
  })

  test('that takes the place of another does not touch cases that are open', async () => {
    const sold = await overdue()
    await morning(sold.tenantId, '2026-07-18T06:00:00Z')
    await dunBy(sold.tenantId, { steps: [step(1, 'terminate')] })
    expect((await morning(sold.tenantId, '2026-07-25T06:00:00Z')).due[0]).toMatchObject({ step: { action: 'block' } })
  })

  test('whose steps do not follow each other is refused', async () => {
    const sold = await overdue()
    const terms = { segment: null, currency: 'EUR', minimumMinor: 0n, capMinor: null, steps: [...usualSteps].reverse() }
    expect(await asOffice(sold.tenantId, (ctx) => draftPolicy(ctx, terms))).toEqual({ ok: false, error: 'days-not-rising' })
  })
})

/** 24.90 of usage in July, with 19 % VAT 29.63, due on 15 August. */
async function billJuly({ tenantId, accountId, contractId }: Sold): Promise<void> {
  const rule = await asOffice(tenantId, ({ db }) => db.priceRule.findFirstOrThrow({ where: { meter: 'server.running' } }))
  const facts = { accountId, contractId, priceVersionId: rule.priceVersionId, priceRuleId: rule.id, meter: 'server.running' }
  await buildCharges(tenantId, [{ ...facts, billingPeriod: '2026-07-01', quantity: '100', unitPrice: '0.249', amount: '24.9' }])
  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
}
