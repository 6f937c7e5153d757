import { creditorReference, qrReference } from '../bank/payment-references.ts'
import { type Money, subtract, sum, zero } from '../money/money.ts'
import { type OpenDocument, oldestFirst, roundingFor } from '../payment/allocation.ts'
import type { StatementEntry } from './bank-statement.ts'

/** A document that asks for money, with its buyer. */
export type Candidate = OpenDocument & { readonly accountId: string; readonly buyerName: string }
/** A payment that a buyer announced. */
export type Announced = {
  readonly id: string
  readonly accountId: string
  readonly buyerName: string
  readonly reference: string
  readonly amount: Money
}
/** From whose bank accounts which buyers paid before, by IBAN. */
export type KnownPayers = ReadonlyMap<string, readonly string[]>

/** What speaks for a match, the strongest first. */
export type MatchReason = 'announced' | 'reference' | 'number' | 'amount' | 'payer-account' | 'payer-name'

const weights: Readonly<Record<MatchReason, number>> = {
  announced: 60,
  reference: 60,
  number: 50,
  amount: 30,
  'payer-account': 25,
  'payer-name': 15,
}

/** How money that came in could settle what a buyer owes. What `shares` leave of it stays unapplied. */
export type Suggestion = {
  readonly accountId: string
  readonly buyerName: string
  readonly expectedPaymentId: string | null
  readonly shares: readonly { readonly invoiceId: string; readonly number: string; readonly amount: Money; readonly rounding: Money }[]
  readonly left: Money
  readonly reasons: readonly MatchReason[]
  /** 0 to 100: the sum of what speaks for it. */
  readonly score: number
  /** Reference, amount and currency agree exactly, and with one buyer only: it may be taken without a look. */
  readonly isSure: boolean
}

export type MatchFacts = {
  readonly candidates: readonly Candidate[]
  readonly announced: readonly Announced[]
  readonly payers: KnownPayers
}

type Incoming = Pick<StatementEntry, 'amount' | 'reference' | 'text' | 'counterparty'>

const suggestionsAtMost = 5

/**
 * What an incoming entry could settle, the likeliest first, at most five. Only documents and announcements in its currency count. One that
 * goes out, or of which nothing is known, gets none.
 */
export function suggestionsFor(entry: Incoming, facts: MatchFacts): Suggestion[] {
  if (entry.amount.minor <= 0n) return []
  const { currency } = entry.amount
  const candidates = facts.candidates.filter(({ open }) => open.currency === currency)
  const words = plain(`${entry.reference ?? ''} ${entry.text}`)
  const announced = facts.announced.filter(({ amount, reference }) => amount.currency === currency && mentions(words, reference))
  const named = candidates.filter(({ number }) => isNamed(entry, words, number))
  const accounts = new Set([
    ...announced.map(({ accountId }) => accountId),
    ...named.map(({ accountId }) => accountId),
    ...(entry.counterparty.iban ? (facts.payers.get(entry.counterparty.iban) ?? []) : []),
    ...candidates
      .filter(({ open, buyerName }) => open.minor === entry.amount.minor || isSameName(entry, buyerName))
      .map(({ accountId }) => accountId),
  ])
  const drawn = [...accounts].map((accountId) => drawUp(entry, { ...facts, candidates, announced, named, accountId }))
  const isAlone = new Set([...announced, ...named].map(({ accountId }) => accountId)).size === 1
  return drawn
    .filter((each) => each !== undefined)
    .map((each) => ({ ...each, isSure: each.isSure && isAlone }))
    .toSorted((a, b) => b.score - a.score || a.buyerName.localeCompare(b.buyerName) || a.accountId.localeCompare(b.accountId))
    .slice(0, suggestionsAtMost)
}

type Drawing = MatchFacts & { readonly named: readonly Candidate[]; readonly accountId: string }

