import type { LocalDate } from '../time/local-date.ts'

/** Members of the EU's VAT area by ISO 3166 code, with the span in which they belong to it where it does not cover everything since 2013. */
const members: ReadonlyMap<string, { readonly from?: LocalDate; readonly to?: LocalDate }> = new Map([
  ...[
    ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HU', 'IE'],
    ...['IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ].map((country) => [country, {}] as const),
  ['HR', { from: '2013-07-01' }],
  // The transition of the withdrawal agreement ended with 2020. Northern Ireland is in the area for goods only, not for services.
  ['GB', { to: '2021-01-01' }],
])

/** Whether `country` (ISO 3166, so GR and not EL) is in the European Union for VAT on services on that day. */
export function isInEu(country: string, on: LocalDate): boolean {
  const span = members.get(country)
  return span !== undefined && (span.from ?? '') <= on && (span.to === undefined || on < span.to)
}

/** Whether `country` is a member state today. */
export function isEuMember(country: string): boolean {
  const span = members.get(country)
  return span !== undefined && span.to === undefined
}

/**
 * Where a party is for VAT. `region` names a part of the country that may have rates of its own (ISO 3166-2, or `FR-DOM`);
 * `isOutsideArea` a part to which the VAT of the country, or of the European Union, does not reach.
 */
export type TaxPlace = { readonly country: string; readonly region: string | null; readonly isOutsideArea: boolean }

type Part = { readonly postcode: RegExp; readonly region: string | null; readonly isOutsideArea: boolean }
const outside = (postcode: RegExp, region: string | null = null): Part => ({ postcode, region, isOutsideArea: true })
const inside = (postcode: RegExp, region: string): Part => ({ postcode, region, isOutsideArea: false })

/**
 * Parts of countries, by postcode (Directive 2006/112/EC art. 5 to 7). Åland is not among them: services there are taxed by Finland's own
 * law. Jungholz and the Mittelberg, whose 19 % only businesses that are established there use, are taxed like the rest of Austria.
 */
const parts: Readonly<Record<string, readonly Part[]>> = {
  // Heligoland, Büsingen
  DE: [outside(/^(27498|78266)$/)],
  // Canary Islands, Ceuta, Melilla
  ES: [outside(/^(35|38)\d{3}$/, 'ES-CN'), outside(/^(51|52)\d{3}$/)],
  // Livigno, Campione
  IT: [outside(/^(23041|22061)$/)],
  // Mount Athos
  GR: [outside(/^6308[67]$/)],
  // Guadeloupe, Martinique, Réunion; French Guiana, Mayotte
  FR: [outside(/^97[124]\d{2}$/, 'FR-DOM'), outside(/^97[36]\d{2}$/)],
  // Madeira, Azores
  PT: [inside(/^9[0-4]\d{2}(-\d{3})?$/, 'PT-30'), inside(/^9[5-9]\d{2}(-\d{3})?$/, 'PT-20')],
}

/** Codes of their own that belong to another country's VAT: Monaco, Isle of Man, the French overseas departments. */
const aliases: Readonly<Record<string, TaxPlace>> = {
  MC: { country: 'FR', region: null, isOutsideArea: false },
  IM: { country: 'GB', region: null, isOutsideArea: false },
  GP: { country: 'FR', region: 'FR-DOM', isOutsideArea: true },
  MQ: { country: 'FR', region: 'FR-DOM', isOutsideArea: true },
  RE: { country: 'FR', region: 'FR-DOM', isOutsideArea: true },
  GF: { country: 'FR', region: null, isOutsideArea: true },
  YT: { country: 'FR', region: null, isOutsideArea: true },
}

/**
 * Where an address is for VAT. The postcode is what the last line that begins with one begins with, as all these countries
 * write it ("27498 Helgoland"); an address without one is in the country's main part.
 */
export function placeOf(country: string, addressLines: readonly string[] = []): TaxPlace {
  const alias = aliases[country]
  if (alias) return alias
  const postcode = parts[country] && postcodeOf(addressLines)
  const part = postcode && parts[country]?.find((candidate) => candidate.postcode.test(postcode))
  return part ? { country, region: part.region, isOutsideArea: part.isOutsideArea } : { country, region: null, isOutsideArea: false }
}

function postcodeOf(lines: readonly string[]): string | undefined {
  const codes = lines.map((line) => /^\s*(?:[A-Z]{1,2}-)?(\d{4}-\d{3}|\d{3} \d{2}|\d{4,5})(?=[\s,]|$)/.exec(line)?.[1])
  return codes
    .filter((code) => code !== undefined)
    .at(-1)
    ?.replace(' ', '')
}
