import { Fragment } from 'react'

type Inline = { readonly text: string; readonly isStrong: boolean }
export type LegalBlock =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Inline[])[] }

/** A text of the seller from its blocks: whatever was typed is text. `top` is the level of its first headings inside another page. */
export function LegalText({ blocks, top = 1 }: { blocks: readonly LegalBlock[]; top?: 1 | 2 | 3 }) {
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change places -- no other key exists
    <Block key={index} block={block} top={top} />
  ))
}

function Block({ block, top }: { block: LegalBlock; top: 1 | 2 | 3 }) {
  if (block.kind === 'heading') return <Heading {...block} top={top} />
  if (block.kind === 'list') {
    return (
      <ul className="my-3 list-disc ps-5 marker:text-muted">
        {block.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items of a list never change places, and two may say the same -- no other key exists
          <li key={index} className="my-1">
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

const tags = ['h1', 'h2', 'h3', 'h4'] as const
const looks = [
  'mb-6 text-2xl font-semibold',
  'mt-8 mb-2 text-lg font-semibold',
  'mt-6 mb-2 font-semibold',
  'mt-4 mb-2 font-medium',
] as const

function Heading({ level, text, top }: { level: 1 | 2; text: string; top: 1 | 2 | 3 }) {
  const Tag = tags[top + level - 2] ?? 'h4'
  const look = looks[top + level - 2]
  return <Tag className={look}>{text}</Tag>
}

function Inlines({ inlines }: { inlines: readonly Inline[] }) {
  return inlines.map(({ text, isStrong }, index) =>
    isStrong ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: words of a line never change places, and may come twice -- no other key exists
      <strong key={index} className="font-semibold">
        {text}
      </strong>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above -- no other key exists
      <Fragment key={index}>{text}</Fragment>
    ),
  )
}
