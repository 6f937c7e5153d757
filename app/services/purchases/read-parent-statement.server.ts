import type { TenantContext } from '#app/db/context.server.ts'
import { owedToParent, parentCurrencies, readParentEntries } from '#app/db/ledger/parent-entries.server.ts'
import { money } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type Statement, type StatementSpan, statementOf } from '#app/domain/statement/statement.ts'
import { longestStatement, type StatementError } from '../statements/read-statement.server.ts'

/** The statement with the parent out of this tenant's own books: entry by entry what the parent's statement for it says. */
export async function readParentStatement(ctx: TenantContext, span: StatementSpan): Promise<Result<Statement, StatementError>> {
  const { currency, start, end } = span
  const rows = await readParentEntries(ctx, span, longestStatement + 1)
  if (rows.length > longestStatement) return err('too-many-entries')
  return ok(
    statementOf({
      span,
      openingMinor: await owedToParent(ctx, { currency, before: start }),
      closingMinor: await owedToParent(ctx, { currency, before: end }),
      lines: rows.map(({ owedMinor, ...line }) => ({ ...line, amount: money(owedMinor, currency) })),
    }),
  )
}

/** The currencies that such a statement can be asked for in. */
export function parentStatementCurrencies(ctx: TenantContext): Promise<string[]> {
  return parentCurrencies(ctx)
}
