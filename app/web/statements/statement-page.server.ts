import type { Result } from '#app/domain/shared/result.ts'
import { type Statement, sumsOf } from '#app/domain/statement/statement.ts'
import { usualPeriods } from '#app/domain/statement/statement-span.ts'
import type { AskedStatement } from './statement-request.server.ts'

/** What the page of a statement shows; `statement` is null when it would be too long. */
export function statementPage({ from, to, today, currency, currencies }: AskedStatement, read: Result<Statement, string>) {
  const asked = { from, to, currency, currencies, periods: usualPeriods(today) }
  if (!read.ok) return { asked, statement: null }
  const { opening, lines, closing } = read.value
  return { asked, statement: { opening, lines, closing, ...sumsOf(read.value) } }
}
