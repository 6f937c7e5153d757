/** One JSON text read twice: `value` as JavaScript reads it, `exact` with every number kept as the text the sender wrote. */
export type ExactJson = { readonly value: unknown; readonly exact: unknown }

const numberToken = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * Reads JSON without letting a quantity pass through a float: in `exact` the number `0.1` is the string `'0.1'`.
 * @throws SyntaxError when `text` is not exactly one JSON value.
 */
export function parseExactJson(text: string): ExactJson {
  const value: unknown = JSON.parse(text)
  return { value, exact: JSON.parse(quoteNumbers(text)) }
}

/** Puts quotes round the numbers of a valid JSON text, leaving its strings alone. */
function quoteNumbers(text: string): string {
  const parts: string[] = []
  let position = 0
  while (position < text.length) {
    const open = text.indexOf('"', position)
    const end = open < 0 ? text.length : open
    parts.push(text.slice(position, end).replace(numberToken, '"$&"'))
    if (open < 0) break
    position = closingQuote(text, open) + 1
    parts.push(text.slice(open, position))
  }
  return parts.join('')
}

function closingQuote(text: string, open: number): number {
  let position = text.indexOf('"', open + 1)
  while (isEscaped(text, position)) position = text.indexOf('"', position + 1)
  return position
}

function isEscaped(text: string, position: number): boolean {
  let start = position
  while (text[start - 1] === '\\') start -= 1
  return (position - start) % 2 === 1
}
