import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BuyerFacts, contractsById } from '#app/db/documents/billing-facts.server.ts'
import { contractOfAccount, type DraftedType, insertDocumentDraft, isTakenOver } from '#app/db/documents/document-drafts.server.ts'
import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { copiedLine, type StoredDraftContent } from '#app/domain/invoice/document-draft.ts'
import type { FinalisedInvoice, InvoiceBuyer } from '#app/domain/invoice/finalised-invoice.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { isCreditable } from './create-credit-note.server.ts'

export type StartDraftInput = { readonly accountId: string; readonly documentType: 'invoice' | 'pro-forma' }
export type StartedDraft = { readonly draftId: string }

/** Begins a document for `accountId`, with its payer as it stands and no line yet. */
export async function startDraft(ctx: TenantContext, input: StartDraftInput): Promise<Result<StartedDraft, 'contract-not-found'>> {
  const contractId = await contractOfAccount(ctx, input.accountId)
  const [contract] = contractId ? await contractsById(ctx, [contractId]) : []
  if (!contract) return err('contract-not-found')
  const content = { lines: [], buyer: buyerOf(contract.buyer), reason: null, taxPoint: null, period: null }
  return ok(
    await start(ctx, {
      accountId: contract.accountId,
      contractId: contract.id,
      documentType: input.documentType,
      refersToId: null,
      content,
    }),
  )
}

export type StartDebitNoteError = 'invoice-not-found' | 'invoice-not-debitable'

/** Begins a debit note on an invoice: what its buyer owes beyond it. */
export async function startDebitNote(
  ctx: TenantContext,
  { invoiceId }: { readonly invoiceId: string },
): Promise<Result<StartedDraft, StartDebitNoteError>> {
  const state = await lockInvoiceState(ctx, invoiceId)
  const stored = state && (await readFinalisedInvoice(ctx, invoiceId))
  if (!state || !stored) return err('invoice-not-found')
  if (state.documentType !== 'invoice' || !isCreditable(state)) return err('invoice-not-debitable')
  const { accountId, contractId, buyer } = stored.invoice
  const content = { lines: [], buyer: draftBuyer(buyer), reason: null, taxPoint: null, period: null }
  return ok(await start(ctx, { accountId, contractId, documentType: 'debit-note', refersToId: invoiceId, content }))
}

export type TakeOverError = 'invoice-not-found' | 'not-a-pro-forma' | 'already-taken-over'

/** Begins the invoice that a pro-forma announced: the same lines for the same buyer, still to be looked at. Once only. */
export async function invoiceProForma(
  ctx: TenantContext,
  { invoiceId }: { readonly invoiceId: string },
): Promise<Result<StartedDraft, TakeOverError>> {
  const state = await lockInvoiceState(ctx, invoiceId)
  const stored = state && (await readFinalisedInvoice(ctx, invoiceId))
  if (!state || !stored) return err('invoice-not-found')
  if (state.documentType !== 'pro-forma' || state.status === 'void') return err('not-a-pro-forma')
  if (await isTakenOver(ctx, invoiceId)) return err('already-taken-over')
  return ok(await takeOver(ctx, stored.invoice, draftBuyer(stored.invoice.buyer), null))
}

/** Begins an invoice with the lines of `document` for `buyer`; taxed as of `taxPoint`, or the date of issue. */
export function takeOver(
  ctx: TenantContext,
  document: FinalisedInvoice,
  buyer: StoredDraftContent['buyer'],
  taxPoint: string | null,
): Promise<StartedDraft> {
  const { accountId, contractId, periodStart, periodEnd } = document
  const content: StoredDraftContent = {
    lines: document.lines.map(copiedLine),
    buyer,
    reason: null,
    taxPoint,
    period: { start: periodStart, end: periodEnd },
  }
  return start(ctx, { accountId, contractId, documentType: 'invoice', refersToId: document.id, content })
}

type Start = {
  accountId: string
  contractId: string
  documentType: DraftedType
  refersToId: string | null
  content: StoredDraftContent
}

async function start(ctx: TenantContext, draft: Start): Promise<StartedDraft> {
  const draftId = await insertDocumentDraft(ctx, draft)
  await audit(ctx, {
    action: 'document-draft.started',
    subjectKind: 'document-draft',
    subjectId: draftId,
    detail: { documentType: draft.documentType, accountId: draft.accountId, refersToId: draft.refersToId },
  })
  return { draftId }
}

function buyerOf({ name, email, addressLines, country, vatId }: BuyerFacts): StoredDraftContent['buyer'] {
  return { name, email, addressLines: [...addressLines], country, vatId, reference: null, purchaseOrder: null }
}

/** The buyer of a document as a draft takes it over. */
export function draftBuyer({
  name,
  email,
  addressLines,
  country,
  vatId,
  reference,
  purchaseOrder,
}: InvoiceBuyer): StoredDraftContent['buyer'] {
  return {
    name,
    email,
    addressLines: [...addressLines],
    country,
    vatId,
    reference: reference ?? null,
    purchaseOrder: purchaseOrder ?? null,
  }
}
