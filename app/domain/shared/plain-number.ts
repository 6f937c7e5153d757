/** Arabic-Indic and Persian digits, by the zero they begin at. */
const zeros = [0x0660, 0x06f0]
const otherDigit = /[\u0660-\u0669\u06f0-\u06f9]/g

/**
 * A number as people write it (`12,50`, `1.234,50`, `1 234,5`, `1'234.50`, `١٢٫٥٠`) with Latin digits, a point and nothing between thousands;
 * undefined for anything else, and for `1,234` or `1.234.`-like texts that could be read in two ways. A lone point is a decimal one.
 */
export function plainNumber(text: string): string | undefined {
  const typed = text
    .trim()
    .replace(otherDigit, latinDigit)
    .replaceAll('\u066b', ',')
    .replace(/[\s\u00a0\u202f'’\u066c]/g, '')
  if (/^\d+(\.\d+)?$/.test(typed)) return typed
  if (/^\d+,\d+$/.test(typed)) return /,\d{3}$/.test(typed) && !/^0+,/.test(typed) ? undefined : typed.replace(',', '.')
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(typed)) return typed.replaceAll('.', '').replace(',', '.')
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(typed)) return typed.replaceAll(',', '')
  return undefined
}

function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  const zero = zeros.findLast((each) => each <= code) ?? code
  return String(code - zero)
}
