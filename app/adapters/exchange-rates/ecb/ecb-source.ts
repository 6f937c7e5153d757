import { readFile, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type ExchangeRateSource, ExchangeSourceError } from '#app/ports/exchange-rate-source.ts'
import { type FetchLimits, fetchText, usualLimits } from '../guarded-fetch.ts'
import { readEcbRates } from './read-rates.ts'

/** Rates in the format of the European Central Bank, behind an http(s) address or in a file (`file:` address). */
export function ecbExchangeRates(location: string, limits: FetchLimits = usualLimits): ExchangeRateSource {
  return { fetchRates: async () => readEcbRates(await textAt(location, limits)) }
}

async function textAt(location: string, limits: FetchLimits): Promise<string> {
  const address = URL.canParse(location) ? new URL(location) : undefined
  if (address?.protocol === 'file:') return fileText(address, limits.maxBytes)
  if (address?.protocol === 'https:' || address?.protocol === 'http:') return fetchText(address, limits)
  throw new ExchangeSourceError('refused-address', 'exchange rates: the address is neither http(s) nor a file')
}

async function fileText(address: URL, maxBytes: number): Promise<string> {
  try {
    const path = fileURLToPath(address)
    if ((await stat(path)).size > maxBytes)
      throw new ExchangeSourceError('answer-too-large', `exchange rates: the file exceeds ${maxBytes} bytes`)
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof ExchangeSourceError) throw cause
    throw new ExchangeSourceError('unavailable', 'exchange rates: the file cannot be read', { cause })
  }
}
