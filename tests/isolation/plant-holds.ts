import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A hold of the buyer that was lifted, and a server that stood still for it. */
export async function plantBuyerHold({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const { id: resourceId } = await db.resource.findFirstOrThrow({ where: { tenantId, accountId }, select: { id: true } })
  const hold = { source: 'staff', effect: 'suspend-services', reason: 'test', key: 'staff' }
  const deeds = { placedBy: 'test', placedAt: now, liftedBy: 'test', liftedAt: now }
  await db.accountHold.createMany({ data: [{ tenantId, id: v7(), accountId, ...hold, ...deeds }] })
  const times = { suspendedAt: now, resumedAt: now, settledAt: now }
  await db.serviceSuspension.createMany({
    data: [{ tenantId, id: v7(), accountId, resourceId, cause: 'hold', wasRunning: true, ...times }],
  })
}

/** A policy of the seller that was replaced. */
export async function plantSellerDunning({ db, tenantId, now }: TenantContext): Promise<void> {
  const policy = { segment: null, currency: 'EUR', version: 1, state: 'retired', minimumMinor: 0n, steps: [] }
  const deeds = { createdBy: 'test', createdAt: now, activatedBy: 'test', activatedAt: now }
  await db.dunningPolicy.createMany({ data: [{ tenantId, id: v7(), ...policy, ...deeds }] })
}

/** A case of the buyer that is closed, with its letter, its step and a promise that was kept. */
export async function plantBuyerDunning(
  { db, tenantId, now }: TenantContext,
  { accountId, invoiceId }: { accountId: string; invoiceId: string },
): Promise<void> {
  const { id: policyId } = await db.dunningPolicy.findFirstOrThrow({ where: { tenantId }, select: { id: true } })
  const [caseId, letterId] = [v7(), v7()]
  const of = { tenantId, accountId }
  await db.dunningCase.createMany({ data: [{ ...of, id: caseId, currency: 'EUR', policyId, openedOn: now, closedAt: now }] })
  const letter = { position: 0, action: 'notify', totalMinor: 10n, feeMinor: 0n, interestMinor: 0n, doneOn: now, createdAt: now }
  await db.dunningLetter.createMany({ data: [{ ...of, id: letterId, caseId, ...letter }] })
  const step = { position: 0, doneOn: now, openMinor: 10n }
  await db.dunningStep.createMany({ data: [{ ...of, id: v7(), caseId, letterId, invoiceId, ...step }] })
  const promise = { kind: 'promise', untilOn: now, reason: 'test', state: 'kept', createdBy: 'test', createdAt: now, endedAt: now }
  await db.dunningAgreement.createMany({ data: [{ ...of, id: v7(), ...promise }] })
}
