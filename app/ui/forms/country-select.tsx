import { useMemo } from 'react'
import { usePage } from '../base/page-context.tsx'
import { useFormat } from '../base/use-format.ts'
import { Select } from './field.tsx'

/** ISO 3166-1 codes of the countries a buyer may live in. */
export const countryCodes = (
  'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM ' +
  'DO DZ EC EE EG ER ES ET FI FJ FM FO FR GA GB GD GE GG GH GI GL GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IM IN IQ IS IT JE JM JO JP KE KG KH KI KM ' +
  'KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF ' +
  'PG PH PK PL PS PT PW PY QA RO RS RW SA SB SC SE SG SI SK SL SM SN SO SR SS ST SV SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE ' +
  'VG VN VU WS YE ZA ZM ZW'
).split(' ')

type CountrySelectProps = { name: string; label: string; error?: string | undefined; defaultValue: string; autoComplete?: string }

/**
 * All countries in the reader's language and order. The list is markup, which stays as the server wrote it: a browser that sorts names
 * otherwise would give its own codes, in its own order, to the server's names.
 */
export function CountrySelect(props: CountrySelectProps) {
  const { locale } = usePage()
  const format = useFormat()
  const { defaultValue } = props
  // biome-ignore lint/correctness/useExhaustiveDependencies: names depend on the locale only -- the format is made anew on each render
  const options = useMemo(() => {
    const collator = new Intl.Collator(locale)
    const countries = countryCodes.map((code) => ({ code, name: format.country(code) })).sort((a, b) => collator.compare(a.name, b.name))
    return countries.map(({ code, name }) => optionOf({ code, name, isChosen: code === defaultValue })).join('')
  }, [locale, defaultValue])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: names of countries by Intl, escaped below
  return <Select {...props} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: options }} />
}

function optionOf({ code, name, isChosen }: { code: string; name: string; isChosen: boolean }): string {
  const text = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<option value="${code}"${isChosen ? ' selected' : ''}>${text}</option>`
}
