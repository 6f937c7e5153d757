import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { announcePayment } from '#app/services/payments/announce-payment.server.ts'
import { acceptEntry } from '#app/services/reconciliation/accept-entry.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { autoTopUpBy, pauseAutoTopUp, runAutoTopUps, saveAutoTopUp } from '#app/services/wallet/auto-top-up.server.ts'
import { creditCapturedTopUp } from '#app/services/wallet/credit-top-up.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { booksOf, eur } from '#tests/support/payments.ts'
import { type Sandbox, sandboxOf } from '#tests/support/sandbox-seller.ts'
import { brokenBooks, grantsOf } from '#tests/support/wallet.ts'

beforeEach(() => setClock(fixedClock('2026-07-10T08:00:00Z')))
afterEach(() => setClock())

async function customer() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId)
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '1', meter: 'server.running' }])
  await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  return { tenantId, accountId }
}

type Customer = Awaited<ReturnType<typeof customer>>

async function checkout({ tenantId, accountId }: Customer, sandbox: Sandbox, minor: bigint): Promise<string> {
  const wallet = await asOffice(tenantId, (ctx) => lockWallet(ctx, accountId, 'EUR'))
  const amount = eur(minor)
  const started = await startCheckout(sandbox.process, {
    accountId,
    purpose: 'top-up',
    targets: [{ kind: 'wallet', id: wallet.id, amount }],
    amount,
    saves: true,
    returnPath: '/panel/pay/:attemptId',
    actor: systemActor('test'),
  })
  if (!started.ok) throw new Error(started.error)
  return started.value.attemptId
}

/** The process of the job that fills balances. */
const automatic = ({ process: { tenantId, ports } }: Sandbox) => processOf(tenantId, ports, autoTopUpBy)

/** What the job does with everything that was captured for balances, as often as it is told. */
async function creditAll({ tenantId }: Customer): Promise<void> {
  const attempts = await asOffice(tenantId, ({ db }) => db.paymentAttempt.findMany({ where: { purpose: 'top-up' } }))
  for (const { id } of [...attempts, ...attempts]) await asOffice(tenantId, (ctx) => creditCapturedTopUp(ctx, id))
}

test('a card fills the balance once it is charged, and not before', async () => {
  const buyer = await customer()
  const sandbox = await sandboxOf(buyer.tenantId)
  const attemptId = await checkout(buyer, sandbox, 5000n)
  await creditAll(buyer)
  expect(await grantsOf(buyer.tenantId)).toEqual([])

  await sandbox.pay(attemptId)
  await settleAttempt(sandbox.process, attemptId)
  await creditAll(buyer)
  expect(await grantsOf(buyer.tenantId)).toEqual(['top-up active 5000'])
  expect(await booksOf(buyer.tenantId)).toEqual({ 'clearing.sandbox': 5000n, 'prepaid-balance': -5000n })
  expect(await brokenBooks(buyer.tenantId)).toEqual([])
})

test('a balance below its threshold is filled from the saved card, one at a time and within the month', async () => {
  const buyer = await customer()
  const { tenantId, accountId } = buyer
  const sandbox = await sandboxOf(tenantId)
  const attemptId = await checkout(buyer, sandbox, 1000n)
  await sandbox.pay(attemptId)
  await settleAttempt(sandbox.process, attemptId)
  await creditAll(buyer)
  const rule = { accountId, isOn: true, threshold: eur(4000n), amount: eur(2000n), monthlyCap: eur(5000n) }
  expect(await asOffice(tenantId, (ctx) => saveAutoTopUp(ctx, rule))).toEqual({ ok: true, value: undefined })

  expect(await runAutoTopUps(automatic(sandbox))).toBe(1)
  expect(await runAutoTopUps(automatic(sandbox))).toBe(0)
  await creditAll(buyer)
  expect(await runAutoTopUps(automatic(sandbox))).toBe(1)
  await creditAll(buyer)
  expect(await grantsOf(tenantId)).toEqual(['top-up active 1000', 'top-up active 2000', 'top-up active 2000'])

  await asOffice(tenantId, (ctx) => saveAutoTopUp(ctx, { ...rule, threshold: eur(9000n) }))
  expect(await runAutoTopUps(automatic(sandbox))).toBe(0)
  expect(await brokenBooks(tenantId)).toEqual([])
})

