import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { setCreditLimit } from '#app/services/credit/set-credit-limit.server.ts'
import { watchCredit } from '#app/services/credit/watch-credit.server.ts'
import { effectOf } from '#app/services/holds/effect-of.server.ts'
import { creditTopUp } from '#app/services/wallet/credit-top-up.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildCharges } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, tellDispute } from '#tests/support/captured-payments.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, stateOf } from '#tests/support/payments.ts'
import { brokenBooks, grantsOf } from '#tests/support/wallet.ts'

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let paid: Captured
let spentOn: string

/** A customer without a limit tops up 50.00 by card, and 29.63 of it settle the invoice of July; the one of June is paid by hand. */
beforeEach(async () => {
  seller = await sellerWithInvoice()
  const { tenantId, accountId, contractId, invoice } = seller
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  await capture(tenantId, { accountId, gatewayAccountId, minor: 4034n, invoiceId: invoice.id })
  paid = await capture(tenantId, { accountId, gatewayAccountId, minor: 5000n })
  await asOffice(tenantId, (ctx) => creditTopUp(ctx, paid.paymentId))
  await asOffice(tenantId, (ctx) => setCreditLimit(ctx, { accountId, amountMinor: 0n, reason: 'prepaid', span: null }))
  const rule = await asOffice(tenantId, ({ db }) => db.priceRule.findFirstOrThrow({ where: { meter: 'server.running' } }))
  const facts = { accountId, contractId, priceVersionId: rule.priceVersionId, priceRuleId: rule.id, meter: 'server.running' }
  await buildCharges(tenantId, [{ ...facts, billingPeriod: '2026-07-01', quantity: '100', unitPrice: '0.249', amount: '24.9' }])
  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
  spentOn = (await invoicesOf(tenantId)).find(({ total }) => total.minor === 2963n)?.id ?? ''
})
afterEach(() => setClock())

const told = (state: 'needs-response' | 'won' | 'lost') => tellDispute(paid, { state, minor: 5000n })

async function watchAt(instant: string): Promise<string | null> {
  const { tenantId, accountId } = seller
  setClock(fixedClock(instant))
  await asOffice(tenantId, (ctx) => watchCredit(ctx, { accountId }))
  return asOffice(tenantId, (ctx) => effectOf(ctx, accountId))
}

async function standing() {
  const { tenantId } = seller
  const books = await booksOf(tenantId)
  expect(Object.values(books).reduce((sum, minor) => sum + minor, 0n)).toBe(0n)
  expect(await brokenBooks(tenantId)).toEqual([])
  expect(await asOffice(tenantId, creditNotAsSources)).toMatchObject({ violations: 0 })
  return {
    grants: await grantsOf(tenantId),
    invoice: (await stateOf(tenantId, spentOn)).status,
    balance: -(books['prepaid-balance'] ?? 0n),
  }
}

test('a top-up that is disputed after it was spent leaves the balance below nothing, and orders, then services stop', async () => {
  expect(await standing()).toEqual({ grants: ['top-up active 2037'], invoice: 'paid', balance: 2037n })
  expect(await watchAt('2026-08-02T08:00:00Z')).toBeNull()
  for (const _ of [1, 2]) await told('needs-response')
  expect(await standing()).toEqual({ grants: ['top-up active -2963'], invoice: 'paid', balance: -2963n })
  expect(await watchAt('2026-08-02T09:00:00Z')).toBe('block-orders')
  expect(await watchAt('2026-08-03T09:00:00Z')).toBe('suspend-services')
  await told('lost')
  expect(await standing()).toMatchObject({ balance: -2963n })
})

test('a dispute that is won puts the balance back as it was, and everything goes on', async () => {
  await told('needs-response')
  expect(await watchAt('2026-08-02T09:00:00Z')).toBe('block-orders')
  for (const _ of [1, 2]) await told('won')
  expect(await standing()).toEqual({ grants: ['top-up active 2037'], invoice: 'paid', balance: 2037n })
  expect(await watchAt('2026-08-02T10:00:00Z')).toBeNull()
})
