import type { TenantContext } from '#app/db/context.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import type { DraftContent } from '#app/domain/invoice/document-draft.ts'

type LineView = {
  readonly kind: 'typed' | 'copied'
  readonly text: string
  readonly product: Readonly<Record<string, string>> | null
  readonly quantity: string
  readonly unitPrice: string
}

/** A draft as the editor shows it; `content` is what it says in full. */
export type DocumentDraftView = {
  readonly id: string
  readonly documentType: 'invoice' | 'debit-note' | 'pro-forma'
  readonly state: 'open' | 'issued' | 'discarded'
  readonly version: number
  readonly currency: string
  readonly invoiceId: string | null
  readonly buyer: DraftContent['buyer']
  readonly reason: string | null
  readonly lines: readonly LineView[]
  readonly content: DraftContent
}

/** One draft; undefined when the scope holds no such one. */
export async function readDocumentDraftView(ctx: TenantContext, id: string): Promise<DocumentDraftView | undefined> {
  const draft = await readDocumentDraft(ctx, id)
  if (!draft) return undefined
  const contract = await ctx.db.contract.findFirst({ where: { tenantId: ctx.tenantId, id: draft.contractId }, select: { currency: true } })
  const { content, documentType, state, version, invoiceId } = draft
  const { buyer, reason } = content
  return {
    id,
    documentType,
    state,
    version,
    invoiceId,
    content,
    buyer,
    reason,
    currency: contract?.currency ?? '',
    lines: content.lines.map(lineView),
  }
}

function lineView(line: DraftContent['lines'][number]): LineView {
  if (line.kind === 'typed') {
    const { kind, text, product, quantity, unitPrice } = line
    return { kind, text: text ?? '', product, quantity: quantity.toFixed(), unitPrice: unitPrice.toFixed() }
  }
  const { subject, billedQuantity, unitPrice } = line.line
  // Written by copiedLine from a document of ours.
  const words = subject as { text?: string; product?: Record<string, string> | null; resource?: string | null; meter?: string | null }
  const text = words.text ?? words.resource ?? words.meter ?? ''
  return { kind: line.kind, text, product: words.product ?? null, quantity: billedQuantity, unitPrice }
}
