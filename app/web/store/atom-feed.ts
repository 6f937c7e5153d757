import type { LegalBlock, LegalInline } from '#app/brand/legal-text.ts'
import { xmlText } from '../answers/xml-text.ts'

export type FeedEntry = {
  readonly id: string
  readonly address: string
  readonly at: Date
  readonly language: string
  readonly title: string
  readonly blocks: readonly LegalBlock[]
}

export type Feed = {
  /** The page the feed is of, and the feed itself. */
  readonly page: string
  readonly self: string
  readonly language: string
  readonly title: string
  readonly author: string
  readonly updated: Date
  readonly entries: readonly FeedEntry[]
}

/** A feed in Atom (RFC 4287). What was typed is text: in the feed, and in the HTML that a reader makes of it. */
export function atomFeed({ page, self, language, title, author, updated, entries }: Feed): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(language)}">`,
    `  <title>${xmlText(title)}</title>`,
    `  <id>${xmlText(page)}</id>`,
    `  <link rel="self" href="${xmlText(self)}"/>`,
    `  <link rel="alternate" href="${xmlText(page)}"/>`,
    `  <author><name>${xmlText(author)}</name></author>`,
    `  <updated>${updated.toISOString()}</updated>`,
    ...entries.flatMap(entryLines),
    '</feed>',
  ]
  return `${lines.join('\n')}\n`
}

function entryLines({ id, address, at, language, title, blocks }: FeedEntry): string[] {
  return [
    `  <entry xml:lang="${xmlText(language)}">`,
    `    <title>${xmlText(title)}</title>`,
    `    <id>urn:uuid:${id}</id>`,
    `    <link rel="alternate" href="${xmlText(address)}"/>`,
    `    <published>${at.toISOString()}</published>`,
    `    <updated>${at.toISOString()}</updated>`,
    `    <content type="html">${xmlText(blocks.map(asHtml).join(''))}</content>`,
    '  </entry>',
  ]
}

function asHtml(block: LegalBlock): string {
  if (block.kind === 'heading') return `<h${block.level + 1}>${xmlText(block.text)}</h${block.level + 1}>`
  if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${lineAsHtml(item)}</li>`).join('')}</ul>`
  return `<p>${block.lines.map(lineAsHtml).join('<br/>')}</p>`
}

function lineAsHtml(line: readonly LegalInline[]): string {
  return line.map(({ text, isStrong }) => (isStrong ? `<strong>${xmlText(text)}</strong>` : xmlText(text))).join('')
}
