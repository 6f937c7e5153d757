import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'
import { plainSettings, storedSettings } from '#app/domain/settlement/settings.ts'
import { addDays } from '#app/domain/time/local-date.ts'

export type SettlementRefs = { readonly accountId: string; readonly contractId: string; readonly sequence: number }

const settings = storedSettings(
  plainSettings({
    pricing: 'buy-price-book',
    chargeTrigger: 'on-usage',
    collectsPayments: 'parent',
    issuer: 'child',
    isSelfBilled: false,
    currency: 'EUR',
    paymentDays: 14,
  }),
)

/** A row of every kind that settling an edge leaves. */
export async function plantSettlement(ctx: TenantContext, { accountId, contractId, sequence }: SettlementRefs): Promise<void> {
  const { db, tenantId, now } = ctx
  const [termsId, saleId, runId, payoutId] = [v7(), v7(), v7(), v7()]
  const day = new Date('2026-10-01')
  const common = { tenantId, accountId, contractId }
  const terms = {
    validFrom: day,
    settings,
    model: 'invoiced',
    state: 'agreed',
    reason: 'Agreed',
    needsSecondPerson: false,
    needsChild: false,
  }
  await db.settlementTerms.createMany({ data: [{ ...common, id: termsId, ...terms, proposedBy: 'test', proposedAt: now }] })
  const sale = { kind: 'payment', sourceId: v7(), currency: 'EUR', paidMinor: 10n, steps: 1 }
  await db.settlementSale.createMany({ data: [{ ...common, id: saleId, ...sale, createdAt: now }] })
  const through = new Date(addDays('2026-10-01', sequence))
  const run = {
    through,
    state: 'approved',
    isAboveLimit: false,
    requestedBy: 'test',
    requestedAt: now,
    approvedBy: 'test',
    approvedAt: now,
  }
  await db.payoutRun.createMany({ data: [{ tenantId, id: runId, ...run }] })
  const sums = { releasedMinor: 10n, taxMinor: 0n, freedMinor: 0n, offsetMinor: 0n, reserveMinor: 0n, payoutMinor: 10n }
  await db.payout.createMany({
    data: [{ ...common, id: payoutId, runId, currency: 'EUR', through, state: 'made', ...sums, createdAt: now }],
  })
  const amounts = { currency: 'EUR', paidMinor: 10n, chargeMinor: 0n, amountMinor: 10n, occurredOn: day, releaseOn: day }
  await db.settlementItem.createMany({
    data: [{ ...common, id: v7(), saleId, termsId, payoutId, kind: 'collected', step: 1, detail: {}, ...amounts, createdAt: now }],
  })
}
