import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { paymentsNotAsBooked } from '#app/db/invariants/payments.server.ts'
import { settledOtherwise, unappliedOtherwise } from '#app/db/invariants/settled.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, tellDispute, tellRefund } from '#tests/support/captured-payments.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, stateOf, useOf as sumsOf } from '#tests/support/payments.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let paid: Captured

// An invoice of 40.34 is paid by a card with 50.00.
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const { tenantId, accountId, invoice } = seller
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  paid = await capture(tenantId, { accountId, gatewayAccountId, minor: 5000n, invoiceId: invoice.id })
})
afterEach(() => setClock())

/** What is told of money: each word is one state the gateway is seen in. */
const told = {
  opened: () => tellDispute(paid, { state: 'needs-response', minor: 5000n, fee: 1500n }),
  review: () => tellDispute(paid, { state: 'under-review', minor: 5000n, fee: 1500n }),
  won: () => tellDispute(paid, { state: 'won', minor: 5000n }),
  lost: () => tellDispute(paid, { state: 'lost', minor: 5000n, fee: 1500n }),
} as const

async function books() {
  const { tenantId, invoice } = seller
  const { ids } = await asOffice(tenantId, paymentsNotAsBooked)
  const settled = await asOffice(tenantId, settledOtherwise)
  const unapplied = await asOffice(tenantId, unappliedOtherwise)
  const ledger = await booksOf(tenantId)
  return {
    use: await sumsOf(tenantId, paid.paymentId),
    invoice: await stateOf(tenantId, invoice.id),
    held: ledger['clearing.sandbox'] ?? 0n,
    fees: ledger['gateway-fees'] ?? 0n,
    lost: ledger['dispute-losses'] ?? 0n,
    sum: Object.values(ledger).reduce((sum, minor) => sum + minor, 0n),
    broken: [...ids, ...settled.ids, ...unapplied.ids],
  }
}

const whole = { lost: 0n, sum: 0n, broken: [] as string[] }

test('while a bank looks into it the debt is open again and the money gone, the fee booked', async () => {
  await told.opened()
  expect(await books()).toEqual({
    ...whole,
    use: { allocated: 0n, refunded: 5000n },
    invoice: { status: 'open', paid: 0n },
    held: -1500n,
    fees: 1500n,
  })
})

/** Every order of `words`. */
function orders<W>(words: readonly W[]): W[][] {
  if (words.length < 2) return [[...words]]
  return words.flatMap((word, place) => orders(words.filter((_, other) => other !== place)).map((rest) => [word, ...rest]))
}

describe.each(orders(['opened', 'review', 'won'] as const))('told of %s, %s, %s, each twice', (...order) => {
  test('a dispute that was won gives everything back, also the fee', async () => {
    for (const word of order) for (const _ of [1, 2]) await told[word]()
    expect(await books()).toEqual({
      ...whole,
      use: { allocated: 4034n, refunded: 0n },
      invoice: { status: 'paid', paid: 4034n },
      held: 5000n,
      fees: 0n,
    })
  })
})

describe.each(orders(['opened', 'review', 'lost'] as const))('told of %s, %s, %s', (...order) => {
  test('a dispute that was lost stays lost', async () => {
    for (const word of order) await told[word]()
    expect(await books()).toEqual({
      ...whole,
      use: { allocated: 0n, refunded: 5000n },
      invoice: { status: 'open', paid: 0n },
      held: -1500n,
      fees: 1500n,
    })
  })
})

test('a part that is disputed takes a part of the money', async () => {
  await tellDispute(paid, { state: 'needs-response', minor: 2000n })
  expect(await books()).toMatchObject({ ...whole, use: { allocated: 0n, refunded: 2000n }, held: 3000n })
  await tellDispute(paid, { state: 'won', minor: 2000n })
  expect(await books()).toMatchObject({ ...whole, use: { allocated: 4034n, refunded: 0n }, invoice: { status: 'paid', paid: 4034n } })
})

const given = () => tellRefund(paid, { ref: 're_hand', state: 'done', minor: 2000n })

test.each([
  { order: [given, told.opened, told.lost], name: 'a refund before it' },
  { order: [told.opened, given, told.lost, given], name: 'a refund during it, told of again after it' },
])('what was given back and is disputed, too, is lost with the dispute: $name', async ({ order }) => {
  for (const tell of order) await tell()
  expect(await books()).toMatchObject({ ...whole, lost: 2000n, held: -3500n, use: { allocated: 0n, refunded: 5000n } })
})

const failedRefund = () => tellRefund(paid, { ref: 're_hand', state: 'failed', minor: 2000n })

test.each([
  { order: [given, failedRefund, told.opened, told.lost], name: 'before the dispute' },
  { order: [given, told.opened, failedRefund, told.lost], name: 'while it is open' },
  { order: [given, told.opened, told.lost, failedRefund], name: 'after it was lost' },
  { order: [told.opened, given, told.lost, given, failedRefund], name: 'though it was made and told of during it' },
])('a refund that fails $name ends in the same books: nothing was given twice', async ({ order }) => {
  for (const tell of order) await tell()
  expect(await books()).toEqual({
    ...whole,
    use: { allocated: 0n, refunded: 5000n },
    invoice: { status: 'open', paid: 0n },
    held: -1500n,
    fees: 1500n,
  })
})

test('a refund that fails while its dispute is open, which is won then, leaves all of the money with the payment', async () => {
  for (const tell of [given, told.opened, failedRefund, told.won, failedRefund]) await tell()
  expect(await books()).toMatchObject({ ...whole, use: { allocated: 0n, refunded: 0n }, held: 5000n, fees: 0n })
})

test.each([
  { order: [given, told.opened, told.won], name: 'a refund before it' },
  { order: [told.opened, given, told.won, given], name: 'a refund during it, told of again after it' },
])('what was given back stays given back when the dispute is won: $name', async ({ order }) => {
  for (const tell of order) await tell()
  expect(await books()).toMatchObject({ ...whole, lost: 0n, held: 3000n })
})
