import type { TenantContext } from '#app/db/context.server.ts'
import { closeDocumentDraft, readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { postingsOfInvoice } from '#app/domain/ledger/postings.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { type ComposeDocumentError, composeDocument } from './compose-document.server.ts'
import { placeDocument } from './place-document.server.ts'
import { postedDocument, revenueKindOf } from './posted-document.ts'

export type IssueDraftInput = { readonly draftId: string; readonly version: number }
export type IssueDraftError = ComposeDocumentError | 'draft-not-found' | 'draft-changed'

/**
 * Issues a draft as it was previewed: number, hash and, unless it is a pro-forma, its ledger entry, or nothing of it. Who read an
 * older version of the draft is refused. Safe to repeat: an issued draft returns its document.
 */
export async function issueDraft(ctx: TenantContext, input: IssueDraftInput): Promise<Result<{ invoiceId: string }, IssueDraftError>> {
  const draft = await readDocumentDraft(ctx, input.draftId)
  if (!draft) return err('draft-not-found')
  if (draft.invoiceId) return ok({ invoiceId: draft.invoiceId })
  if (draft.version !== input.version) return err('draft-changed')
  const composed = await composeDocument(ctx, draft)
  if (!composed.ok) return composed

  const document = await placeDocument(ctx, {
    ...composed.value,
    billingRunId: null,
    refersToId: draft.documentType === 'debit-note' ? draft.refersToId : null,
  })
  if (!(await closeDocumentDraft(ctx, { id: draft.id, version: input.version, invoiceId: document.id }))) return err('draft-changed')
  if (draft.documentType !== 'pro-forma') {
    const lines = document.lines.map((line) => ({ feeKind: revenueKindOf(line, new Map()), net: line.net }))
    await postEntry(ctx, {
      sourceKey: `${draft.documentType}:${document.id}`,
      kind: draft.documentType,
      accountId: document.accountId,
      invoiceId: document.id,
      postings: postingsOfInvoice(postedDocument(document.accountId, { ...document, lines })),
    })
  }
  return ok({ invoiceId: document.id })
}
