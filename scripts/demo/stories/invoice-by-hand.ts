import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { saveDraft } from '#app/services/invoices/save-draft.server.ts'
import { startDraft } from '#app/services/invoices/start-draft.server.ts'
import type { TenantContext } from '#app/wiring.server.ts'
import { done } from './story.ts'

type Work = { readonly accountId: string; readonly text: string; readonly quantity: number; readonly unitPrice: number }

/** Charges an account for work that no meter counts, at a price before tax in major units; once. */
export async function invoiceByHand(ctx: TenantContext, { accountId, text, quantity, unitPrice }: Work): Promise<void> {
  if ((await ctx.db.invoice.count({ where: { tenantId: ctx.tenantId, accountId, billingRunId: null, documentType: 'invoice' } })) > 0)
    return
  const { draftId } = done(await startDraft(ctx, { accountId, documentType: 'invoice' }), 'a draft')
  const draft = await readDocumentDraft(ctx, draftId)
  invariant(draft, 'the draft is gone')
  const line = { kind: 'typed', text, product: null, quantity: new Decimal(quantity), unitPrice: new Decimal(unitPrice) } as const
  done(await saveDraft(ctx, { draftId, version: draft.version, content: { ...draft.content, lines: [line] } }), 'saving the draft')
  done(await issueDraft(ctx, { draftId, version: draft.version + 1 }), 'issuing the draft')
}
