import { toPublicId } from '#app/domain/shared/ids.ts'
import type { Statement } from '#app/domain/statement/statement.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import type { InvoiceSeller } from './invoice-facts.ts'
import type { Language } from './languages.ts'
import type { AccountStatementFacts } from './statement-facts.ts'

type StatementWear = {
  readonly seller: InvoiceSeller
  readonly languages: readonly [Language, ...Language[]]
  /** The seller's IANA zone. */
  readonly zone: string
  readonly buyer: {
    readonly accountId: string
    readonly name: string
    readonly addressLines: readonly string[]
    readonly country: string
    readonly vatId: string | null
    readonly language: string
  }
}

/** What a statement says, in the buyer's language when the seller speaks it. It is dated by its last day: the same statement is the same file. */
export function statementFactsOf(statement: Statement, { seller, languages, zone, buyer }: StatementWear): AccountStatementFacts {
  return {
    language: languages.find((offered) => offered === buyer.language) ?? languages[0],
    zone,
    seller,
    buyer: {
      name: buyer.name,
      addressLines: buyer.addressLines,
      country: buyer.country,
      ...(buyer.vatId ? { taxId: buyer.vatId } : {}),
      customerNumber: toPublicId('account', buyer.accountId),
    },
    currency: statement.currency,
    periodStart: statement.start,
    periodEnd: statement.end,
    createdAt: startOfDay(statement.end, zone),
    opening: statement.opening,
    entries: statement.lines.map(({ date, kind, number, text, amount }) => ({
      date,
      kind,
      amount,
      ...(number === null ? {} : { number }),
      ...(text === null ? {} : { text }),
    })),
    closing: statement.closing,
  }
}
