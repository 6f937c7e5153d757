import { appendFileSync } from 'node:fs'

/** What happened to money, as the gateway itself counts it; `decimal` is what the payer's bank would print. */
export type LogEntry = {
  readonly what: 'captured' | 'refunded' | 'disputed' | 'dispute-won' | 'authorised' | 'failed'
  readonly payment: string
  readonly attempt: string
  readonly units: number
  readonly currency: string
  readonly decimal: string
}

const withoutDecimals = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const withThree = new Set('bhd jod kwd omr tnd'.split(' '))

/** Whether the gateway takes so many units of a currency. */
export function isChargeable(units: number, currency: string): boolean {
  if (!Number.isSafeInteger(units) || units <= 0) return false
  if (currency === 'isk' || currency === 'ugx') return units % 100 === 0
  return withThree.has(currency) ? units % 10 === 0 : /^[a-z]{3}$/.test(currency)
}

export function decimalOf(units: number, currency: string): string {
  if (withoutDecimals.has(currency)) return String(units)
  const places = withThree.has(currency) ? 3 : 2
  const digits = String(units).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

/** Append-only, and on disk before anybody is answered when a file is named. */
export class Ledger {
  readonly entries: LogEntry[] = []
  constructor(private readonly file: string | undefined) {}

  note(entry: Omit<LogEntry, 'decimal'>): void {
    const full = { ...entry, decimal: decimalOf(entry.units, entry.currency) }
    if (this.file) appendFileSync(this.file, `${JSON.stringify(full)}\n`)
    this.entries.push(full)
  }
}
