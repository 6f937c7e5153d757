import type { TenantContext } from '#app/db/context.server.ts'
import { readDocumentDraft } from '#app/db/documents/document-drafts.server.ts'
import type { FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { type Money, sum } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type ComposeDocumentError, composeDocument } from './compose-document.server.ts'
import type { NewDocument } from './place-document.server.ts'

type Party = { readonly name: string; readonly addressLines: readonly string[]; readonly country: string; readonly vatId: string | null }
type LineView = Omit<FinalisedLine, 'quantity' | 'includedQuantity' | 'billedQuantity' | 'unitPrice' | 'taxRate' | 'period'> & {
  readonly quantity: string
  readonly includedQuantity: string
  readonly billedQuantity: string
  readonly unitPrice: string
  readonly periodStart: Date
  readonly periodEnd: Date
}

/** What a draft would say: decimals as texts, as pages take them. */
export type DraftPreview = Pick<NewDocument, 'net' | 'tax' | 'total'> & {
  readonly seller: Party
  readonly buyer: Party
  readonly sections: readonly {
    readonly accountId: string
    readonly name: string
    readonly lines: readonly LineView[]
    readonly net: Money
  }[]
  readonly taxes: readonly { readonly category: string; readonly rate: string; readonly base: Money; readonly tax: Money }[]
}

/** The document a draft would be if it were issued now, by the function that issues it; nothing is written. */
export async function previewDraft(
  ctx: TenantContext,
  { draftId }: { readonly draftId: string },
): Promise<Result<DraftPreview, ComposeDocumentError | 'draft-not-found'>> {
  const draft = await readDocumentDraft(ctx, draftId)
  if (!draft) return err('draft-not-found')
  const composed = await composeDocument(ctx, draft)
  return composed.ok ? ok(previewOf(composed.value.document)) : composed
}

function previewOf({ seller, buyer, lines, taxes, net, tax, total }: NewDocument): DraftPreview {
  const users = [...new Set(lines.map((line) => line.sectionAccountId))]
  const sections = users.map((accountId) => {
    const own = lines.filter((line) => line.sectionAccountId === accountId)
    const nets = own.map((line) => line.net)
    return { accountId, name: own[0]?.subject.section ?? '', lines: own.map(lineView), net: sum(net.currency, nets) }
  })
  return {
    seller: { ...seller, name: seller.legalName },
    buyer,
    sections,
    taxes: taxes.map((line) => ({ ...line, rate: line.rate.toFixed() })),
    net,
    tax,
    total,
  }
}

function lineView({ period, taxRate: _, ...line }: FinalisedLine): LineView {
  return {
    ...line,
    quantity: line.quantity.toFixed(),
    includedQuantity: line.includedQuantity.toFixed(),
    billedQuantity: line.billedQuantity.toFixed(),
    unitPrice: line.unitPrice.toFixed(),
    periodStart: period.start,
    periodEnd: period.end,
  }
}
