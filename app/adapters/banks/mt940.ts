import { checkIban } from '#app/domain/bank/iban.ts'
import type { Money } from '#app/domain/money/money.ts'
import { type BankStatement, type StatementEntry, signed, spanOf } from '#app/domain/reconciliation/bank-statement.ts'
import { BankFileError } from './bank-file-error.ts'
import { plainAmount, plainDay } from './plain-amount.ts'

type Field = { readonly tag: string; readonly value: string; readonly line: number }

/** Statements of an MT940 file, in the frames of SWIFT or bare. Customer fields may follow the German ?-scheme. @throws BankFileError */
export function readMt940(text: string): BankStatement[] {
  const messages = messagesOf(fieldsOf(text))
  if (messages.length === 0) throw new BankFileError('file-malformed', ':20:')
  return messages.map(statementOf)
}

/** `:61:…` and the lines after it, up to the next tag; frames such as `{1:…}{4:` and `-}` are passed over. */
function fieldsOf(text: string): Field[] {
  const fields: { tag: string; value: string; line: number }[] = []
  for (const [place, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const line = raw.replace(/^(\{[1-3]:[^}]*\}+)*(\{4:)?/, '')
    if (line === '' || /^-\}?(\{5:.*)?$/.test(line)) continue
    const [, tag, value = ''] = /^:(\d{2}[A-Z]?):(.*)$/.exec(line) ?? []
    const last = fields.at(-1)
    if (tag) fields.push({ tag, value, line: place + 1 })
    else if (last) last.value += `\n${line}`
    else throw new BankFileError('file-malformed', `${place + 1}`)
  }
  return fields
}

function messagesOf(fields: readonly Field[]): Field[][] {
  const messages: Field[][] = []
  for (const field of fields) {
    if (field.tag === '20') messages.push([])
    messages.at(-1)?.push(field)
  }
  return messages
}

function statementOf(fields: readonly Field[]): BankStatement {
  const one = (...tags: string[]) => fields.find(({ tag }) => tags.includes(tag))
  const [account, opening, closing] = [one('25'), one('60F', '60M'), one('62F', '62M')]
  if (!account || !opening || !closing) throw new BankFileError('file-malformed', `${fields[0]?.line ?? 1}: :25: :60F: :62F:`)
  const [first, last] = [balanceOf(opening), balanceOf(closing)]
  const entries = entriesOf(fields, first.amount.currency)
  const span = spanOf(entries)
  return {
    account: account.value.split('\n')[0] ?? '',
    number: one('28C', '28')?.value.split('\n')[0]?.slice(0, 80) ?? null,
    currency: first.amount.currency,
    fromDay: span && span.fromDay < last.day ? span.fromDay : last.day,
    toDay: span && span.toDay > last.day ? span.toDay : last.day,
    balances: { opening: first.amount, closing: last.amount },
    entries,
  }
}

function balanceOf({ value, line }: Field): { amount: Money; day: string } {
  const [, sign, year = '', month = '', day = '', currency = '', amount = ''] =
    /^([CD])(\d{2})(\d{2})(\d{2})([A-Z]{3})(\d{1,13},\d{0,3})/.exec(value) ?? []
  if (!sign) throw new BankFileError('file-malformed', `${line}`)
  return {
    amount: signed(plainAmount(amount.replace(',', '.'), currency, `${line}`), sign === 'D'),
    day: plainDay({ year: `20${year}`, month, day }, `${line}`),
  }
}

// Value date, booking date, sign (a reversal turns it round), funds code, amount, type, the customer's reference, the bank's.
const entryLine =
  /^(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(R?)([CD])[A-Z]?(\d{1,13},\d{0,3})([A-Z][A-Z0-9]{3})([^/\n]*?)(?:\/\/([^\n]*))?(?:\n.*)*$/

function entriesOf(fields: readonly Field[], currency: string): StatementEntry[] {
  return fields.flatMap((field, place) => {
    if (field.tag !== '61') return []
    const next = fields[place + 1]
    return [entryOf(field, next?.tag === '86' ? next.value : '', currency)]
  })
}

function entryOf({ value, line }: Field, details: string, currency: string): StatementEntry {
  const parts = entryLine.exec(value)
  if (!parts) throw new BankFileError('file-malformed', `${line}`)
  const [, year = '', month = '', day = '', bookMonth, bookDay, reversal, sign, amount = '', , customer = '', bank = ''] = parts
  // The booking date has no year: in January it may still belong to December.
  const bookYear =
    bookMonth === '12' && month === '01' ? Number(year) - 1 : bookMonth === '01' && month === '12' ? Number(year) + 1 : Number(year)
  const isDebit = (sign === 'D') !== (reversal === 'R')
  return {
    bookedOn: plainDay({ year: String(2000 + bookYear), month: bookMonth ?? month, day: bookDay ?? day }, `${line}`),
    amount: signed(plainAmount(amount.replace(',', '.'), currency, `${line}`), isDebit),
    ...detailsOf(details, customer),
    bankReference: bank.trim().slice(0, 80) || null,
  }
}

/** What field 86 says: structured by `?20`… in the German scheme, else plain text. */
function detailsOf(details: string, customer: string): Pick<StatementEntry, 'reference' | 'text' | 'counterparty'> {
  const joined = details.replaceAll('\n', '')
  const parts = new Map([...joined.matchAll(/\?(\d{2})([^?]*)/g)].map(([, code = '', text = '']) => [Number(code), text]))
  const pick = (from: number, to: number) =>
    [...parts]
      .filter(([code]) => code >= from && code <= to)
      .map(([, text]) => text)
      .join('')
  const isStructured = parts.size > 0
  const words = isStructured ? pick(20, 29) + pick(60, 63) : details.replaceAll('\n', ' ')
  const known = customer.trim()
  const iban = checkIban(isStructured ? pick(31, 31) : '')
  return {
    reference: referenceIn(words),
    text: [words.trim(), known === 'NONREF' ? '' : known].filter(Boolean).join(' ').slice(0, 500),
    counterparty: { name: isStructured ? pick(32, 33).trim().slice(0, 140) || null : null, iban: iban.ok ? iban.value : null },
  }
}

/** A creditor reference or a Swiss QR reference that stands in the text. */
function referenceIn(words: string): string | null {
  return /\bRF\d{2}[A-Z0-9]{1,21}\b/.exec(words)?.[0] ?? /(?<!\d)\d{27}(?!\d)/.exec(words)?.[0] ?? null
}
