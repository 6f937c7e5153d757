import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A row of every kind by which a seller judges orders. */
export async function plantSellerFraud({ db, tenantId, now }: TenantContext): Promise<void> {
  const scores = { weights: {}, reviewScore: 50, refuseScore: 100, largeOrder: {} }
  const limits = { ordersPerAccount: 1, ordersPerAddress: 1, signUpsPerAddress: 1 }
  await db.fraudSettings.createMany({
    data: [{ tenantId, scope: 'all-orders', signUps: 'rules', ...scores, ...limits, changedBy: 'test', changedAt: now }],
  })
  const entry = { list: 'deny', kind: 'domain', value: 'mail.example', note: 'Throw-away', addedBy: 'test', addedAt: now }
  await db.fraudListEntry.createMany({ data: [{ tenantId, id: v7(), ...entry }] })
  await db.spentChallenge.createMany({ data: [{ tenantId, digest: 'digest', expiresAt: now }] })
  await db.velocityCounter.createMany({ data: [{ tenantId, subject: 'orders:planted', windowStart: now, taken: 1, takenBefore: 0 }] })
}

/** What screening leaves of a buyer's order. */
export async function plantBuyerFraud({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const { id: orderId } = await db.order.findFirstOrThrow({ where: { accountId }, select: { id: true } })
  await db.orderOrigin.createMany({ data: [{ tenantId, orderId, accountId, addressHash: 'hash', lists: ['watch'], placedAt: now }] })
  const judged = { verdict: 'review', score: 60, reasons: [], facts: {}, screenedAt: now }
  await db.orderScreening.createMany({ data: [{ tenantId, orderId, accountId, ...judged }] })
  const risk = { accountId, addressHash: 'hash', ...judged }
  await db.riskScreening.createMany({ data: [{ tenantId, id: accountId, kind: 'sign-up', ...risk }] })
  const asked = { question: 'Why?', askedBy: 'test', askedAt: now }
  await db.orderQuestion.createMany({ data: [{ tenantId, id: v7(), orderId, accountId, ...asked }] })
}
