import type { DocumentFrame, LabelledValue } from '#app/domain/invoice/invoice-document.ts'
import type { StatementDocument, StatementDocumentRow } from '#app/domain/invoice/statement-document.ts'
import { add, type Money, sum } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate } from '#app/domain/time/local-date.ts'
import { buyerLines, documentTexts, sellerTexts } from './document-frame.ts'
import { formatLocalDate, formatMoney, formatPeriod } from './formats.ts'
import type { DocumentTexts } from './invoice-lines.ts'
import { directionOf } from './languages.ts'
import type { AccountStatementFacts, PayoutStatementFacts } from './statement-facts.ts'

/** A statement of account as a page. @throws InvariantError when its entries do not lead from one balance to the other. */
export function accountStatement(facts: AccountStatementFacts): StatementDocument {
  const texts = documentTexts(facts)
  const { t } = texts
  const entries = facts.entries.map(({ kind, number = '', text, amount, date }) => ({
    date,
    amount,
    description: t(`entry.${kind}`, { number: texts.isolate(number) }).trim(),
    ...(text === undefined ? {} : { detail: texts.isolate(text) }),
  }))
  const lastDay = day(texts, addDays(facts.periodEnd, -1))
  const owed = entries.filter(({ amount }) => amount.minor > 0n).map(({ amount }) => amount)
  const settled = entries.filter(({ amount }) => amount.minor < 0n).map(({ amount }) => amount)
  return {
    ...frame(texts, facts, { title: t('statement.title'), number: null }),
    columns: columns(texts, facts.currency),
    opening: { label: t('statement.opening', { date: day(texts, facts.periodStart) }), value: plain(texts, facts.opening) },
    rows: rows(texts, { opening: facts.opening, entries, closing: facts.closing }),
    totals: [
      { label: t('statement.charged'), value: withCurrency(texts, sum(facts.currency, owed)) },
      { label: t('statement.settled'), value: withCurrency(texts, sum(facts.currency, settled)) },
    ],
    closing: {
      label: t(facts.closing.minor < 0n ? 'statement.credit' : 'statement.due', { date: lastDay }),
      value: withCurrency(texts, facts.closing),
    },
    notes: [],
  }
}

/** What a reseller is paid and why, as a page. @throws InvariantError when its entries do not add up to the payout. */
export function payoutStatement(facts: PayoutStatementFacts): StatementDocument {
  const texts = documentTexts(facts)
  const { t } = texts
  const entries = facts.entries.map(({ kind, number = '', customer, amount, date }) => ({
    date,
    amount,
    description: t(`payout.${kind}`, { number: texts.isolate(number) }).trim(),
    ...(customer === undefined ? {} : { detail: texts.isolate(customer) }),
  }))
  const kinds = [...new Set(facts.entries.map(({ kind }) => kind))]
  const totalOf = (kind: (typeof kinds)[number]) =>
    sum(
      facts.currency,
      facts.entries.filter((entry) => entry.kind === kind).map(({ amount }) => amount),
    )
  const isPaid = facts.payout.minor >= 0n
  return {
    ...frame(texts, facts, { title: t('payout.title'), number: facts.number ?? null }),
    columns: columns(texts, facts.currency),
    opening: { label: t('payout.carriedOver'), value: plain(texts, facts.carriedOver) },
    rows: rows(texts, { opening: facts.carriedOver, entries, closing: facts.payout }),
    totals: kinds.map((kind) => ({ label: t(`payout.sum.${kind}`), value: withCurrency(texts, totalOf(kind)) })),
    closing: { label: t(isPaid ? 'payout.total' : 'payout.toCarryOver'), value: withCurrency(texts, facts.payout) },
    notes: facts.payOn && isPaid ? [t('payout.payOn', { date: day(texts, facts.payOn) })] : [],
  }
}

type Entry = { readonly date: LocalDate; readonly description: string; readonly detail?: string; readonly amount: Money }
type Course = { readonly opening: Money; readonly entries: readonly Entry[]; readonly closing: Money }

function rows(texts: DocumentTexts, { opening, entries, closing }: Course): StatementDocumentRow[] {
  let balance = opening
  const shown = entries.map(({ date, amount, ...entry }) => {
    balance = add(balance, amount)
    return { ...entry, date: day(texts, date), amount: plain(texts, amount), balance: plain(texts, balance) }
  })
  invariant(
    balance.minor === closing.minor && balance.currency === closing.currency,
    'statement: its entries do not lead to its closing balance',
  )
  return shown
}

function frame(
  texts: DocumentTexts,
  facts: AccountStatementFacts | PayoutStatementFacts,
  { title, number }: { title: string; number: string | null },
): DocumentFrame & { readonly facts: readonly LabelledValue[] } {
  const { t, isolate, locale, dateStyle } = texts
  const { seller, buyer } = facts
  const instant = (date: LocalDate) => new Date(`${date}T00:00:00Z`)
  return {
    language: facts.language,
    direction: directionOf(facts.language),
    createdAt: facts.createdAt.toISOString(),
    title,
    brand: seller.brand,
    seller: sellerTexts(texts, seller),
    buyer: { lines: buyerLines(texts, buyer, seller.address.country) },
    facts: [
      ...(number === null ? [] : [{ label: t('fact.documentNumber'), value: isolate(number) }]),
      {
        label: t('fact.statementPeriod'),
        value: formatPeriod(instant(facts.periodStart), instant(facts.periodEnd), locale, 'UTC', dateStyle),
      },
      { label: t('fact.customerNumber'), value: isolate(buyer.customerNumber) },
    ],
    notes: [],
    pageLabel: t('page'),
  }
}

function columns({ t }: DocumentTexts, currency: string): StatementDocument['columns'] {
  return {
    date: t('column.date'),
    description: t('column.entry'),
    amount: t('column.amount', { currency }),
    balance: t('column.balance'),
  }
}

function day({ locale, dateStyle }: DocumentTexts, date: LocalDate): string {
  return formatLocalDate(date, locale, dateStyle)
}

function plain({ isolate, locale }: DocumentTexts, amount: Money): string {
  return isolate(formatMoney(amount, locale, 'none'))
}

function withCurrency({ isolate, locale }: DocumentTexts, amount: Money): string {
  return isolate(formatMoney(amount, locale, 'code'))
}
