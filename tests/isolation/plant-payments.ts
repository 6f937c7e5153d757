import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

export type PaymentRefs = { readonly accountId: string; readonly contractId: string; readonly invoiceId: string; readonly sequence: number }

/** A row of every kind that money received of a buyer leaves. */
export async function plantBuyerPayments(ctx: TenantContext, refs: PaymentRefs): Promise<void> {
  const { db, tenantId, now } = ctx
  const { accountId, invoiceId } = refs
  const paymentId = v7()
  const money = { currency: 'EUR', amountMinor: 10n }
  const day = new Date('2026-10-02')
  const received = { method: 'transfer', heldAt: 'bank', receivedOn: day, recordedBy: 'test', allocatedMinor: 4n, refundedMinor: 1n }
  await db.payment.createMany({
    data: [{ tenantId, id: paymentId, accountId, sourceKey: paymentId, ...money, ...received, createdAt: now }],
  })
  await db.paymentAllocation.createMany({
    data: [{ tenantId, id: v7(), accountId, paymentId, invoiceId, currency: 'EUR', amountMinor: 4n, allocatedBy: 'test', createdAt: now }],
  })
  const back = { sourceKey: paymentId, kind: 'refund', heldAt: 'bank', refundedOn: day, reason: 'Paid twice', refundedBy: 'test' }
  await db.paymentRefund.createMany({
    data: [{ tenantId, id: v7(), accountId, paymentId, currency: 'EUR', amountMinor: 1n, ...back, createdAt: now }],
  })
  await db.expectedPayment.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        accountId,
        reference: `RF${paymentId}`,
        ...money,
        dueOn: day,
        state: 'awaited',
        announcedBy: 'test',
        createdAt: now,
      },
    ],
  })
  const creditNoteId = await plantEmptyDocument(ctx, refs)
  await db.creditUse.createMany({
    data: [{ tenantId, id: v7(), accountId, creditNoteId, invoiceId, currency: 'EUR', amountMinor: 1n, usedBy: 'test', createdAt: now }],
  })
}

async function plantEmptyDocument({ db, tenantId, now }: TenantContext, { accountId, contractId, sequence }: PaymentRefs): Promise<string> {
  const id = v7()
  const [issueDate, periodStart] = [new Date('2026-10-01'), new Date('2026-09-01')]
  const dates = { issueDate, dueDate: issueDate, periodStart, periodEnd: issueDate }
  const number = { documentType: 'pro-forma', series: 'P', year: 2026, sequence, number: `P-${sequence}` }
  const amounts = { currency: 'EUR', netMinor: 0n, taxMinor: 0n, totalMinor: 0n, lineCount: 0 }
  const rest = { language: 'en', seller: {}, buyer: {}, contentHash: 'hash', finalisedAt: now }
  await db.invoice.createMany({ data: [{ tenantId, id, accountId, contractId, ...number, ...dates, ...amounts, ...rest }] })
  return id
}

/** A row of every kind that a bank file leaves with the seller. */
export async function plantSellerBank({ db, tenantId, now }: TenantContext): Promise<void> {
  const statementId = v7()
  const day = new Date('2026-10-02')
  const account = { iban: 'DE89370400440532013000', currency: 'EUR' }
  const file = {
    fileHash: 'hash',
    part: 1,
    fileName: 'october.xml',
    format: 'camt.053',
    fromDay: day,
    toDay: day,
    entryCount: 1,
    newCount: 1,
  }
  await db.bankStatement.createMany({ data: [{ tenantId, id: statementId, ...account, ...file, importedBy: 'test', importedAt: now }] })
  await db.bankEntry.createMany({
    data: [
      { tenantId, id: v7(), statementId, entryKey: 'key', bookedOn: day, currency: 'EUR', amountMinor: 1n, text: 'X-1', state: 'open' },
    ],
  })
  await db.bankCsvMapping.createMany({ data: [{ tenantId, iban: account.iban, mapping: {}, changedAt: now }] })
}
