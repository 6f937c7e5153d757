import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Fragment } from 'react'
import { brandOf, legalPageOf } from '#app/web/brand.server.ts'
import { titleOf } from '#app/web/page-title.server.ts'
import { languageOf } from '#app/web/preferences.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { tenantOf } from '#app/web/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const tenant = await tenantOf(request)
  const blocks = orNotFound(legalPageOf(tenant, params.page ?? '', await languageOf(request, tenant)))
  const heading = blocks.find((block) => block.kind === 'heading')?.text ?? ''
  return { blocks, title: titleOf(heading, brandOf(tenant).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }]

type Block = ReturnType<typeof useLoaderData<typeof loader>>['blocks'][number]
type Inline = { readonly text: string; readonly isStrong: boolean }

export default function Legal() {
  const { blocks } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="page py-12">
      <article className="max-w-[42rem]">
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text never change places -- no other key exists
          <LegalBlock key={index} block={block} />
        ))}
      </article>
    </main>
  )
}

function LegalBlock({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    return block.level === 1 ? (
      <h1 className="mb-6 text-2xl font-semibold">{block.text}</h1>
    ) : (
      <h2 className="mt-8 mb-2 text-lg font-semibold">{block.text}</h2>
    )
  }
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
