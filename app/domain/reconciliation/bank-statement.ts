import { add, type Money, money, sum } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'

/** The forms in which banks tell what happened on an account. */
export const bankFileFormats = ['camt.053', 'mt940', 'csv'] as const
export type BankFileFormat = (typeof bankFileFormats)[number]

/** One line of a statement: above zero came in, below zero went out. */
export type StatementEntry = {
  readonly bookedOn: LocalDate
  readonly amount: Money
  /** A structured reference, without blanks; null when there is none. */
  readonly reference: string | null
  /** What the payer wrote. */
  readonly text: string
  readonly counterparty: { readonly name: string | null; readonly iban: string | null }
  /** The bank's own name for the entry; null when it gives none. */
  readonly bankReference: string | null
}

/** What a bank says of one account and a span of days. A list without balances has neither. */
export type BankStatement = {
  /** The account as the file names it: an IBAN, or a German bank code and number as `37040044/532013000`; null when the file does not say. */
  readonly account: string | null
  readonly number: string | null
  readonly currency: string
  readonly fromDay: LocalDate
  readonly toDay: LocalDate
  readonly balances: { readonly opening: Money; readonly closing: Money } | null
  readonly entries: readonly StatementEntry[]
}

export type StatementProblem = 'unknown-account' | 'other-currency' | 'balances-differ' | 'entry-of-nothing'

/** The bank account a seller is paid into, and the currency it is kept in. */
export type OwnAccount = { readonly iban: string; readonly currency: string }

/**
 * Whether a statement may be taken: it is of the seller's account and currency, and opening balance + entries = closing balance. The answer
 * is the statement under the account's IBAN.
 */
export function checkStatement(
  statement: BankStatement,
  own: OwnAccount,
): Result<BankStatement & { readonly account: string }, StatementProblem> {
  if (statement.account !== null && !isSameAccount(statement.account, own.iban)) return err('unknown-account')
  if (statement.currency !== own.currency) return err('other-currency')
  const amounts = statement.entries.map(({ amount }) => amount)
  if (amounts.some(({ minor }) => minor === 0n)) return err('entry-of-nothing')
  if (amounts.some(({ currency }) => currency !== own.currency)) return err('other-currency')
  const { balances } = statement
  if (balances && (balances.opening.currency !== own.currency || balances.closing.currency !== own.currency)) return err('other-currency')
  if (balances && add(balances.opening, sum(own.currency, amounts)).minor !== balances.closing.minor) return err('balances-differ')
  return ok({ ...statement, account: own.iban })
}

/** Whether an account as a file names it is the one of `iban`: the IBAN, its part without check digits, or a German code and number. */
export function isSameAccount(account: string, iban: string): boolean {
  const text = account.replaceAll(/\s/g, '').toUpperCase()
  if (text === iban) return true
  const [, code, number] = /^(\d{8})\/(\d{1,10})(?:[A-Z]{3})?$/.exec(text) ?? []
  return code !== undefined && number !== undefined && iban.startsWith('DE') && iban.slice(4) === code + number.padStart(10, '0')
}

/**
 * What makes an entry the same one in two files, whichever form they have: the bank's own reference with day and amount; where it gives
 * none, all that is known of it. Entries of one statement that are alike in all of this are told apart by their order.
 */
export function entryKeys(iban: string, entries: readonly StatementEntry[]): string[] {
  const seen = new Map<string, number>()
  return entries.map((entry) => {
    const facts = entry.bankReference
      ? ['ref', entry.bankReference]
      : ['facts', entry.reference ?? '', entry.text, entry.counterparty.name ?? '', entry.counterparty.iban ?? '']
    const alike = [iban, entry.bookedOn, `${entry.amount.minor}${entry.amount.currency}`, ...facts].join('|')
    const turn = (seen.get(alike) ?? 0) + 1
    seen.set(alike, turn)
    return `${alike}|${turn}`
  })
}

/** The span of days that entries lie in; null when there are none. */
export function spanOf(entries: readonly Pick<StatementEntry, 'bookedOn'>[]): { fromDay: LocalDate; toDay: LocalDate } | null {
  const days = entries.map(({ bookedOn }) => bookedOn).toSorted()
  const [fromDay, toDay] = [days.at(0), days.at(-1)]
  return fromDay !== undefined && toDay !== undefined ? { fromDay, toDay } : null
}

/** A signed amount of a file. */
export function signed(amount: Money, isDebit: boolean): Money {
  return money(isDebit ? -amount.minor : amount.minor, amount.currency)
}
