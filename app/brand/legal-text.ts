/** A run of text, or the words of it that stand out. */
export type LegalInline = { readonly text: string; readonly isStrong: boolean }
export type LegalBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly LegalInline[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly LegalInline[])[] }

/**
 * The blocks of a legal page. It understands headings, paragraphs with hard line breaks, lists and `**strong**`, and takes
 * everything else as plain text: a page is shown from these blocks, so no markup of a tenant ever becomes HTML.
 */
export function parseLegalText(markdown: string): LegalBlock[] {
  return markdown
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map(parseBlock)
}

function parseBlock(block: string): LegalBlock {
  const heading = /^(#{1,2}) (.+)$/.exec(block)
  if (heading) return { kind: 'heading', level: heading[1] === '#' ? 1 : 2, text: heading[2] ?? '' }

  const lines = block.split('\n')
  if (lines.every((line) => line.startsWith('- '))) return { kind: 'list', items: lines.map((line) => inlines(line.slice(2))) }
  return { kind: 'paragraph', lines: joinSoftBreaks(lines).map(inlines) }
}

/** Two spaces at a line's end keep the break; without them the next line goes on in the same one. */
function joinSoftBreaks(lines: readonly string[]): string[] {
  return lines
    .map((line, index) => (index + 1 < lines.length && !line.endsWith('  ') ? `${line.trimEnd()} ` : `${line.trimEnd()}\n`))
    .join('')
    .trimEnd()
    .split('\n')
}

function inlines(text: string): LegalInline[] {
  return text
    .split('**')
    .map((part, index) => ({ text: part, isStrong: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}
