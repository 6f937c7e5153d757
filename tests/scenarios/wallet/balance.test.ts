import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { readCreditPage } from '#app/services/credit/read-credit-page.server.ts'
import { returnPayment } from '#app/services/payments/refund-payment.server.ts'
import { creditTopUp } from '#app/services/wallet/credit-top-up.server.ts'
import { expireCredit } from '#app/services/wallet/expire-credit.server.ts'
import { decideCredit, setApprovalLimit } from '#app/services/wallet/give-credit.server.ts'
import { paymentModeOf, setPaymentMode } from '#app/services/wallet/payment-mode.server.ts'
import { freeBalance } from '#app/services/wallet/refund-balance.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { booksOf, eur, receive, stateOf, useOf } from '#tests/support/payments.ts'
import { brokenBooks, give, grantsOf, topUp } from '#tests/support/wallet.ts'

beforeEach(() => setClock(fixedClock('2026-06-01T06:00:00Z')))
afterEach(() => setClock())

async function customer() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'server.running' }])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  return { tenantId, accountId, contractId, book }
}

const asPerson = <T>(tenantId: string, userId: string, work: Parameters<typeof inTenant<T>>[1]) =>
  inTenant(tenantId, work, { actor: { kind: 'user', userId } })

test('a payment told twice at once is one top-up with one receipt, and no tax', async () => {
  const { tenantId, accountId } = await customer()
  const payment = await receive(tenantId, accountId, 5000n, { receivedOn: '2026-05-30' })
  const told = () => asOffice(tenantId, (ctx) => creditTopUp(ctx, payment.id))
  expect(await Promise.all([told(), told()])).toEqual(Array(2).fill({ ok: true, value: undefined }))
  expect(await grantsOf(tenantId)).toEqual(['top-up active 5000'])
  expect(await booksOf(tenantId)).toEqual({ bank: 5000n, 'prepaid-balance': -5000n })

  const documents = await invoicesOf(tenantId)
  expect(documents.map(({ documentType, number, tax, total }) => [documentType, number, tax.minor, total.minor])).toEqual([
    ['prepayment-receipt', expect.stringContaining('-PR-2026-'), 0n, 5000n],
  ])
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('what is unused goes back to its payment, and twenty at once take no more than there is', async () => {
  const { tenantId, accountId } = await customer()
  const paymentId = await topUp(tenantId, accountId, 5000n)
  const grant = await asOffice(tenantId, ({ db }) => db.creditGrant.findFirstOrThrow())
  const free = () => asOffice(tenantId, (ctx) => freeBalance(ctx, { grantId: grant.id, amount: eur(1000n), reason: 'Asked for it' }))
  const answers = await Promise.all(Array.from({ length: 20 }, free))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(5)
  expect(await useOf(tenantId, paymentId)).toEqual({ allocated: 0n, refunded: 0n })
  expect(await brokenBooks(tenantId)).toEqual([])

  await give(tenantId, accountId, 900n)
  const given = await asOffice(tenantId, ({ db }) => db.creditGrant.findFirstOrThrow({ where: { kind: 'promo' } }))
  const worth = await asOffice(tenantId, (ctx) => freeBalance(ctx, { grantId: given.id, amount: eur(100n), reason: 'Asked for it' }))
  expect(worth).toEqual({ ok: false, error: 'not-paid' })
})

test('a top-up that its bank takes back after it was spent leaves the balance below nothing and the invoice paid', async () => {
  const { tenantId, accountId, contractId, book } = await customer()
  const paymentId = await topUp(tenantId, accountId, 10000n)
  const hours = { accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '', meter: 'server.running' }
  await buildCharges(tenantId, [{ ...hours, unitPrice: '1', billingPeriod: '2026-05-01', quantity: '50', amount: '50' }])
  await billMonth(tenantId, '2026-05', '2026-06-01T07:00:00Z')
  const invoice = (await invoicesOf(tenantId)).find(({ documentType }) => documentType === 'invoice')
  expect(await stateOf(tenantId, invoice?.id ?? '')).toEqual({ status: 'paid', paid: 5950n })

  await asOffice(tenantId, (ctx) => returnPayment(ctx, { paymentId, reason: 'Chargeback', sourceKey: v7() }))
  expect(await stateOf(tenantId, invoice?.id ?? '')).toEqual({ status: 'paid', paid: 5950n })
  expect(await grantsOf(tenantId)).toEqual(['top-up active -5950'])
  expect((await booksOf(tenantId))['prepaid-balance']).toBe(5950n)
  expect(await brokenBooks(tenantId)).toEqual([])

  // The next money makes up for it first, and what is beyond can be spent or paid out.
  const next = await topUp(tenantId, accountId, 10000n)
  const { id: grantId } = await asOffice(tenantId, ({ db }) => db.creditGrant.findFirstOrThrow({ orderBy: { id: 'desc' } }))
  const free = (minor: bigint) => asOffice(tenantId, (ctx) => freeBalance(ctx, { grantId, amount: eur(minor), reason: 'Asked for it' }))
  expect(await free(4051n)).toEqual({ ok: false, error: 'more-than-left' })
  await buildCharges(tenantId, [{ ...hours, unitPrice: '1', billingPeriod: '2026-06-01', quantity: '50', amount: '50' }])
  await billMonth(tenantId, '2026-06', '2026-07-01T07:00:00Z')
  const second = (await invoicesOf(tenantId)).filter(({ documentType }) => documentType === 'invoice').at(-1)
  expect(await stateOf(tenantId, second?.id ?? '')).toEqual({ status: 'partly-paid', paid: 4050n })
  expect(await useOf(tenantId, next)).toEqual({ allocated: 10000n, refunded: 0n })
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('credit ends with its last day in the zone of the seller; money that was paid stays', async () => {
  const { tenantId, accountId } = await customer()
  await topUp(tenantId, accountId, 5000n)
  await give(tenantId, accountId, 900n, { expiresOn: '2026-06-30' })
  setClock(fixedClock('2026-06-30T21:59:00Z'))
  expect(await expireCredit(tenantId)).toBe(0)
  setClock(fixedClock('2026-06-30T22:01:00Z'))
  expect(await expireCredit(tenantId)).toBe(1)
  expect(await expireCredit(tenantId)).toBe(0)
  expect(await grantsOf(tenantId)).toEqual(['top-up active 5000', 'promo expired 0'])
  expect(await booksOf(tenantId)).toEqual({ bank: 5000n, 'prepaid-balance': -5000n })
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('credit above the limit counts once a second person approved it', async () => {
  const { tenantId, accountId } = await customer()
  await asOffice(tenantId, (ctx) => setApprovalLimit(ctx, eur(1000n)))
  expect(await give(tenantId, accountId, 1000n)).toEqual({ ok: true, value: { waits: false } })
  expect(await give(tenantId, accountId, 1001n)).toEqual({ ok: true, value: { waits: true } })
  expect((await booksOf(tenantId))['prepaid-balance']).toBe(-1000n)

  const { id: grantId } = await asOffice(tenantId, ({ db }) => db.creditGrant.findFirstOrThrow({ where: { state: 'waiting' } }))
  const alone = await asOffice(tenantId, (ctx) => decideCredit(ctx, { grantId, decision: 'approve' }))
  expect(alone).toEqual({ ok: false, error: 'same-person' })
  const approve = () => asPerson(tenantId, v7(), (ctx) => decideCredit(ctx, { grantId, decision: 'approve' }))
  const answers = await Promise.all([approve(), approve()])
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await booksOf(tenantId))['prepaid-balance']).toBe(-2001n)
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('credit is given in a currency of the contract, and one form gives it once', async () => {
  const { tenantId, accountId } = await customer()
  expect(await give(tenantId, accountId, 1n, { amount: money(100n, 'USD') })).toEqual({ ok: false, error: 'other-currency' })
  const formKey = v7()
  await Promise.all([give(tenantId, accountId, 500n, { formKey }), give(tenantId, accountId, 500n, { formKey })])
  expect(await grantsOf(tenantId)).toEqual(['promo active 500'])
})

test('a trial ends with its last day, or with the first payment', async () => {
  const { tenantId, accountId, contractId } = await customer()
  const modeOf = () => asOffice(tenantId, (ctx) => paymentModeOf(ctx, contractId))
  expect(await modeOf()).toMatchObject({ mode: 'postpaid', needsBalance: false, blockedBy: null })
  await asOffice(tenantId, (ctx) => setPaymentMode(ctx, { contractId, mode: 'trial', trialEndsOn: '2026-06-14' }))
  expect(await modeOf()).toMatchObject({ mode: 'trial', needsBalance: true, blockedBy: null })
  setClock(fixedClock('2026-06-15T06:00:00Z'))
  expect(await modeOf()).toMatchObject({ mode: 'trial', blockedBy: 'trial-over' })
  await topUp(tenantId, accountId, 5000n)
  expect(await modeOf()).toMatchObject({ mode: 'prepaid', needsBalance: true, blockedBy: null })
  // Its page shows money in hand: the limit of 100,000.00 in its contract does not count.
  const page = await asOffice(tenantId, (ctx) => readCreditPage(ctx, accountId))
  expect(page?.standing).toMatchObject({ isPrepaid: true, available: eur(5000n), limit: eur(0n), usedPercent: null })
})

test('a cent of a grant that the books know nothing of is found', async () => {
  const { tenantId, accountId } = await customer()
  await topUp(tenantId, accountId, 5000n)
  await asOffice(tenantId, ({ db }) => db.creditGrant.updateMany({ data: { usedMinor: 1n } }))
  const { id } = await asOffice(tenantId, ({ db }) => db.creditGrant.findFirstOrThrow())
  expect(await brokenBooks(tenantId)).toEqual([`${accountId} EUR`, `grant ${id}`])
})
