import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

export type WalletRefs = { readonly accountId: string; readonly invoiceId: string }

/** A row of every kind that a balance leaves. */
export async function plantBuyerWallet({ db, tenantId, now }: TenantContext, { accountId, invoiceId }: WalletRefs): Promise<void> {
  const own = { tenantId, accountId, currency: 'EUR' }
  const [walletId, grantId, paymentId] = [v7(), v7(), v7()]
  await db.wallet.createMany({ data: [{ ...own, id: walletId, createdAt: now }] })
  const grant = { kind: 'top-up', state: 'active', amountMinor: 10n, usedMinor: 4n, priority: 50, scope: 'all', grantedBy: 'test' }
  await db.creditGrant.createMany({ data: [{ ...own, id: grantId, walletId, sourceKey: grantId, ...grant, createdAt: now }] })
  const product = await db.product.findFirstOrThrow({ where: { tenantId }, select: { id: true } })
  await db.grantProduct.createMany({ data: [{ tenantId, accountId, grantId, productId: product.id }] })
  await db.grantUse.createMany({ data: [{ ...own, id: v7(), grantId, invoiceId, amountMinor: 4n, createdAt: now }] })
  const received = { method: 'transfer', heldAt: 'bank', receivedOn: new Date('2026-10-02'), recordedBy: 'test' }
  await db.payment.createMany({
    data: [{ ...own, id: paymentId, sourceKey: paymentId, amountMinor: 10n, allocatedMinor: 10n, ...received, createdAt: now }],
  })
  await db.topUp.createMany({ data: [{ ...own, id: v7(), paymentId, grantId, amountMinor: 10n, createdAt: now }] })
  const rule = { isOn: true, thresholdMinor: 5n, amountMinor: 10n, monthlyCapMinor: 50n, changedBy: 'test', changedAt: now }
  await db.autoTopUp.createMany({ data: [{ tenantId, accountId, walletId, ...rule }] })
}

/** What a seller says about credit that staff give. */
export async function plantSellerWallet({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.walletSettings.createMany({ data: [{ tenantId, approvalAboveMinor: 100n, changedBy: 'test', changedAt: now }] })
}
