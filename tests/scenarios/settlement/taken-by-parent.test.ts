import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { readPayouts } from '#app/services/payouts/read-payouts.server.ts'
import { readCollecting } from '#app/services/settlement/read-collecting.server.ts'
import { type RecordTakenInput, recordTaken } from '#app/services/settlement/record-taken.server.ts'
import { invoicesOf } from '#tests/support/billing.ts'
import { asOffice } from '#tests/support/builders.ts'
import {
  agree,
  balances,
  buildSettledEdge,
  count,
  customerPays,
  invoiceCustomer,
  off,
  type SettledEdge,
} from '#tests/support/settled-edge.ts'

let edge: SettledEdge
let number: string
beforeEach(async () => {
  edge = await buildSettledEdge()
})
afterEach(() => setClock())

/** The parent collects, keeps 3 %, and the customer's invoice of June stands open at 120.00. */
async function collecting(): Promise<void> {
  await agree(edge, { collectsPayments: 'parent', financialChargeRate: new Decimal(3) })
  await invoiceCustomer(edge)
  number = (await invoicesOf(edge.reseller.tenantId))[0]?.number ?? ''
}

const taken = (changes: Partial<RecordTakenInput> = {}) =>
  recordTaken({
    tenantId: edge.provider.tenantId,
    actor: systemActor('office'),
    accountId: edge.provider.accountId,
    number,
    amount: money(12_000n, 'EUR'),
    method: 'card',
    receivedOn: '2026-07-01',
    formKey: v7(),
    ...changes,
  })

test('money that the parent records settles the reseller’s document and is counted for both', async () => {
  await collecting()
  const formKey = v7()
  expect(await taken({ formKey })).toMatchObject({ ok: true })
  expect(await taken({ formKey })).toMatchObject({ ok: true })
  const { tenantId } = edge.reseller
  const payments = await asOffice(tenantId, ({ db }) => db.payment.findMany({ where: { tenantId }, select: { id: true }, take: 5 }))
  expect(payments).toHaveLength(1)
  await count(edge, payments[0]?.id ?? '')
  expect((await invoicesOf(tenantId))[0]).toMatchObject({ status: 'paid' })
  expect(await balances(edge.reseller, 'receivable', 'receivable-from-parent')).toEqual({ 'receivable-from-parent': 11_640 })
  expect(await balances(edge.provider, 'payable-to-child')).toEqual({ 'payable-to-child': -11_640 })
})

test('a number that no open document has, another currency and a day to come are refused, and nothing is booked', async () => {
  await collecting()
  expect(await taken({ number: 'AH-2026-99999' })).toMatchObject({ error: 'document-not-found' })
  expect(await taken({ amount: money(12_000n, 'CHF') })).toMatchObject({ error: 'document-not-found' })
  expect(await taken({ receivedOn: '2027-01-01' })).toMatchObject({ error: 'received-in-future' })
  expect(await balances(edge.reseller, 'receivable-from-parent')).toEqual({})
})

test('where the reseller collects, the parent records nothing and is offered nobody', async () => {
  await agree(edge, {})
  await invoiceCustomer(edge)
  expect(await taken({ number: 'AH-2026-00001' })).toMatchObject({ error: 'not-collecting' })
  expect(await asOffice(edge.provider.tenantId, readCollecting)).toMatchObject({ resellers: [] })
})

test('a share of payments in another currency than the contract’s is shown as owed', async () => {
  await agree(edge, { pricing: 'discount-off-list', chargeTrigger: 'on-customer-payment', discounts: off('20') })
  const invoiceId = await invoiceCustomer(edge)
  await customerPays(edge, { invoiceId, cents: 12_000n })
  const { tenantId, contractId } = edge.provider
  const abroad = async () => (await asOffice(tenantId, (ctx) => readPayouts(ctx, null))).abroad
  expect(await abroad()).toEqual([])
  await asOffice(tenantId, ({ db }) => db.contract.updateMany({ where: { tenantId, id: contractId }, data: { currency: 'USD' } }))
  expect(await abroad()).toMatchObject([{ name: 'Ahorn Hosting GmbH', amount: { minor: 8_000n, currency: 'EUR' } }])
})
