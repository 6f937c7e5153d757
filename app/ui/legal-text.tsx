import { Fragment } from 'react'

type Inline = { readonly text: string; readonly isStrong: boolean }
export type LegalBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }

/** A legal page from its blocks: whatever a seller typed is text. Inside another page its headings stand one level lower. */
export function LegalText({ blocks, isInside = false }: { blocks: readonly LegalBlock[]; isInside?: boolean }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change places -- no other key exists
    <Block key={index} block={block} isInside={isInside} />
  ))
}

function Block({ block, isInside }: { block: LegalBlock; isInside: boolean }) {
  if (block.kind === 'heading') return <Heading {...block} isInside={isInside} />
  if (block.kind === 'list') {
    return (
      <ul className="my-3 list-disc ps-5 marker:text-muted">
        {block.items.map((item) => (
          <li key={item.map(({ text }) => text).join('')} className="my-1">
            <Inlines inlines={item} />
          </li>
        ))}
      </ul>
    )
  }
  return (
    <p className="my-3">
      {block.lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a paragraph never change places -- no other key exists
        <Fragment key={index}>
          {index > 0 ? <br /> : null}
          <Inlines inlines={line} />
        </Fragment>
      ))}
    </p>
  )
}

function Heading({ level, text, isInside }: { level: 1 | 2; text: string; isInside: boolean }) {
  const look = level === 1 ? 'mb-6 text-2xl font-semibold' : 'mt-8 mb-2 text-lg font-semibold'
  const Tag = isInside ? (level === 1 ? 'h3' : 'h4') : level === 1 ? 'h1' : 'h2'
  return <Tag className={look}>{text}</Tag>
}

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map(({ text, isStrong }) =>
    isStrong ? (
      <strong key={text} className="font-semibold">
        {text}
      </strong>
    ) : (
      <Fragment key={text}>{text}</Fragment>
    ),
  )
}
