import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { closeDocumentDraft, readDocumentDraft, saveDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import { type DraftContent, storedContent } from '#app/domain/invoice/document-draft.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SaveDraftInput = {
  readonly draftId: string
  /** As it was read: what somebody else saved meanwhile is not written over. */
  readonly version: number
  readonly content: Pick<DraftContent, 'lines' | 'buyer' | 'reason'>
}
export type SaveDraftError = 'draft-not-found' | 'draft-changed'

/** Writes what staff typed into an open draft. */
export async function saveDraft(ctx: TenantContext, input: SaveDraftInput): Promise<Result<void, SaveDraftError>> {
  const draft = await readDocumentDraft(ctx, input.draftId)
  if (!draft) return err('draft-not-found')
  const content = storedContent({ ...draft.content, ...input.content })
  if (!(await saveDocumentDraft(ctx, { id: draft.id, version: input.version, content }))) return err('draft-changed')
  await audit(ctx, { action: 'document-draft.saved', subjectKind: 'document-draft', subjectId: draft.id })
  return ok(undefined)
}

/** Throws an open draft away. It took no number, so it leaves no trace but the log's. */
export async function discardDraft(
  ctx: TenantContext,
  { draftId, version }: Pick<SaveDraftInput, 'draftId' | 'version'>,
): Promise<Result<void, SaveDraftError>> {
  if (!(await readDocumentDraft(ctx, draftId))) return err('draft-not-found')
  if (!(await closeDocumentDraft(ctx, { id: draftId, version, invoiceId: null }))) return err('draft-changed')
  await audit(ctx, { action: 'document-draft.discarded', subjectKind: 'document-draft', subjectId: draftId })
  return ok(undefined)
}
