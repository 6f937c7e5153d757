import type { LocalDate } from '../time/local-date.ts'
import { isInForceOn } from './tax-status.ts'

/**
 * What a country outside the EU asks of sellers abroad whose digital services its consumers buy. Businesses there account for the tax
 * themselves. `threshold` is in major units of its own currency; null: from the first sale on.
 */
export type DigitalServiceRule = {
  readonly country: string
  readonly from: LocalDate
  readonly to: LocalDate | null
  readonly threshold: { readonly amount: string; readonly currency: string; readonly of: 'sales-there' | 'sales-everywhere' } | null
  readonly law: string
}

/** Sources: HMRC (VAT on digital services), Skatteetaten (VOEC), Swiss FTA (MWST-Info 22). */
const digitalServiceRules: readonly DigitalServiceRule[] = [
  { country: 'GB', from: '2021-01-01', to: null, threshold: null, law: 'VATA 1994, schedule 4A' },
  {
    country: 'NO',
    from: '2011-07-01',
    to: null,
    threshold: { amount: '50000', currency: 'NOK', of: 'sales-there' },
    law: 'Merverdiavgiftsloven § 2-1, § 3-30',
  },
  {
    country: 'CH',
    from: '2018-01-01',
    to: null,
    threshold: { amount: '100000', currency: 'CHF', of: 'sales-everywhere' },
    law: 'MWSTG Art. 10, Art. 45',
  },
]

/** The rules in force on a day, other than that of the seller's own country. */
export function digitalServiceRulesOn(on: LocalDate, sellerCountry: string): DigitalServiceRule[] {
  return digitalServiceRules.filter((rule) => rule.country !== sellerCountry && isInForceOn(rule, on))
}
