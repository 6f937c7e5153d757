import { z } from 'zod'
import { checkIban } from '#app/domain/bank/iban.ts'
import { type Money, sum } from '#app/domain/money/money.ts'
import { type BankStatement, type StatementEntry, signed, spanOf } from '#app/domain/reconciliation/bank-statement.ts'
import { BankFileError } from './bank-file-error.ts'
import { decoded, readGuardedXml } from './guarded-xml.ts'
import { plainAmount, plainDay } from './plain-amount.ts'

// The elements of camt.053.001.02 and its successors that matter here; the versions differ in how a party and a state are written.
const Text = z.string().max(2_000)
const Amount = z.object({ '#text': Text, '@Ccy': z.string().length(3) })
const Day = z.object({ Dt: Text.optional(), DtTm: Text.optional() })
const Sign = z.enum(['CRDT', 'DBIT'])
const Party = z.object({ Nm: Text.optional(), Pty: z.object({ Nm: Text.optional() }).optional() })
const Account = z.object({ Id: z.object({ IBAN: Text.optional(), Othr: z.object({ Id: Text }).optional() }), Ccy: Text.optional() })
const Remittance = z.object({
  Strd: z.array(z.object({ CdtrRefInf: z.object({ Ref: Text.optional() }).optional() }).or(z.literal(''))).optional(),
  Ustrd: z.array(Text).optional(),
})
const Transaction = z.object({
  Refs: z.object({ EndToEndId: Text.optional(), AcctSvcrRef: Text.optional() }).optional(),
  Amt: Amount.optional(),
  CdtDbtInd: Sign.optional(),
  AmtDtls: z.object({ TxAmt: z.object({ Amt: Amount }).optional() }).optional(),
  RltdPties: z
    .object({ Dbtr: Party.optional(), DbtrAcct: Account.optional(), Cdtr: Party.optional(), CdtrAcct: Account.optional() })
    .optional(),
  RmtInf: Remittance.optional(),
})
const Entry = z.object({
  NtryRef: Text.optional(),
  Amt: Amount,
  CdtDbtInd: Sign,
  Sts: z.union([Text, z.object({ Cd: Text })]),
  BookgDt: Day.optional(),
  AcctSvcrRef: Text.optional(),
  NtryDtls: z.array(z.object({ TxDtls: z.array(Transaction).optional() }).or(z.literal(''))).optional(),
  AddtlNtryInf: Text.optional(),
})
const Balance = z.object({
  Tp: z.object({ CdOrPrtry: z.object({ Cd: Text.optional() }) }),
  Amt: Amount,
  CdtDbtInd: Sign,
  Dt: Day,
})
const Statement = z.object({
  Id: Text,
  ElctrncSeqNb: Text.optional(),
  Acct: Account,
  Bal: z.array(Balance),
  Ntry: z.array(Entry).max(50_000).optional(),
})
const File = z.object({
  Document: z.object({ '@xmlns': z.string(), BkToCstmrStmt: z.object({ Stmt: z.array(Statement).min(1).max(400) }) }),
})

/** Statements of a CAMT.053 file, versions 02 to 13. Only booked entries count; a collective one falls into its payments. @throws BankFileError */
export function readCamt(text: string): BankStatement[] {
  const file = File.safeParse(readGuardedXml(text))
  if (!file.success) throw new BankFileError('file-malformed', (file.error.issues[0]?.path ?? []).join('.'))
  const { Document } = file.data
  if (!/camt\.053\.001\.(0[2-9]|1[0-3])$/.test(Document['@xmlns'])) throw new BankFileError('file-format', Document['@xmlns'].slice(0, 80))
  return Document.BkToCstmrStmt.Stmt.map(statementOf)
}

function statementOf(raw: z.output<typeof Statement>): BankStatement {
  const balances = balancesOf(raw)
  const { currency } = balances.opening
  const entries = (raw.Ntry ?? []).filter(isBooked).flatMap(entriesOf)
  const span = spanOf(entries)
  return {
    account: raw.Acct.Id.IBAN ?? raw.Acct.Id.Othr?.Id ?? null,
    number: decoded(raw.Id).slice(0, 80),
    currency,
    fromDay: span ? earlier(span.fromDay, balances.closingDay) : balances.closingDay,
    toDay: span ? later(span.toDay, balances.closingDay) : balances.closingDay,
    balances: { opening: balances.opening, closing: balances.closing },
    entries,
  }
}

