import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LegalText } from '#app/ui/base/legal-text.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { brandOf } from '#app/web/branding/brand.server.ts'
import { legalPageOf } from '#app/web/branding/legal-pages.server.ts'
import { titleOf } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { blocks, version, publishedAt } = orNotFound(await legalPageOf(request, params.page ?? ''))
  const heading = blocks.find((block) => block.kind === 'heading')?.text ?? ''
  return { blocks, version, publishedAt, title: titleOf(heading, brandOf(await tenantOf(request)).pack.name) }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data?.title }]

export default function Legal() {
  const { blocks, version, publishedAt } = useLoaderData<typeof loader>()
  const { t } = useTranslation('store')
  const format = useFormat()
  return (
    <main id="main" className="page py-12">
      <article className="max-w-[42rem]">
        <LegalText blocks={blocks} />
        <p className="mt-10 border-t border-border pt-4 text-sm text-muted">
          {t('legal.version', { number: version, day: format.date(new Date(publishedAt)) })}
        </p>
      </article>
    </main>
  )
}
