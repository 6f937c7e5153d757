import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { chargeDueFees } from '#app/services/credit/charge-due-fees.server.ts'
import { noteDocumentTax } from '#app/services/credit/document-tax.server.ts'
import { readExposure } from '#app/services/credit/read-exposure.server.ts'
import { reserveCredit } from '#app/services/credit/reserve-credit.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import {
  asOffice,
  buildAccount,
  buildCharges,
  buildContract,
  buildPriceBook,
  buildProduct,
  buildSubscription,
  buildTenant,
} from '#tests/support/builders.ts'
import { allocate, eur, receive } from '#tests/support/payments.ts'

afterEach(() => setClock())

let tenantId: string
let accountId: string
let contractId: string
let priceVersionId: string
let ruleIds: readonly string[]
let subscriptionId: string

/** Ahorn at Meridian: limit 5,000.00, paid in arrears under reverse charge, and one Web 1 ordered on 1 June. */
beforeEach(async () => {
  at('2026-06-01T08:00:00Z')
  tenantId = await buildTenant({ slug: `seller-${v7()}` })
  const productId = await buildProduct(tenantId)
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'setup', price: '9', productId },
    { feeKind: 'recurring', price: '15.20', productId },
    { feeKind: 'usage', price: '0.096', meter: 'traffic.sent', included: '100' },
  ])
  ;({ priceVersionId, ruleIds } = book)
  accountId = await buildAccount(tenantId, { country: 'AT', vatId: 'ATU12345675', vatIdStatus: 'valid' })
  const terms = { accountId, priceBookId: book.priceBookId, feesInAdvance: false, creditLimitMinor: 500_000n }
  contractId = await buildContract(tenantId, terms)
  await asOffice(tenantId, (ctx) => noteDocumentTax(ctx, [contractId]))
  subscriptionId = await buildSubscription(tenantId, { accountId, contractId, productId, startedAt: '2026-06-01T08:00:00Z' })
  const source = { kind: 'change', id: v7() } as const
  await asOffice(tenantId, (ctx) =>
    reserveCredit(ctx, { contractId, accountId, source, subscriptionId, amount: eur(2420n), heldUntil: null }),
  )
})

const at = (instant: string) => setClock(fixedClock(instant))
const chargeAt = (instant: string) => {
  at(instant)
  return asOffice(tenantId, (ctx) => chargeDueFees(ctx))
}

/** Exposure, what is available, and its parts: open, rated, reserved, unapplied. */
async function standing() {
  const read = await asOffice(tenantId, (ctx) => readExposure(ctx, contractId))
  if (!read.ok) throw new Error(read.error)
  expect(await asOffice(tenantId, creditNotAsSources)).toMatchObject({ violations: 0 })
  const { parts, exposure, available } = read.value
  return [exposure, available, parts.open, parts.rated, parts.reserved, parts.unapplied].map(({ minor }) => Number(minor))
}

async function useSixtyGb(): Promise<void> {
  const usage = { quantity: '160', included: '100', billed: '60', unitPrice: '0.096', amount: '5.76', billingPeriod: '2026-06-01' }
  const facts = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[2] ?? '' }
  await buildCharges(tenantId, [{ ...facts, ...usage }])
}

test('with the July fee that fell due exposure on 1 July is 45.16, and after a wire of 29.96 it is 15.20', async () => {
  expect(await standing()).toEqual([2420, 497_580, 0, 0, 2420, 0])
  await chargeAt('2026-06-01T08:10:00Z')
  expect(await standing()).toEqual([2420, 497_580, 0, 0, 2420, 0])
  await chargeAt('2026-06-02T08:00:00Z')
  expect(await standing()).toEqual([2420, 497_580, 0, 2420, 0, 0])
  await useSixtyGb()
  await chargeAt('2026-06-30T21:59:59Z')
  expect(await standing()).toEqual([2996, 497_004, 0, 2996, 0, 0])

  // Midnight of 1 July in Berlin.
  await chargeAt('2026-06-30T22:00:00Z')
  expect(await standing()).toEqual([4516, 495_484, 0, 4516, 0, 0])
  await chargeAt('2026-06-30T22:10:00Z')
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  expect(invoice?.total).toEqual(eur(2996n))
  expect(await standing()).toEqual([4516, 495_484, 2996, 1520, 0, 0])

  at('2026-07-03T08:00:00Z')
  const wire = await receive(tenantId, accountId, 2996n)
  await allocate(tenantId, wire.id, invoice?.id ?? '', 2996n)
  expect(await standing()).toEqual([1520, 498_480, 0, 1520, 0, 0])

  await billMonth(tenantId, '2026-07', '2026-08-01T06:00:00Z')
  expect((await invoicesOf(tenantId)).map(({ total }) => total)).toEqual([eur(2996n), eur(1520n)])
})

test('a service that ended is charged for its days alone, as if it had been billed at once', async () => {
  await chargeAt('2026-06-02T08:00:00Z')
  const endedAt = new Date('2026-06-10T22:00:00Z')
  await asOffice(tenantId, ({ db }) => db.subscription.updateMany({ where: { tenantId }, data: { state: 'ended', endedAt } }))
  await chargeAt('2026-06-11T08:00:00Z')
  // 9.00 and ten of thirty days of 15.20.
  expect((await standing()).slice(0, 4)).toEqual([1407, 498_593, 0, 1407])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  expect((await invoicesOf(tenantId)).map(({ total }) => total)).toEqual([eur(1407n)])
})
