import type { ExchangeRate } from '#app/domain/money/exchange.ts'

/** Why the rates of a day could not be had. `isTransient` says that asking again later may help. */
export type ExchangeSourceCode = 'unavailable' | 'timed-out' | 'refused-address' | 'answer-too-large' | 'malformed'

export class ExchangeSourceError extends Error {
  override name = 'ExchangeSourceError'
  readonly code: ExchangeSourceCode
  readonly isTransient: boolean

  constructor(code: ExchangeSourceCode, message: string, details: { readonly cause?: unknown } = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.isTransient = code === 'unavailable' || code === 'timed-out'
  }
}

/** Publishes exchange rates, a set for a day. */
export interface ExchangeRateSource {
  /**
   * Every rate of the newest set, each a positive decimal, exactly as published; currencies that cannot be invoiced in are
   * left out. Either the whole set or none of it.
   * @throws ExchangeSourceError
   */
  fetchRates(): Promise<readonly ExchangeRate[]>
}
