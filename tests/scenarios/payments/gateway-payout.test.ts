import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { gatewaysNotAsBooked } from '#app/db/invariants/gateways.server.ts'
import type { GatewayPayout, PayoutLine } from '#app/ports/payment-gateway.ts'
import { listGatewayPayouts, listPayoutLines } from '#app/reports/payments/gateway-payouts.server.ts'
import { comparePayout } from '#app/services/gateway-payouts/compare-payout.server.ts'
import { takeInPayout } from '#app/services/gateway-payouts/read-gateway-payouts.server.ts'
import { matchOutgoing } from '#app/services/reconciliation/match-outgoing.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, tellDispute, tellRefund } from '#tests/support/captured-payments.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, eur } from '#tests/support/payments.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let gatewayAccountId: string
let paid: Captured

// A card pays 50.00, of which 10.00 go back.
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const { tenantId, accountId } = seller
  gatewayAccountId = await buildGatewayAccount(tenantId)
  paid = await capture(tenantId, { accountId, gatewayAccountId, minor: 5000n })
  await tellRefund(paid, { ref: 're_1', state: 'done', minor: 1000n })
})
afterEach(() => setClock())

const line = (kind: PayoutLine['kind'], ref: string | null, amount: bigint, fee = 0n): PayoutLine => {
  return { kind, ref, amount: eur(amount), fee: eur(fee) }
}

function payOut(lines: readonly PayoutLine[], facts: Partial<GatewayPayout> = {}) {
  const net = lines.reduce((sum, { amount, fee }) => sum + amount.minor - fee.minor, 0n)
  const payout = { ref: 'po_1', amount: eur(net), arrivesOn: '2026-07-05', state: 'paid', lines, ...facts } as const
  return asOffice(seller.tenantId, (ctx) => takeInPayout(ctx, { id: gatewayAccountId, gateway: 'sandbox' }, payout))
}

/** The first payout of the list with how its lines differ. */
async function report() {
  return asOffice(seller.tenantId, async (ctx) => {
    const [payout] = (await listGatewayPayouts(ctx, { cursor: null, limit: 1 })).rows
    const lines = payout ? await listPayoutLines(ctx, payout.id) : []
    return { id: payout?.id ?? '', gap: payout?.gap.minor, differences: lines.map(({ difference }) => difference) }
  })
}

const broken = () => asOffice(seller.tenantId, async (ctx) => (await gatewaysNotAsBooked(ctx)).ids)

test('what a gateway holds goes to the bank less its fees, once, however often it is read', async () => {
  const lines = [line('payment', paid.paymentRef, 5000n, 75n), line('refund', 're_1', -1000n), line('fee', null, -25n)]
  expect(await payOut(lines)).toBe(1)
  expect(await payOut(lines)).toBe(0)
  const books = await booksOf(seller.tenantId)
  expect(books).toMatchObject({ bank: 3900n, 'gateway-fees': 100n })
  expect(books).not.toHaveProperty('clearing.sandbox')
  expect(await report()).toMatchObject({ gap: 0n, differences: [null, null, null] })
  expect(await broken()).toEqual([])
})

test('a payout that is on its way is booked when it arrives', async () => {
  const lines = [line('payment', paid.paymentRef, 5000n, 75n)]
  await payOut(lines, { state: 'on-its-way' })
  expect(await booksOf(seller.tenantId)).not.toHaveProperty('bank')
  await payOut(lines)
  expect(await booksOf(seller.tenantId)).toMatchObject({ bank: 4925n })
})

test('the fee of a dispute is booked with the dispute, not again with the payout', async () => {
  await tellDispute(paid, { state: 'needs-response', minor: 4000n, fee: 1500n })
  await payOut([line('payment', paid.paymentRef, 5000n, 75n), line('refund', 're_1', -1000n), line('dispute', 'dp_1', -4000n, 1500n)])
  const books = await booksOf(seller.tenantId)
  expect(books).toMatchObject({ bank: -1575n, 'gateway-fees': 1575n })
  expect(books).not.toHaveProperty('clearing.sandbox')
})

test('unknown payments, other amounts and lines that do not add up are listed', async () => {
  const lines = [line('payment', paid.paymentRef, 4999n), line('payment', 'pay_elsewhere', 300n), line('refund', 're_1', -1000n)]
  await payOut(lines, { amount: eur(4300n) })
  expect(await report()).toMatchObject({ gap: -1n, differences: ['other-amount', 'unknown', null] })
  expect(await broken()).toEqual([paid.paymentRef])
})

test('a payment that two payouts hold is there twice', async () => {
  await payOut([line('payment', paid.paymentRef, 5000n)])
  await payOut([line('payment', paid.paymentRef, 5000n)], { ref: 'po_2', arrivesOn: '2026-07-06' })
  expect(await report()).toMatchObject({ differences: ['twice'] })
})

test('what was unknown agrees once the books know it', async () => {
  await payOut([line('refund', 're_2', -500n)])
  const { id: payoutId } = await report()
  await tellRefund(paid, { ref: 're_2', state: 'done', minor: 500n })
  await asOffice(seller.tenantId, (ctx) => comparePayout(ctx, { payoutId, gatewayAccountId }))
  expect(await report()).toMatchObject({ differences: [null] })
})

test('a refund that nobody sent is found', async () => {
  await asOffice(seller.tenantId, ({ db }) =>
    db.paymentAttempt.updateMany({ where: { id: paid.attemptId }, data: { refundedMinor: 1001n } }),
  )
  expect(await broken()).toEqual([paid.attemptId])
})

test('a line of the bank that is a payout is no payment of a buyer', async () => {
  await payOut([line('payment', paid.paymentRef, 5000n, 75n)])
  const { id } = await report()
  const entryId = await plantEntry(4925n)
  const matched = await asOffice(seller.tenantId, (ctx) => matchOutgoing(ctx, { entryId, kind: 'payout', id }))
  expect(matched).toEqual({ ok: true })
  const again = await plantEntry(4925n)
  const twice = await asOffice(seller.tenantId, (ctx) => matchOutgoing(ctx, { entryId: again, kind: 'payout', id }))
  expect(twice).toEqual({ ok: false, error: 'not-offered' })
  expect(await booksOf(seller.tenantId)).toMatchObject({ bank: 4925n })
})

/** A line of a bank file that nobody decided on. */
function plantEntry(amountMinor: bigint): Promise<string> {
  return asOffice(seller.tenantId, async ({ db, tenantId, now }) => {
    const [statementId, id] = [v7(), v7()]
    const day = new Date('2026-07-06')
    const file = { fileHash: id, part: 1, fileName: 'july.xml', format: 'camt.053', fromDay: day, toDay: day, entryCount: 1, newCount: 1 }
    const account = { iban: 'DE89370400440532013000', currency: 'EUR', importedBy: 'test', importedAt: now }
    await db.bankStatement.createMany({ data: [{ tenantId, id: statementId, ...file, ...account }] })
    const entry = { statementId, entryKey: id, bookedOn: day, currency: 'EUR', amountMinor, text: 'PAYOUT', state: 'open' }
    await db.bankEntry.createMany({ data: [{ tenantId, id, ...entry }] })
    return id
  })
}
