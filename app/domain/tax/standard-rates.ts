import type { LocalDate } from '../time/local-date.ts'

/** A standard VAT rate in percent over `[from, to)`, local dates of the country; `to` null while it is in force. */
export type StandardRate = { readonly country: string; readonly percent: string; readonly from: LocalDate; readonly to: LocalDate | null }

const rate = (country: string, percent: string, from: LocalDate, to: LocalDate | null = null): StandardRate => ({
  country,
  percent,
  from,
  to,
})

/**
 * Standard rates of the EU-27, as in the European Commission's Taxes in Europe Database (TEDB); of the United Kingdom
 * (HMRC, VATA 1994 s. 2), Switzerland (FTA, MWSTG art. 25), Norway (Skatteetaten, Stortinget's yearly decision) and the
 * United Arab Emirates (FTA, Federal Decree-Law 8/2017 art. 3). Regions with rates of their own stand beside their country: the Azores
 * (PT-20) and Madeira (PT-30; CIVA art. 18), and the French overseas departments that levy VAT (FR-DOM; CGI art. 296).
 */
export const standardRates: readonly StandardRate[] = [
  rate('AT', '20', '1984-01-01'),
  rate('BE', '21', '1996-01-01'),
  rate('BG', '20', '1999-01-01'),
  rate('CY', '19', '2014-01-13'),
  rate('CZ', '21', '2013-01-01'),
  rate('DE', '19', '2007-01-01', '2020-07-01'),
  rate('DE', '16', '2020-07-01', '2021-01-01'),
  rate('DE', '19', '2021-01-01'),
  rate('DK', '25', '1992-01-01'),
  rate('EE', '20', '2009-07-01', '2024-01-01'),
  rate('EE', '22', '2024-01-01', '2025-07-01'),
  rate('EE', '24', '2025-07-01'),
  rate('ES', '21', '2012-09-01'),
  rate('FI', '24', '2013-01-01', '2024-09-01'),
  rate('FI', '25.5', '2024-09-01'),
  rate('FR', '20', '2014-01-01'),
  rate('GR', '24', '2016-06-01'),
  rate('HR', '25', '2012-03-01'),
  rate('HU', '27', '2012-01-01'),
  rate('IE', '23', '2012-01-01', '2020-09-01'),
  rate('IE', '21', '2020-09-01', '2021-03-01'),
  rate('IE', '23', '2021-03-01'),
  rate('IT', '22', '2013-10-01'),
  rate('LT', '21', '2009-09-01'),
  rate('LU', '17', '2015-01-01', '2023-01-01'),
  rate('LU', '16', '2023-01-01', '2024-01-01'),
  rate('LU', '17', '2024-01-01'),
  rate('LV', '21', '2012-07-01'),
  rate('MT', '18', '2004-01-01'),
  rate('NL', '21', '2012-10-01'),
  rate('PL', '23', '2011-01-01'),
  rate('PT', '23', '2011-01-01'),
  rate('PT-20', '18', '2014-01-01', '2021-07-01'),
  rate('PT-20', '16', '2021-07-01'),
  rate('PT-30', '22', '2012-04-01'),
  rate('FR-DOM', '8.5', '2014-01-01'),
  rate('RO', '19', '2017-01-01', '2025-08-01'),
  rate('RO', '21', '2025-08-01'),
  rate('SE', '25', '1990-07-01'),
  rate('SI', '22', '2013-07-01'),
  rate('SK', '20', '2011-01-01', '2025-01-01'),
  rate('SK', '23', '2025-01-01'),
  rate('GB', '20', '2011-01-04'),
  rate('CH', '8', '2011-01-01', '2018-01-01'),
  rate('CH', '7.7', '2018-01-01', '2024-01-01'),
  rate('CH', '8.1', '2024-01-01'),
  rate('NO', '25', '2005-01-01'),
  rate('AE', '5', '2018-01-01'),
]
