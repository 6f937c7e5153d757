/** The German charts that numbers are proposed from. */
export const germanCharts = ['skr03', 'skr04'] as const
export type GermanChart = (typeof germanCharts)[number]

/** The number of an account in the accountant's books, and the tax key its rows carry; empty for none. */
export type AccountNumber = { readonly number: string; readonly taxKey: string }

type Proposal = readonly [skr03: string, skr04: string]

/**
 * By code of the ledger's own chart, the most exact first: `tax-payable.S.19`, `tax-payable`. None of them computes tax by itself, since
 * the entries carry it: with an automatic account in its place the row needs key 40.
 */
const proposals: Readonly<Record<string, Proposal>> = {
  receivable: ['1410', '1210'],
  'prepaid-balance': ['1710', '3250'],
  'unapplied-cash': ['1590', '1370'],
  bank: ['1200', '1800'],
  clearing: ['1360', '1460'],
  'gateway-fees': ['4970', '6855'],
  revenue: ['8200', '4200'],
  'revenue.discount': ['8700', '4700'],
  'revenue.credit': ['8700', '4700'],
  'deferred-revenue': ['0990', '3900'],
  'tax-payable': ['1770', '3800'],
  'tax-payable.S.19': ['1776', '3806'],
  'tax-payable.S.7': ['1771', '3801'],
  'input-tax': ['1570', '1400'],
  'input-tax.S.19': ['1576', '1406'],
  'input-tax.S.7': ['1571', '1401'],
  purchases: ['3100', '5900'],
  'payable-to-parent': ['1610', '3310'],
  'receivable-from-parent': ['1500', '1300'],
  'payable-to-child': ['1700', '3500'],
  'bad-debt': ['2400', '6930'],
  exchange: ['2660', '4840'],
  rounding: ['4900', '6300'],
}

const byKind = {
  asset: ['1500', '1300'],
  liability: ['1700', '3500'],
  income: ['8200', '4200'],
  expense: ['4900', '6300'],
} as const satisfies Readonly<Record<string, Proposal>>

export type LedgerCode = { readonly code: string; readonly kind: keyof typeof byKind }

/** The number that `chart` proposes for a ledger account; one of its kind where the chart has no better. */
export function proposedNumber(chart: GermanChart, { code, kind }: LedgerCode): AccountNumber {
  const found = prefixesOf(code).flatMap((prefix) => proposals[prefix] ?? [])
  const [skr03, skr04] = found.length > 0 ? found : byKind[kind]
  return { number: (chart === 'skr03' ? skr03 : skr04) ?? '', taxKey: '' }
}

function prefixesOf(code: string): string[] {
  const parts = code.split('.')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
}

export type NumberProblem = 'number-malformed' | 'tax-key-malformed'

/** Why a typed number or key cannot be one: numbers have four digits, as those of the charts, so that a buyer's has five; keys up to four. */
export function checkNumber({ number, taxKey }: AccountNumber): NumberProblem | null {
  if (!/^\d{4}$/.test(number)) return 'number-malformed'
  return /^\d{0,4}$/.test(taxKey) ? null : 'tax-key-malformed'
}

/** The first number of a buyer; from 70000 on numbers are of creditors. */
export const firstDebtor = 10_000
