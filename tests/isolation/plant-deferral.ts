import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** Says that the seller defers fees in advance. */
export async function plantDeferralSettings({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.deferralSettings.createMany({ data: [{ tenantId, defersFrom: new Date('2026-01-01'), changedAt: now }] })
}

/** Says what the last nightly check found. */
export async function plantInvariantCheck({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.invariantCheck.createMany({ data: [{ tenantId, checkedAt: now, examined: 1n, violations: 0n, findings: [] }] })
}

type Writing = Pick<TenantContext, 'db' | 'tenantId' | 'now'>

/** A month that earns a part of the line. */
export async function plantDeferredPart(
  { db, tenantId, now }: Writing,
  line: { readonly invoiceId: string; readonly lineId: string },
): Promise<void> {
  const part = { cause: 'invoice', revenueKind: 'recurring', month: new Date('2026-12-01'), currency: 'EUR', amountMinor: 1n }
  await db.deferredPart.createMany({ data: [{ tenantId, id: v7(), ...line, ...part, createdAt: now }] })
}
