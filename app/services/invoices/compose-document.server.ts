import type { TenantContext } from '#app/db/context.server.ts'
import { type BillableContract, contractsById } from '#app/db/documents/billing-facts.server.ts'
import type { DocumentDraftRow } from '#app/db/documents/document-drafts.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { readContractTax } from '#app/db/documents/tax-facts.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { composeDraft, type DraftContent } from '#app/domain/invoice/document-draft.ts'
import type { FinalisedInvoice, InvoiceBuyer } from '#app/domain/invoice/finalised-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { determineTax, type TaxCategory, type TaxReason, type TaxTreatment } from '#app/domain/tax/determine-tax.ts'
import { addDays, type LocalDate, localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { type Seller, sellerOf } from '../billing/draft-contracts.server.ts'
import { sellerFacts } from './issue-invoice.ts'
import type { NewDocument } from './place-document.server.ts'

export type ComposeDocumentError = 'nothing-to-bill' | 'no-tax-rate' | 'reason-missing'

/** A draft as the document it would be, and the prefix its number would have. */
export type ComposedDocument = { readonly document: NewDocument; readonly numberPrefix: string }

/**
 * The document a draft would be if it were issued now; preview and issue both come through here. A debit note is taxed as its invoice
 * was, anything else as the buyer on the draft is: a VAT id that is not the confirmed one of the account counts as none.
 */
export async function composeDocument(
  ctx: TenantContext,
  draft: DocumentDraftRow,
): Promise<Result<ComposedDocument, ComposeDocumentError>> {
  const { content, documentType } = draft
  if (content.lines.length === 0) return err('nothing-to-bill')
  if (documentType === 'debit-note' && content.reason === null) return err('reason-missing')
  const seller = await sellerOf(ctx)
  const [contract] = await contractsById(ctx, [draft.contractId])
  invariant(contract, `draft ${draft.id} has no contract`)
  const issueDate = localDateOf(ctx.now, seller.timeZone)
  const changed = documentType === 'debit-note' ? await changedDocument(ctx, draft) : null
  const treatment = changed ? ok(mainTreatment(changed)) : await treatmentOf(ctx, { contract, content, on: content.taxPoint ?? issueDate })
  if (!treatment.ok) return treatment
  const document = assemble({ draft, seller, contract, issueDate, treatment: treatment.value, now: ctx.now })
  if (document.total.minor <= 0n) return err('nothing-to-bill')
  const refersTo = changed ? { number: changed.number, issueDate: changed.issueDate } : null
  return ok({ document: { ...document, refersTo }, numberPrefix: seller.numberPrefix })
}

async function changedDocument(ctx: TenantContext, { id, refersToId }: DocumentDraftRow): Promise<FinalisedInvoice> {
  const stored = refersToId ? await readFinalisedInvoice(ctx, refersToId) : undefined
  invariant(stored, `debit note ${id} changes no invoice`)
  return stored.invoice
}

/** The rate with the greatest base of an invoice. */
function mainTreatment({ taxes, number }: FinalisedInvoice): TaxTreatment {
  const [main] = [...taxes].sort((a, b) => (a.base.minor < b.base.minor ? 1 : -1))
  invariant(main, `invoice ${number} has no tax line`)
  return { category: main.category as TaxCategory, rate: main.rate, reason: main.reason as TaxReason }
}

async function treatmentOf(
  ctx: TenantContext,
  { contract, content, on }: { contract: BillableContract; content: DraftContent; on: LocalDate },
): Promise<Result<TaxTreatment, 'no-tax-rate'>> {
  const facts = (await readContractTax(ctx, [contract.id])).get(contract.id)
  invariant(facts, `contract ${contract.id} has no tax facts`)
  const { country, addressLines, vatId } = content.buyer
  const hasValidVatId = facts.buyer.hasValidVatId && vatId !== null && vatId === contract.buyer.vatId
  return determineTax({ seller: facts.seller, buyer: { ...facts.buyer, country, addressLines, hasValidVatId }, on })
}

type Assembly = {
  readonly draft: DocumentDraftRow
  readonly seller: Seller
  readonly contract: BillableContract
  readonly issueDate: LocalDate
  readonly treatment: TaxTreatment
  readonly now: Date
}

function assemble({ draft, seller, contract, issueDate, treatment, now }: Assembly): NewDocument {
  const { content, documentType } = draft
  const days = content.period ?? { start: issueDate, end: addDays(issueDate, 1) }
  const figures = composeDraft({
    content,
    accountId: contract.accountId,
    currency: contract.currency,
    treatment,
    period: { start: startOfDay(days.start, seller.timeZone), end: startOfDay(days.end, seller.timeZone) },
    billingPeriod: `${days.start.slice(0, 7)}-01`,
  })
  return {
    ...figures,
    lines: figures.lines.map((line) => ({ ...line, id: newId() })),
    accountId: contract.accountId,
    contractId: contract.id,
    documentType,
    issueDate,
    dueDate: addDays(issueDate, contract.paymentDays),
    periodStart: days.start,
    periodEnd: days.end,
    finalisedAt: now,
    language: contract.buyer.language,
    refersTo: null,
    reason: content.reason,
    seller: sellerFacts(seller),
    buyer: buyerOf(contract, content),
  }
}

function buyerOf({ accountId, buyer }: BillableContract, { buyer: typed }: DraftContent): InvoiceBuyer {
  const { reference, purchaseOrder, ...facts } = typed
  return {
    accountId,
    kind: buyer.kind,
    ...facts,
    ...(reference === null ? {} : { reference }),
    ...(purchaseOrder === null ? {} : { purchaseOrder }),
  }
}
