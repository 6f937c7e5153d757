import type { StatementSpan } from '#app/domain/statement/statement.ts'
import { statementDays } from '#app/domain/statement/statement-span.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { dayOf, filterOf, oneOf } from '../request/filters.ts'

/** What the address of a statement asks for. `to` is the last day, while the span ends before the day after it. */
export type AskedStatement = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly today: LocalDate
  readonly currency: string
  readonly currencies: readonly string[]
  readonly span: StatementSpan
}

type AskedWith = {
  readonly now: Date
  readonly currencies: readonly string[]
  /** The currency of an account that has no entry yet. */
  readonly fallback: string
  readonly timeZone: string
}

/** The statement that `request` asks for: the running month of `timeZone` and the first of `currencies` unless it says otherwise. */
export function askedStatement(request: Request, { now, currencies, fallback, timeZone }: AskedWith): AskedStatement {
  const search = filterOf(request)
  const today = localDateOf(now, timeZone)
  const { from, to } = statementDays({ from: dayOf(search.get('from')), to: dayOf(search.get('to')) }, today)
  const currency = oneOf(currencies, search.get('currency')) ?? currencies[0] ?? fallback
  return { from, to, today, currency, currencies, span: { currency, start: from, end: addDays(to, 1) } }
}
