const hidden = '***'

/** Names whose values nobody may read in a log, wherever they stand: JSON, forms, headers. */
const secretNames =
  'secret|token|passw|authorization|cookie|api[_-]?key|private[_-]?key|credential|signature|cvc|cvv|security[_-]?code|iban|account[_-]?number|card[_-]?number'

const nestedJson = new RegExp(`(\\\\"[^"\\\\]*(?:${secretNames})[^"\\\\]*\\\\"\\s*:\\s*\\\\")(?:[^"\\\\]|\\\\\\\\.)*`, 'gi')
const json = new RegExp(`("[^"\\\\]*(?:${secretNames})[^"\\\\]*"\\s*:\\s*)(?:"(?:[^"\\\\]|\\\\.)*"?|-?\\d+)`, 'gi')
const form = new RegExp(`((?:^|[?&\\s])[^=&\\s"]*(?:${secretNames})[^=&\\s"]*=)[^&\\s"]+`, 'gi')
const header = new RegExp(`^([\\w-]*(?:${secretNames})[\\w-]*:[ \\t]*).+$`, 'gim')

const credential = /\b(bearer|basic)\s+[\w.~+/=-]+/gi
const prefixedKey = /\b(sk|rk|pk|whsec|access_token)([_$])[\w$-]{6,}/g
const signedToken = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g
const mailbox = /[\w.!%+'-]+?(@|%40)(?=[\w-]+(?:\.[\w-]+)+)/g
const cardLike = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g

/**
 * `text` of a request or an answer as a log keeps it: no value of a secret's name, no key, no token, no number of a card or a bank account,
 * of mail addresses only the domain. Of a card's number the last four digits stay. Masking twice changes nothing.
 */
export function masked(text: string): string {
  return text
    .replace(nestedJson, `$1${hidden}`)
    .replace(json, `$1"${hidden}"`)
    .replace(form, `$1${hidden}`)
    .replace(header, `$1${hidden}`)
    .replace(credential, `$1 ${hidden}`)
    .replace(prefixedKey, `$1$2${hidden}`)
    .replace(signedToken, hidden)
    .replace(mailbox, `${hidden}$1`)
    .replace(cardLike, (digits) => (isCardNumber(digits) ? `${hidden}${digits.slice(-4)}` : digits))
}

/** Whether the check digit of a card's number is right. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replaceAll(/\D/g, '')].reverse().map(Number)
  const sum = digits.reduce((total, digit, place) => {
    const weighed = place % 2 === 1 ? digit * 2 : digit
    return total + (weighed > 9 ? weighed - 9 : weighed)
  }, 0)
  return sum % 10 === 0
}
