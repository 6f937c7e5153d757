import { appendFileSync } from 'node:fs'

export type Cash = { readonly currency_code: string; readonly value: string }
/** What happened to money, as the gateway itself counts it. */
export type Entry = {
  readonly what: 'captured' | 'refunded' | 'disputed'
  readonly attempt: string
  readonly currency: string
  readonly decimal: string
}

const listed = 'AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF ILS JPY MXN MYR NOK NZD PHP PLN SEK SGD THB TWD USD'.split(' ')
const whole = ['HUF', 'JPY', 'TWD']

/** Why an amount is refused; null for a good one. */
export function amountIssue({ currency_code: currency, value }: Cash): string | null {
  if (!listed.includes(currency)) return 'CURRENCY_NOT_SUPPORTED'
  if (whole.includes(currency)) return /^[1-9]\d*$/.test(value) ? null : 'DECIMALS_NOT_SUPPORTED'
  return /^\d+\.\d\d$/.test(value) && Number(value) > 0 ? null : 'INVALID_PARAMETER_SYNTAX'
}

/** Hundredths, to count with. */
export const cents = ({ value }: Cash): number => Math.round(Number(value) * 100)
export const cashOf = (hundredths: number, currency: string): Cash => ({
  currency_code: currency,
  value: whole.includes(currency) ? String(hundredths / 100) : (hundredths / 100).toFixed(2),
})

/** Append-only, and on disk before anybody is answered when a file is named. */
export class Books {
  readonly entries: Entry[] = []
  constructor(private readonly file: string | undefined) {}

  note(what: Entry['what'], attempt: string, { currency_code: currency, value }: Cash): void {
    const entry = { what, attempt, currency, decimal: value }
    if (this.file) appendFileSync(this.file, `${JSON.stringify(entry)}\n`)
    this.entries.push(entry)
  }
}
