import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

export type CreditRefs = { readonly accountId: string; readonly contractId: string }

/** A row of every kind that credit control leaves with a buyer; where it stands and its limit come with the contract. */
export async function plantBuyerCredit({ db, tenantId, now }: TenantContext, { accountId, contractId }: CreditRefs): Promise<void> {
  const { id: positionId } = await db.creditPosition.findFirstOrThrow({ where: { tenantId, contractId }, select: { id: true } })
  await db.creditReservation.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        positionId,
        contractId,
        accountId,
        sourceKind: 'order',
        sourceId: v7(),
        amountMinor: 100n,
        openMinor: 0n,
        state: 'consumed',
        createdAt: now,
        changedAt: now,
      },
    ],
  })
  const agreed = { suspendPercent: 110, suspendHours: 24, policy: 'block-only', prepaidDays: 3, changedBy: 'test', changedAt: now }
  await db.creditThresholds.createMany({ data: [{ tenantId, contractId, warnPercents: [80], ...agreed }] })
  await db.creditCrossing.createMany({
    data: [{ tenantId, id: v7(), positionId, accountId, step: 'warn-80', exposureMinor: 80n, limitMinor: 100n, crossedAt: now }],
  })
}