/** The suggestion for one buyer; undefined when it owes nothing in this currency and announced nothing. */
function drawUp(entry: Incoming, { accountId, ...facts }: Drawing): Suggestion | undefined {
  const own = facts.candidates.filter((each) => each.accountId === accountId)
  const announced = facts.announced.find((each) => each.accountId === accountId)
  const named = facts.named.filter((each) => each.accountId === accountId)
  const buyerName = announced?.buyerName ?? own[0]?.buyerName
  if (buyerName === undefined) return undefined

  const meant = named.length > 0 ? named : documentsMeant(entry.amount, own)
  const shares = sharesOf(entry.amount, meant)
  const total = sum(
    entry.amount.currency,
    meant.map(({ open }) => open),
  )
  const isExact = announced ? announced.amount.minor === entry.amount.minor : total.minor === entry.amount.minor
  const reasons = reasonsOf(entry, { announced, named, isExact, isKnownPayer: isKnownPayer(entry, facts.payers, accountId), buyerName })
  return {
    accountId,
    buyerName,
    expectedPaymentId: announced?.id ?? null,
    shares,
    left: subtract(
      entry.amount,
      sum(
        entry.amount.currency,
        shares.map(({ amount }) => amount),
      ),
    ),
    reasons,
    score: Math.min(
      100,
      reasons.reduce((score, reason) => score + weights[reason], 0),
    ),
    isSure: isExact && (announced !== undefined || named.length > 0),
  }
}

/** Without a number in the text: the one document over exactly that amount, else all there are. */
function documentsMeant(amount: Money, own: readonly Candidate[]): readonly Candidate[] {
  const exact = own.find(({ open }) => open.minor === amount.minor)
  return exact ? [exact] : own
}

/** The documents due first first. When one document is meant and a few minor units are missing or too much, they are rounded away. */
function sharesOf(amount: Money, documents: readonly Candidate[]): Suggestion['shares'] {
  const numbers = new Map(documents.map(({ id, number }) => [id, number]))
  const [only] = documents
  const rounding = documents.length === 1 && only ? roundingFor(amount, only.open) : zero(amount.currency)
  if (only && rounding.minor !== 0n) return [{ invoiceId: only.id, number: only.number, amount, rounding }]
  return oldestFirst(amount, documents).map((share) => ({
    invoiceId: share.id,
    number: numbers.get(share.id) ?? '',
    amount: share.amount,
    rounding: zero(amount.currency),
  }))
}

type Speaking = {
  readonly announced: Announced | undefined
  readonly named: readonly Candidate[]
  readonly isExact: boolean
  readonly isKnownPayer: boolean
  readonly buyerName: string
}

function reasonsOf(entry: Incoming, { announced, named, isExact, isKnownPayer: isKnown, buyerName }: Speaking): MatchReason[] {
  const isStructured = named.some(({ number }) => entry.reference !== null && isReferenceOf(entry.reference, number))
  const reasons: [MatchReason, boolean][] = [
    ['announced', announced !== undefined],
    ['reference', isStructured],
    ['number', !isStructured && named.length > 0],
    ['amount', isExact],
    ['payer-account', isKnown],
    ['payer-name', isSameName(entry, buyerName)],
  ]
  return reasons.filter(([, speaks]) => speaks).map(([reason]) => reason)
}

function isKnownPayer({ counterparty }: Incoming, payers: KnownPayers, accountId: string): boolean {
  return counterparty.iban !== null && (payers.get(counterparty.iban) ?? []).includes(accountId)
}

function isNamed(entry: Incoming, words: string, number: string): boolean {
  return (entry.reference !== null && isReferenceOf(entry.reference, number)) || mentions(words, number)
}

/** Whether a structured reference is the one on the slip of the document with that number. */
function isReferenceOf(reference: string, number: string): boolean {
  return reference === creditorReference(number) || reference === qrReference(number)
}

/** Letters and digits alone, in capitals: payers leave out dashes and blanks. */
function plain(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
}

/** Whether `words` hold a number as a whole: a longer number that begins or ends like it is another one. */
function mentions(words: string, number: string): boolean {
  const wanted = plain(number)
  if (wanted.length < 5) return false
  for (let at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + 1)) {
    const after = words[at + wanted.length] ?? ''
    const before = words[at - 1] ?? ''
    const isCut = /\d/.test(after) || (/\d/.test(before) && /^\d/.test(wanted))
    if (!isCut) return true
  }
  return false
}

function isSameName({ counterparty }: Incoming, buyerName: string): boolean {
  const [payer, buyer] = [plainName(counterparty.name ?? ''), plainName(buyerName)]
  return payer.length >= 4 && buyer.length >= 4 && (payer.startsWith(buyer) || buyer.startsWith(payer))
}

function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}
