import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readDispute } from '#app/db/payments/disputes.server.ts'
import { readPaymentSettings, savePaymentSettingsRow } from '#app/db/payments/payment-settings.server.ts'
import { insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { PayoutRule } from '#app/domain/settlement/payout-rule.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { followDispute } from '#app/services/disputes/follow-dispute.server.ts'
import { type DisputeNotice, tellStaffOfDispute } from '#app/services/disputes/tell-staff.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { buildGatewayAccount, type Captured, capture, tellDispute } from '#tests/support/captured-payments.ts'
import { payOut } from '#tests/support/payouts.ts'
import { agree, buildSettledEdge, customerPays, invoiceCustomer } from '#tests/support/settled-edge.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'

const actor = systemActor('disputes')
afterEach(() => setClock())

async function seller() {
  const tenantId = await buildTenant()
  const accountId = await buildAccount(tenantId, { name: 'Café Linde e.U.' })
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  return { tenantId, accountId, paid: await capture(tenantId, { accountId, gatewayAccountId, minor: 5000n }) }
}

/** The dispute stands so at the gateway; what follows from it is done. */
async function disputed(paid: Captured, state: 'needs-response' | 'won'): Promise<string> {
  const taken = await tellDispute(paid, { state, minor: 5000n })
  const disputeId = taken.ok ? taken.value : ''
  await followDispute({ tenantId: paid.tenantId, disputeId, actor })
  return disputeId
}

const standing = (tenantId: string) =>
  asOffice(tenantId, ({ db }) => db.accountHold.findMany({ where: { liftedAt: null }, select: { source: true, effect: true } }))

test('the services of an account stop while nobody has decided, where the seller wants that, and go on once it is won', async () => {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  const { tenantId, accountId, paid } = await seller()
  const server = await buildServer(await buildCloud(tenantId), 'shop-01', [{ tenantId, accountId }])
  const state = async () => {
    await work([tenantId])
    return stateAt(tenantId, server.ids[0] ?? '')
  }
  setClock(fixedClock('2026-06-10T08:01:00Z'))
  await disputed(paid, 'needs-response')
  expect([await standing(tenantId), await state()]).toEqual([[], 'running'])
  const settings = { refundApprovalAbove: {}, suspendsOnDispute: true, exchangeMonths: 13 }
  await asOffice(tenantId, async (ctx) => savePaymentSettingsRow(ctx, { ...(await readPaymentSettings(ctx)), ...settings }))
  for (const _ of [1, 2]) await disputed(paid, 'needs-response')
  expect([await standing(tenantId), await state()]).toEqual([[{ source: 'dispute', effect: 'suspend-services' }], 'stopped'])
  await disputed(paid, 'won')
  expect([await standing(tenantId), await state()]).toEqual([[], 'running'])
})

test('everybody who deals with payments is told once', async () => {
  const { tenantId, paid } = await seller()
  const owner = { name: 'owner', isOwner: true, permissions: [] }
  await asOffice(tenantId, (ctx) => insertSecurityProfiles(ctx, [owner]))
  const ada = { email: 'ada@example.test', name: 'Ada', language: 'de', profile: 'owner' }
  expect(await asOffice(tenantId, (ctx) => addMember(ctx, ada))).toMatchObject({ ok: true })
  const disputeId = await disputed(paid, 'needs-response')
  const told: DisputeNotice[] = []
  const sent: string[] = []
  const ports = {
    mailer: { send: async ({ key }: { key: string }) => ({ messageId: String(sent.push(key)) }) },
    compose: async (notice: DisputeNotice) => {
      told.push(notice)
      const from = { address: 'shop@example.test' }
      return { from, to: [from], subject: '', html: '', text: '', language: notice.to.language, attachments: [] }
    },
  }
  for (const _ of [1, 2]) await tellStaffOfDispute(processOf(tenantId, ports), disputeId)
  expect(told.map(({ customer, to }) => [customer, to.address, to.language])).toEqual([['Café Linde e.U.', 'ada@example.test', 'de']])
  expect(sent).toEqual([`dispute:${disputeId}:ada@example.test`])
  expect((await asOffice(tenantId, (ctx) => readDispute(ctx, disputeId)))?.noticedAt).not.toBeNull()
})

test('the parent pays nothing out of a disputed sale, and does once it is won', async () => {
  const edge = await buildSettledEdge()
  const rule = PayoutRule.parse({ kind: 'percent', percent: '20' })
  await agree(edge, { pricing: 'revenue-share', collectsPayments: 'parent', isSelfBilled: true, payoutRule: rule })
  const invoiceId = await invoiceCustomer(edge)
  const { paymentId } = await customerPays(edge, { invoiceId, cents: 12_000n, isTakenByParent: true })
  const { tenantId, accountId } = edge.reseller
  const gatewayAccountId = await buildGatewayAccount(tenantId)
  const { attemptId } = await capture(tenantId, { accountId, gatewayAccountId, minor: 1n })
  const times = { openedAt: new Date(), changedAt: new Date() }
  const facts = { disputeRef: 'dp_1', state: 'needs-response', reason: 'fraudulent', currency: 'EUR', amountMinor: 1n, returnedMinor: 0n }
  const row = { tenantId, id: attemptId, accountId, gatewayAccountId, attemptId, paymentId, ...facts, ...times }
  await asOffice(tenantId, ({ db }) => db.dispute.createMany({ data: [row] }))
  await followDispute({ tenantId, disputeId: row.id, actor })
  expect(await payOut(edge, '2026-07-05')).toEqual([])
  await asOffice(tenantId, ({ db }) => db.dispute.updateMany({ where: { id: row.id }, data: { state: 'won', decidedAt: times.changedAt } }))
  await followDispute({ tenantId, disputeId: row.id, actor })
  expect(await payOut(edge, '2026-07-06')).toMatchObject([{ payoutMinor: 4_000n }])
})
