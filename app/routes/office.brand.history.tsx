import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readBrandHistory } from '#app/reports/brand-history/query.server.ts'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { bringBack } from '#app/web/branding/brand-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const versions = await asStaff(request, 'brand:write', readBrandHistory)
  return { versions, title: await pageTitle(request, 'brand', 'section.history') }
}

const BackForm = z.object({ number: z.coerce.number().int().min(1) })

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, BackForm)
  if (!form.ok) return data({ problem: 'version-not-found' as const }, { status: 422 })
  const done = await bringBack(request, form.value.number)
  if (!done.ok) return data({ problem: done.error }, { status: 409 })
  return redirectWithToast(request, '/office/brand/history', 'brand.restored')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function History() {
  const { versions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['brand', 'common'])
  return (
    <>
      {answer?.problem ? (
        <div className="mb-6">
          <Notice tone="critical">{t(`problem.${answer.problem}`)}</Notice>
        </div>
      ) : null}
      <Table
        caption={t('section.history')}
        rows={versions}
        rowKey={({ number }) => String(number)}
        empty={<EmptyState title={t('history.none')}>{t('history.noneText')}</EmptyState>}
        columns={[
          {
            key: 'number',
            head: t('history.version'),
            isPrimary: true,
            cell: ({ number, accent, name }) => (
              <span className="inline-flex items-center gap-3">
                <svg viewBox="0 0 16 16" className="size-4" aria-hidden>
                  <rect width="16" height="16" rx="4" fill={accent} />
                </svg>
                <span className="font-medium">{t('history.named', { number, name })}</span>
                {number === versions[0]?.number ? <Badge tone="positive">{t('history.worn')}</Badge> : null}
              </span>
            ),
          },
          { key: 'at', head: t('history.at'), cell: ({ publishedAt }) => <DateTime instant={publishedAt} /> },
          { key: 'author', head: t('history.author'), cell: ({ author }) => <bdi>{author}</bdi> },
          {
            key: 'what',
            head: t('history.what'),
            cell: ({ restoredFrom, legal }) => (
              <span className="flex flex-wrap gap-x-4 gap-y-1">
                {restoredFrom === null ? null : <span>{t('history.restored', { number: restoredFrom })}</span>}
                {legal.map(({ page, number }) => (
                  <TextLink key={page} to={`/legal/${page}?version=${number}`} isOtherArea isQuiet className="inline-block py-0.5">
                    {t('history.legal', { page: t(`common:footer.${page as 'terms'}`), number })}
                  </TextLink>
                ))}
              </span>
            ),
          },
          {
            key: 'back',
            head: <span className="sr-only">{t('history.deed')}</span>,
            cell: ({ number }) =>
              number === versions[0]?.number ? null : (
                <Form method="post">
                  <FormToken />
                  <input type="hidden" name="number" value={number} />
                  <SubmitButton look="secondary" size="small">
                    {t('history.back')}
                    <span className="sr-only"> {t('history.named', { number, name: '' })}</span>
                  </SubmitButton>
                </Form>
              ),
          },
        ]}
      />
    </>
  )
}
