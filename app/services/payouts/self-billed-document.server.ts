import type { TenantContext } from '#app/db/context.server.ts'
import { contractsById } from '#app/db/documents/billing-facts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { add, toDecimal } from '#app/domain/money/money.ts'
import { payoutTitle } from '#app/domain/settlement/settlement-line.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { buyerFacts, sellerFacts } from '../invoices/issue-invoice.ts'
import { type NewDocument, placeDocument } from '../invoices/place-document.server.ts'
import type { PlannedPayout } from './gather-payouts.server.ts'

/** Issues the document of a child's share in its name, in a series of its own. Delivered like any other document. */
export async function issueSelfBilled(ctx: TenantContext, planned: PlannedPayout, through: LocalDate): Promise<FinalisedInvoice> {
  const { contractId, share } = planned.releasable
  const [contract] = await contractsById(ctx, [contractId])
  invariant(contract, `payout: contract ${contractId} is not there`)
  const parent = await sellerOf(ctx)
  const issueDate = localDateOf(ctx.now, parent.timeZone)
  const [tax] = planned.documentTaxes
  invariant(tax, `payout: the self-billed document of ${contractId} has no tax line`)
  const period = { start: `${through.slice(0, 7)}-01`, end: addDays(through, 1) }
  const one = new Decimal(1)
  const document: NewDocument = {
    accountId: contract.accountId,
    contractId,
    documentType: 'self-billed',
    issueDate,
    dueDate: addDays(issueDate, contract.paymentDays),
    periodStart: period.start,
    periodEnd: period.end,
    finalisedAt: ctx.now,
    language: contract.buyer.language,
    refersTo: null,
    reason: null,
    seller: sellerFacts({ ...parent, issuer: undefined }),
    buyer: buyerFacts(contract.buyer),
    lines: [
      {
        id: newId(),
        sectionAccountId: contract.accountId,
        kind: 'item',
        subject: {
          section: contract.buyer.name,
          product: payoutTitle,
          meter: null,
          resource: null,
          resources: 0,
          billingPeriod: period.start,
        },
        quantity: one,
        unit: 'piece',
        includedQuantity: new Decimal(0),
        billedQuantity: one,
        unitPrice: toDecimal(share),
        net: share,
        taxCategory: tax.category,
        taxRate: tax.rate,
        period: { start: startOfDay(period.start, parent.timeZone), end: startOfDay(period.end, parent.timeZone) },
      },
    ],
    taxes: planned.documentTaxes.map(({ category, rate, base, tax: own, reason }) => ({ category, rate, base, tax: own, reason })),
    net: share,
    tax: planned.documentTax,
    total: add(share, planned.documentTax),
  }
  return placeDocument(ctx, { document, numberPrefix: parent.numberPrefix, billingRunId: null, refersToId: null })
}
