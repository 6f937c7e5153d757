import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readAuthor } from '#app/reports/brand-history/query.server.ts'
import { Notice } from '#app/ui/base/notice.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Tabs } from '#app/ui/tables/tabs.tsx'
import { brandDesk, contrastOf, discardDraft, publishDraft } from '#app/web/branding/brand-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { PreviewPane } from './preview-pane.tsx'
import { PublishBar } from './publish-bar.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const { content, revision, draft, published } = await brandDesk(request)
  const author = draft && (await asStaff(request, 'brand:write', (ctx) => readAuthor(ctx, draft.changedBy)))
  const { violations } = contrastOf(content)
  return {
    revision,
    draft: draft && { author: author ?? '', changedAt: draft.changedAt },
    publishedNumber: published?.number ?? null,
    isLegible: violations.length === 0,
    languages: content.languages,
  }
}

const DeedForm = z.object({ deed: z.enum(['publish', 'discard']), revision: z.coerce.number().int().min(0) })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ problem: 'brand-invalid' as const }, { status: 422 })
  const { deed, revision } = form.value
  const done = deed === 'publish' ? await publishDraft(request, revision) : await discardDraft(request, revision)
  if (!done.ok) return data({ problem: done.error }, { status: 409 })
  return redirectWithToast(request, '/office/brand', deed === 'publish' ? 'brand.published' : 'brand.discarded')
}

const sections = ['', '/texts', '/company', '/legal', '/words', '/history'] as const
const withoutPreview = ['/office/brand/legal', '/office/brand/words', '/office/brand/history']

/** Every section of the brand editor: what is typed at the start, how it looks at the end. */
export default function BrandEditor() {
  const { revision, draft, publishedNumber, isLegible, languages } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('brand')
  const { pathname } = useLocation()
  const hasPreview = !withoutPreview.includes(pathname)
  return (
    <>
      <PageHeader
        title={t('title')}
        beside={draft ? <Badge tone="warning">{t('state.draft')}</Badge> : null}
        below={publishedNumber === null ? t('state.neutral') : t('state.version', { number: publishedNumber })}
        actions={draft ? <PublishBar revision={revision} draft={draft} isLegible={isLegible} /> : null}
      />
      {answer?.problem ? (
        <div className="mb-6">
          <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice>
        </div>
      ) : null}
      <Tabs
        label={t('sections')}
        tabs={sections.map((path) => ({
          to: `/office/brand${path}`,
          label: t(`section.${path === '' ? 'look' : (path.slice(1) as 'texts')}`),
          isEnd: path === '',
        }))}
      />
      {hasPreview ? (
        <PreviewPane revision={revision} languages={languages}>
          <Outlet />
        </PreviewPane>
      ) : (
        <Outlet />
      )}
    </>
  )
}
