import type { EntryKind } from '../ledger/entry-kind.ts'
import { add, type Money, money, zero } from '../money/money.ts'
import { invariant } from '../shared/invariant.ts'
import type { LocalDate } from '../time/local-date.ts'

/** What a line of a statement says happened. */
export const statementKinds = [
  'invoice',
  'debit-note',
  'credit-note',
  'void',
  'payment',
  'refund',
  'chargeback',
  'write-off',
  'account-credit',
  'set-off',
  'correction',
] as const
export type StatementKind = (typeof statementKinds)[number]

/** What is known of a ledger entry that changes what a buyer owes. `kind` of a reversal is that of the entry it takes back. */
export type EntryNature = { readonly kind: EntryKind; readonly isReversal: boolean; readonly isReturn: boolean }

/** What a statement calls an entry. */
export function statementKindOf({ kind, isReversal, isReturn }: EntryNature): StatementKind {
  if (isReversal) return 'correction'
  switch (kind) {
    case 'invoice':
    case 'debit-note':
    case 'credit-note':
    case 'void':
    case 'write-off':
      return kind
    case 'payment':
    case 'top-up':
      return 'payment'
    case 'credit-grant':
    case 'credit-expiry':
      return 'account-credit'
    case 'refund':
      return isReturn ? 'chargeback' : 'refund'
    case 'settlement':
    case 'payout':
    case 'purchase':
      return 'set-off'
    default:
      return 'correction'
  }
}

/** Days `[start, end)` in the seller's zone, and the currency. */
export type StatementSpan = { readonly currency: string; readonly start: LocalDate; readonly end: LocalDate }

/**
 * One line: `amount` is what it adds to what the buyer owes, below zero what it takes off. `id` is that of the seller's ledger entry,
 * `entryId` that of the reader's own.
 */
export type StatementLine = {
  readonly id: string
  readonly entryId: string
  readonly date: LocalDate
  readonly kind: StatementKind
  readonly number: string | null
  readonly text: string | null
  readonly documentId: string | null
  readonly amount: Money
}

/** `balance` is what the buyer owes after the line. */
export type BalancedLine = StatementLine & { readonly balance: Money }

/** What a buyer owed, what happened, what it owes: `opening` and all lines are `closing`. Above zero the buyer owes it. */
export type Statement = StatementSpan & { readonly opening: Money; readonly lines: readonly BalancedLine[]; readonly closing: Money }

export type StatementParts = {
  readonly span: StatementSpan
  /** What the balance was before the first day, and what it is after the last, in minor units. */
  readonly openingMinor: bigint
  readonly closingMinor: bigint
  readonly lines: readonly StatementLine[]
}

/** A statement of its parts. @throws InvariantError when its lines do not lead from the one balance to the other. */
export function statementOf({ span, openingMinor, closingMinor, lines }: StatementParts): Statement {
  const opening = money(openingMinor, span.currency)
  let balance = opening
  const balanced = lines.map((line) => {
    balance = add(balance, line.amount)
    return { ...line, balance }
  })
  invariant(balance.minor === closingMinor, 'statement: its lines do not lead to its closing balance')
  return { ...span, opening, lines: balanced, closing: balance }
}

/** What the lines of a statement charged and what they settled: the sums of those above and of those below zero. */
export function sumsOf({ currency, lines }: Pick<Statement, 'currency' | 'lines'>): { readonly charged: Money; readonly settled: Money } {
  const sumOf = (isWanted: (line: StatementLine) => boolean) =>
    lines.filter(isWanted).reduce((sum, { amount }) => add(sum, amount), zero(currency))
  return { charged: sumOf(({ amount }) => amount.minor > 0n), settled: sumOf(({ amount }) => amount.minor < 0n) }
}
