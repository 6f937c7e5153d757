import { v7 } from 'uuid'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'

type Books = { readonly receivableId: string; readonly incomeId: string }

/** What a tenant bought of its parent: a document, and the entry of its own books that mirrors the parent's. */
export async function plantPurchases({ db, tenantId, now }: TenantContext, { receivableId, incomeId }: Books): Promise<void> {
  const [parentDocumentId, entryId] = [v7(), v7()]
  const days = { issueDate: now, dueDate: now, periodStart: now, periodEnd: now }
  const amounts = { currency: 'EUR', netMinor: 100n, taxMinor: 0n, totalMinor: 100n, paidMinor: 0n, taxes: [] }
  const about = { documentType: 'invoice', number: 'P-1', status: 'open', createdAt: now, refreshedAt: now }
  await db.parentDocument.createMany({ data: [{ tenantId, id: v7(), parentDocumentId, ...about, ...days, ...amounts }] })

  const sourceKey = `parent:invoice:${parentDocumentId}`
  const entry = { sourceKey, kind: 'purchase', postingCount: 2, bookedOn: now, occurredAt: now, createdAt: now }
  await db.ledgerEntry.createMany({ data: [{ tenantId, id: entryId, ...entry }] })
  const side = { tenantId, entryId, currency: 'EUR', bookedOn: now }
  await db.ledgerPosting.createMany({
    data: [
      { ...side, id: v7(), ledgerAccountId: incomeId, amountMinor: 100n },
      { ...side, id: v7(), ledgerAccountId: receivableId, amountMinor: -100n },
    ],
  })
  const mirrored = { parentEntryId: v7(), sourceKey, kind: 'invoice', bookedOn: now, parentDocumentId, currency: 'EUR', createdAt: now }
  await db.parentEntry.createMany({ data: [{ tenantId, id: v7(), ...mirrored }] })
}

/** One account that another one pays for, and that gets a statement. */
export function plantPayer(
  tenantId: string,
  { accountId, payerAccountId }: { accountId: string; payerAccountId: string },
): Promise<unknown> {
  return inTenant(tenantId, async ({ db, now }) => {
    const own = await db.contract.findFirstOrThrow({ where: { tenantId, accountId } })
    const payer = await db.contract.findFirstOrThrow({ where: { tenantId, accountId: payerAccountId } })
    const contracts = { contractId: own.id, underContractId: own.id, payerContractId: payer.id }
    const about = { accountId, payerAccountId, validFrom: now, reason: 'one invoice', acceptedBy: 'test', createdAt: now }
    const days = { periodStart: new Date('2026-06-01'), periodEnd: new Date('2026-07-01'), currency: 'EUR', createdAt: now }
    const reader = { recipient: 'buyer@example.test', recipientName: 'Buyer', messageKey: `statement:${accountId}` }
    await db.statementMail.createMany({ data: [{ tenantId, id: v7(), accountId, ...days, ...reader }] })
    return db.payerAssignment.createMany({ data: [{ tenantId, id: v7(), ...contracts, ...about }] })
  })
}
