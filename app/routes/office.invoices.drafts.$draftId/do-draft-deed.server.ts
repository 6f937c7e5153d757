import { readDocumentDraftView } from '#app/reports/invoices/draft-view.server.ts'
import { listLineProducts } from '#app/reports/invoices/drafts.server.ts'
import { type IssueDraftError, issueDraft } from '#app/services/invoices/issue-draft.server.ts'
import { discardDraft, saveDraft } from '#app/services/invoices/save-draft.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { type DraftValues, readDraftForm } from './draft-form.ts'

/** Where it led, or the field that cannot be read, or why the deed is refused; refused ones leave nothing behind. */
export type DraftDeedDone =
  | { readonly ok: true; readonly to: string | null }
  | { readonly ok: false; readonly field: string }
  | { readonly ok: false; readonly code: IssueDraftError }

/** Saves what was typed, and then issues or throws away the draft when that was asked for. */
export function doDraftDeed(request: Request, draftId: string, values: DraftValues): Promise<DraftDeedDone> {
  return asStaff(request, 'invoice:write', async (ctx): Promise<DraftDeedDone> => {
    const { intent, version } = values
    if (intent === 'discard') {
      const gone = await discardDraft(ctx, { draftId, version })
      return gone.ok ? { ok: true, to: '/office/invoices/drafts' } : { ok: false, code: gone.error }
    }
    const draft = await readDocumentDraftView(ctx, draftId)
    if (!draft) return { ok: false, code: 'draft-not-found' }
    const content = readDraftForm(values, { lines: draft.content.lines, products: await listLineProducts(ctx) })
    if (!content.ok) return { ok: false, field: content.error }
    const saved = await saveDraft(ctx, { draftId, version, content: content.value })
    if (!saved.ok) return { ok: false, code: saved.error }
    if (intent === 'save') return { ok: true, to: null }
    const issued = await issueDraft(ctx, { draftId, version: version + 1 })
    return issued.ok ? { ok: true, to: `/office/invoices/${issued.value.invoiceId}` } : { ok: false, code: issued.error }
  })
}