test('a card that is declined pauses it until the rule is saved again', async () => {
  const buyer = await customer()
  const { tenantId, accountId } = buyer
  const sandbox = await sandboxOf(tenantId)
  const attemptId = await checkout(buyer, sandbox, 1000n)
  await sandbox.pay(attemptId, { later: 'insufficient-funds' })
  await settleAttempt(sandbox.process, attemptId)
  await creditAll(buyer)
  const rule = { accountId, isOn: true, threshold: eur(4000n), amount: eur(2000n), monthlyCap: eur(5000n) }
  await asOffice(tenantId, (ctx) => saveAutoTopUp(ctx, rule))
  expect(await runAutoTopUps(automatic(sandbox))).toBe(1)
  expect(await runAutoTopUps(automatic(sandbox))).toBe(0)
  const [paused] = await asOffice(tenantId, ({ db }) => db.autoTopUp.findMany())
  expect(paused?.pausedFor).toBe('declined')
  expect(await grantsOf(tenantId)).toEqual(['top-up active 1000'])

  await asOffice(tenantId, (ctx) => pauseAutoTopUp(ctx, { attemptId: paused?.attemptId ?? '' }, 'insufficient-funds'))
  await asOffice(tenantId, (ctx) => saveAutoTopUp(ctx, rule))
  const [again] = await asOffice(tenantId, ({ db }) => db.autoTopUp.findMany())
  expect(again?.pausedFor).toBeNull()
})

test('a rule whose month holds less than one top-up is refused', async () => {
  const { tenantId, accountId } = await customer()
  const rule = { accountId, isOn: true, threshold: eur(0n), amount: eur(2000n), monthlyCap: eur(1999n) }
  expect(await asOffice(tenantId, (ctx) => saveAutoTopUp(ctx, rule))).toEqual({
    ok: false,
    error: 'cap-below-amount',
  })
})

test('a transfer that was announced for the balance fills it', async () => {
  const { tenantId, accountId } = await customer()
  const formKey = v7()
  const wish = { accountId, amount: eur(10000n), dueOn: '2026-07-20' as const, formKey, purpose: 'top-up' as const }
  const announced = await asOffice(tenantId, (ctx) => announcePayment(ctx, wish))
  const day = new Date('2026-07-10')
  const statementId = v7()
  const entryId = v7()
  await asOffice(tenantId, async ({ db, now }) => {
    const file = {
      fileHash: 'hash',
      part: 1,
      fileName: 'july.xml',
      format: 'camt.053',
      fromDay: day,
      toDay: day,
      entryCount: 1,
      newCount: 1,
    }
    const account = { iban: 'DE89370400440532013000', currency: 'EUR' }
    await db.bankStatement.createMany({ data: [{ tenantId, id: statementId, ...account, ...file, importedBy: 'test', importedAt: now }] })
    const text = announced.ok ? announced.value.reference : ''
    const entry = { entryKey: 'key', bookedOn: day, currency: 'EUR', amountMinor: 10000n, text, state: 'open' }
    await db.bankEntry.createMany({ data: [{ tenantId, id: entryId, statementId, ...entry }] })
  })
  const accepted = await asOffice(tenantId, (ctx) => acceptEntry(ctx, { entryId, accountId, expectedPaymentId: formKey, shares: [] }))
  expect(accepted.ok).toBe(true)
  expect(await grantsOf(tenantId)).toEqual(['top-up active 10000'])
  expect(await booksOf(tenantId)).toEqual({ bank: 10000n, 'prepaid-balance': -10000n })
  expect(await brokenBooks(tenantId)).toEqual([])
})
