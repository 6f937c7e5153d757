import type { TenantContext } from '#app/db/context.server.ts'
import { contractsById } from '#app/db/documents/billing-facts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { noteReceipt } from '#app/db/payments/top-ups.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, toDecimal, zero } from '#app/domain/money/money.ts'
import { addDays, type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { prepaymentTitle, untaxedPrepayment } from '#app/domain/wallet/receipt.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { buyerFacts, sellerFacts } from '../invoices/issue-invoice.ts'
import { placeDocument } from '../invoices/place-document.server.ts'

export type IssueReceiptInput = {
  readonly topUpId: string
  readonly accountId: string
  readonly amount: Money
  readonly receivedOn: LocalDate
}

/**
 * Issues the receipt for money paid ahead, in a series of its own. It is no tax document and books nothing: which supply the money is for, and
 * so its tax, is known when the balance is used (decision 107). Returns its id; null for a buyer without a contract in that currency.
 */
export async function issueReceipt(ctx: TenantContext, input: IssueReceiptInput): Promise<string | null> {
  const { accountId, amount, receivedOn, topUpId } = input
  const [own] = await ctx.db.contract.findMany({
    where: { accountId, currency: amount.currency },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 1,
  })
  const [contract] = own ? await contractsById(ctx, [own.id]) : []
  if (!contract) return null
  const seller = await sellerOf(ctx)
  const issueDate = localDateOf(ctx.now, seller.timeZone)
  const end = addDays(receivedOn, 1)
  const one = new Decimal(1)
  const document = {
    accountId,
    contractId: contract.id,
    documentType: 'prepayment-receipt' as const,
    issueDate,
    dueDate: issueDate,
    periodStart: receivedOn,
    periodEnd: end,
    finalisedAt: ctx.now,
    language: contract.buyer.language,
    refersTo: null,
    reason: null,
    seller: sellerFacts({ ...seller, issuer: undefined }),
    buyer: buyerFacts(contract.buyer),
    lines: [
      {
        id: newId(),
        sectionAccountId: accountId,
        kind: 'item' as const,
        subject: {
          section: contract.buyer.name,
          product: prepaymentTitle,
          meter: null,
          resource: null,
          resources: 0,
          billingPeriod: receivedOn,
        },
        quantity: one,
        unit: 'piece',
        includedQuantity: new Decimal(0),
        billedQuantity: one,
        unitPrice: toDecimal(amount),
        net: amount,
        taxCategory: untaxedPrepayment.category,
        taxRate: untaxedPrepayment.rate,
        period: { start: startOfDay(receivedOn, seller.timeZone), end: startOfDay(end, seller.timeZone) },
      },
    ],
    taxes: [{ ...untaxedPrepayment, base: amount, tax: zero(amount.currency) }],
    net: amount,
    tax: zero(amount.currency),
    total: amount,
  }
  const { id } = await placeDocument(ctx, { document, numberPrefix: seller.numberPrefix, billingRunId: null, refersToId: null })
  await noteReceipt(ctx, topUpId, id)
  return id
}
