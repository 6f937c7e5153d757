import type { TenantContext } from '#app/db/context.server.ts'
import { type EdgeEntryRow, type EdgeOfAccount, edgeBalance, readEdgeEntries } from '#app/db/documents/statements.server.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type Statement, type StatementLine, type StatementSpan, statementKindOf, statementOf } from '#app/domain/statement/statement.ts'

/** How many lines a statement has at most: beyond that a shorter period is asked for, since a statement is whole or none. */
export const longestStatement = 5_000

export type StatementError = 'too-many-entries'

/**
 * The statement of an account: what it owed, every entry of the books that changed it, what it owes. Both balances come from the balances by
 * day, so that lines that would not lead from one to the other are found.
 */
export async function readStatement(
  ctx: TenantContext,
  { span, ...edge }: EdgeOfAccount & { readonly span: StatementSpan },
): Promise<Result<Statement, StatementError>> {
  const { currency, start, end } = span
  const rows = await readEdgeEntries(ctx, { ...edge, after: null, limit: longestStatement + 1, within: span })
  if (rows.length > longestStatement) return err('too-many-entries')
  return ok(
    statementOf({
      span,
      openingMinor: await edgeBalance(ctx, { ...edge, currency, before: start }),
      closingMinor: await edgeBalance(ctx, { ...edge, currency, before: end }),
      lines: rows.map(lineOf),
    }),
  )
}

function lineOf({ id, bookedOn, number, text, invoiceId, owedMinor, currency, ...nature }: EdgeEntryRow): StatementLine {
  return {
    id,
    entryId: id,
    date: bookedOn,
    kind: statementKindOf(nature),
    number,
    text,
    documentId: invoiceId,
    amount: money(owedMinor, currency),
  }
}
