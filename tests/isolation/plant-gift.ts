import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** A gift code of a batch that nobody redeemed yet. */
export async function plantSellerGift({ db, tenantId, now }: TenantContext): Promise<void> {
  const batchId = v7()
  const facts = { name: 'Spring', currency: 'EUR', amountMinor: 500n, codes: 1, redeemUntil: new Date('2026-12-31'), state: 'active' }
  await db.giftBatch.createMany({ data: [{ tenantId, id: batchId, ...facts, formKey: batchId, createdBy: 'test', createdAt: now }] })
  await db.giftCode.createMany({ data: [{ tenantId, id: v7(), batchId, digest: batchId, ending: 'H4TC' }] })
}
