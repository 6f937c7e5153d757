import type { CreditFigures } from '#app/domain/invoice/credit-note.ts'
import type { FinalisedInvoice, FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import type { RevenueKind } from '#app/domain/ledger/chart.ts'
import type { PostedInvoice } from '#app/domain/ledger/postings.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import type { TaxCategory } from '#app/domain/tax/determine-tax.ts'

type Figures = {
  readonly lines: readonly { readonly feeKind: RevenueKind; readonly net: Money }[]
  readonly taxes: FinalisedInvoice['taxes']
  readonly total: Money
}

/** A document as the ledger takes it. */
export function postedDocument(accountId: string, { lines, taxes, total }: Figures): PostedInvoice {
  // A document carries the categories that determineTax gave it.
  return { accountId, lines, taxes: taxes.map((line) => ({ ...line, category: line.category as TaxCategory })), total }
}

/** What a line earned by. A corrected one stands where its charges do. */
export function revenueKindOf(line: Pick<FinalisedLine, 'id' | 'kind'>, feeKinds: ReadonlyMap<string, FeeKind>): RevenueKind {
  return line.kind === 'correction' ? (feeKinds.get(line.id) ?? 'usage') : line.kind
}

/** What the lines of a credit note lower: the income of the line they name, or the credits' own account. */
export function creditedRevenue(
  invoice: FinalisedInvoice,
  lines: CreditFigures['lines'],
  feeKinds: ReadonlyMap<string, FeeKind>,
): { feeKind: RevenueKind; net: Money }[] {
  const byId = new Map(invoice.lines.map((line) => [line.id, line]))
  return lines.map(({ creditsLineId, net }) => {
    const credited = creditsLineId ? byId.get(creditsLineId) : undefined
    return { feeKind: credited ? revenueKindOf(credited, feeKinds) : 'credit', net }
  })
}