const earlier = (a: string, b: string) => (a < b ? a : b)
const later = (a: string, b: string) => (a > b ? a : b)

function balancesOf({ Id, Bal }: z.output<typeof Statement>) {
  const named = (...codes: string[]) => Bal.find(({ Tp }) => codes.includes(Tp.CdOrPrtry.Cd ?? ''))
  const [opening, closing] = [named('OPBD') ?? named('PRCD'), named('CLBD')]
  if (!opening || !closing) throw new BankFileError('file-malformed', `Stmt ${Id}: Bal`)
  return {
    opening: amountOf(opening.Amt, opening.CdtDbtInd),
    closing: amountOf(closing.Amt, closing.CdtDbtInd),
    closingDay: dayOf(closing.Dt, 'Bal.Dt'),
  }
}

function amountOf(amount: z.output<typeof Amount>, sign: z.output<typeof Sign>): Money {
  return signed(plainAmount(amount['#text'], amount['@Ccy'], 'Amt'), sign === 'DBIT')
}

function dayOf(day: z.output<typeof Day> | undefined, place: string): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(day?.Dt ?? day?.DtTm ?? '') ?? []
  return plainDay({ year, month, day: date }, place)
}

function isBooked({ Sts }: z.output<typeof Entry>): boolean {
  return (typeof Sts === 'string' ? Sts : Sts.Cd) === 'BOOK'
}

/** An entry; a collective one as its payments, when they tell their amounts and add up to it. */
function entriesOf(raw: z.output<typeof Entry>): StatementEntry[] {
  const amount = amountOf(raw.Amt, raw.CdtDbtInd)
  const bookedOn = dayOf(raw.BookgDt, 'Ntry.BookgDt')
  const parts = (raw.NtryDtls ?? []).flatMap((details) => (details === '' ? [] : (details.TxDtls ?? [])))
  const shares = parts.map((part) => shareOf(part, raw.CdtDbtInd))
  const known = shares.filter((share) => share !== undefined && share.currency === amount.currency) as Money[]
  const isCollective = parts.length > 1 && known.length === parts.length && sum(amount.currency, known).minor === amount.minor
  if (!isCollective) return [{ bookedOn, amount, ...factsOf(raw, parts[0]) }]
  return parts.map((part, place) => ({ bookedOn, amount: known[place] ?? amount, ...factsOf(raw, part) }))
}

function shareOf(part: z.output<typeof Transaction>, sign: z.output<typeof Sign>): Money | undefined {
  const amount = part.Amt ?? part.AmtDtls?.TxAmt?.Amt
  return amount && amountOf(amount, part.CdtDbtInd ?? sign)
}

function factsOf(raw: z.output<typeof Entry>, part: z.output<typeof Transaction> | undefined): Omit<StatementEntry, 'bookedOn' | 'amount'> {
  const parties = part?.RltdPties
  const [party, account] = raw.CdtDbtInd === 'CRDT' ? [parties?.Dbtr, parties?.DbtrAcct] : [parties?.Cdtr, parties?.CdtrAcct]
  const references = (part?.RmtInf?.Strd ?? []).flatMap((each) => (each === '' ? [] : (each.CdtrRefInf?.Ref ?? [])))
  const endToEnd = part?.Refs?.EndToEndId
  const words = [...(part?.RmtInf?.Ustrd ?? []), ...(endToEnd && endToEnd !== 'NOTPROVIDED' ? [endToEnd] : [])]
  return {
    reference: references[0] ? decoded(references[0]).replaceAll(/\s/g, '').slice(0, 60) || null : null,
    text: decoded(words.join(' ') || raw.AddtlNtryInf || '').slice(0, 500),
    counterparty: { name: nameOf(party), iban: ibanOf(account?.Id.IBAN) },
    bankReference: decoded(part?.Refs?.AcctSvcrRef ?? raw.AcctSvcrRef ?? '').slice(0, 80) || null,
  }
}

function nameOf(party: z.output<typeof Party> | undefined): string | null {
  const name = party?.Nm ?? party?.Pty?.Nm
  return name ? decoded(name).slice(0, 140) : null
}

function ibanOf(text: string | undefined): string | null {
  const iban = checkIban(text ?? '')
  return iban.ok ? iban.value : null
}
