import { Decimal } from '#app/domain/money/decimal.ts'
import type { Result } from '#app/domain/shared/result.ts'
import type { Statement } from '#app/domain/statement/statement.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { documentRenderer, pageOfStatement, type StatementParties } from '#app/wiring.server.ts'
import { csvResponse, downloadHeaders } from '../answers/documents.server.ts'
import { plainAmount } from '../answers/plain-amounts.ts'
import { filterOf, oneOf } from '../request/filters.ts'
import { orNotFound, refuse } from '../request/refuse.server.ts'

const head = ['date', 'entry', 'document', 'reference', 'currency', 'amount', 'balance']

/** A statement as the file that the address asks for, `format` PDF or CSV. @throws 404 for another format, 409 for one that is too long. */
export async function statementFile(request: Request, read: Result<Statement, string>, parties: StatementParties): Promise<Response> {
  const format = orNotFound(oneOf(['pdf', 'csv'] as const, filterOf(request).get('format')))
  if (!read.ok) throw refuse(409, read.error)
  const statement = read.value
  const filename = `${parties.seller.slug}-${statement.currency}-${statement.start}-${addDays(statement.end, -1)}.${format}`
  if (format === 'csv') return csvResponse({ filename, head, pageAfter: async () => ({ rows: rowsOf(statement), lastId: null }) })
  const content = await documentRenderer().renderStatement(await pageOfStatement(statement, parties))
  return new Response(content as Uint8Array<ArrayBuffer>, {
    headers: { ...downloadHeaders(filename, 'application/pdf'), 'Content-Length': String(content.byteLength) },
  })
}

/** The opening balance, every line, the closing balance. */
function rowsOf({ currency, start, end, opening, lines, closing }: Statement): (string | Decimal)[][] {
  const figure = (amount: Statement['opening']) => new Decimal(plainAmount(amount))
  return [
    [start, 'opening', '', '', currency, '', figure(opening)],
    ...lines.map(({ date, kind, number, text, amount, balance }) => [
      date,
      kind,
      number ?? '',
      text ?? '',
      currency,
      figure(amount),
      figure(balance),
    ]),
    [addDays(end, -1), 'closing', '', '', currency, '', figure(closing)],
  ]
}
