import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A gateway account of the seller with what it told that is nobody's. */
export async function plantSellerGateway({ db, tenantId, now }: TenantContext): Promise<void> {
  const id = v7()
  const secret = { secretCiphertext: new Uint8Array([1]), secretKeyId: 'key' }
  const account = { gateway: 'sandbox', name: 'Sandbox', mode: 'test', state: 'active', externalId: id, settings: {} }
  await db.gatewayAccount.createMany({ data: [{ tenantId, id, ...account, ...secret, createdBy: 'test', createdAt: now, changedAt: now }] })
  const event = { eventId: 'event-1', eventType: 'other', about: { kind: 'other' }, payload: '{}', state: 'ignored' }
  await db.gatewayEvent.createMany({ data: [{ tenantId, id: v7(), gatewayAccountId: id, ...event, receivedAt: now }] })
}

/** A saved way to pay of the buyer, and an attempt with what it pays and what was said to the gateway. */
export async function plantBuyerAttempts(
  { db, tenantId, now }: TenantContext,
  refs: { accountId: string; invoiceId: string },
): Promise<void> {
  const { accountId, invoiceId } = refs
  const { id: gatewayAccountId } = await db.gatewayAccount.findFirstOrThrow({ where: { tenantId }, select: { id: true } })
  const [paymentMethodId, attemptId] = [v7(), v7()]
  const method = { kind: 'card', customerRef: 'cus_1', methodRef: paymentMethodId, label: 'Card', isDefault: true, state: 'active' }
  await db.paymentMethod.createMany({
    data: [{ tenantId, id: paymentMethodId, accountId, gatewayAccountId, ...method, createdBy: 'test', createdAt: now }],
  })
  const attempt = { kind: 'off-session', purpose: 'invoices', state: 'pending', currency: 'EUR', amountMinor: 10n, startedBy: 'test' }
  const times = { deadlineAt: now, createdAt: now, changedAt: now }
  await db.paymentAttempt.createMany({
    data: [{ tenantId, id: attemptId, accountId, gatewayAccountId, paymentMethodId, ...attempt, ...times }],
  })
  await db.paymentAttemptTarget.createMany({
    data: [{ tenantId, id: v7(), accountId, attemptId, kind: 'invoice', targetId: invoiceId, amountMinor: 10n, isOpen: true }],
  })
  const said = { direction: 'out', operation: 'charge', method: 'POST', path: '/', status: 200, request: '{}', answer: '{}', durationMs: 1 }
  await db.gatewayExchange.createMany({ data: [{ tenantId, id: v7(), gatewayAccountId, attemptId, ...said, at: now }] })
  await db.autoPayment.createMany({ data: [{ tenantId, accountId, isOn: true, changedBy: 'test', changedAt: now }] })
}
