import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { readCatalogsOverview } from '#app/reports/catalogs/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { type CatalogDeed, deedOf } from './forms.ts'
import { NewBook } from './new-book.tsx'
import { NewCatalog, NewChannel, NewRevision, NewRule } from './new-forms.tsx'
import { saveCatalogDeed } from './save.server.ts'
import { BookTable, CatalogTable, ChannelTable, RevisionTable, RuleTable } from './tables.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'catalog:read', async (ctx, { can, tenant }) => ({
    overview: await readCatalogsOverview(ctx),
    today: localDateOf(ctx.now, tenant.timeZone),
    mayWrite: can('catalog:write'),
  }))
  return { ...page, title: await pageTitle(request, 'catalog', 'catalogs.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const deed = deedOf(request)
  if (!deed) throw refuse(404, 'not-found')
  const answer = await saveCatalogDeed(request, deed)
  const status = 'fields' in answer ? 422 : 'problem' in answer ? 409 : 200
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

const problems = [
  'code-taken',
  'catalog-not-found',
  'unknown-currency',
  'unknown-country',
  'nothing-asked',
  'level-not-found',
  'not-found',
  'reference-catalog',
  'book-exists',
  'book-not-found',
  'no-prices',
  'no-rate',
  'percent-out-of-range',
  'starts-in-the-past',
] as const

export default function Catalogs() {
  const { overview, today, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const refused = answer && !('saved' in answer) ? answer.deed : undefined
  const state = { ...useFieldErrors(answer && 'fields' in answer ? answer : undefined), isOpen: (deed: CatalogDeed) => deed === refused }
  const saved = answer && 'saved' in answer ? answer.saved : undefined
  return (
    <>
      <PageHeader title={t('catalogs.title')} below={t('catalogs.lead')} />
      <div key={String(saved)} className="grid grid-cols-1 gap-4">
        <Outcome answer={answer} />
        <Card isFlush title={t('revisions.title')} aside={t('revisions.aside')}>
          <RevisionTable revisions={overview.revisions} />
          {mayWrite ? <NewRevision overview={overview} state={state} /> : null}
        </Card>
        <Card isFlush title={t('catalogs.list')}>
          <CatalogTable catalogs={overview.catalogs} />
          {mayWrite ? <NewCatalog overview={overview} state={state} /> : null}
        </Card>
        <Card isFlush title={t('books.title')} aside={t('books.aside')}>
          <BookTable books={overview.books} />
          {mayWrite && overview.catalogs.some(({ isReference }) => !isReference) ? (
            <NewBook overview={overview} state={state} today={today} />
          ) : null}
        </Card>
        <Card isFlush title={t('channels.title')} aside={t('channels.aside')}>
          <ChannelTable channels={overview.channels} />
          {mayWrite ? <NewChannel overview={overview} state={state} /> : null}
        </Card>
        <Card isFlush title={t('channels.rules')} aside={t('channels.rulesAside')}>
          <RuleTable rules={overview.affinities} mayWrite={mayWrite} />
          {mayWrite ? <NewRule overview={overview} state={state} /> : null}
        </Card>
      </div>
    </>
  )
}

function Outcome({ answer }: { answer: ReturnType<typeof useActionData<typeof action>> }) {
  const { t } = useTranslation('catalog')
  if (answer && 'saved' in answer) return <Notice tone="positive">{t('catalogs.saved')}</Notice>
  const problem = answer && 'problem' in answer ? problems.find((known) => known === answer.problem) : undefined
  return problem ? <Notice tone="critical">{t(`catalogs.problem.${problem}`)}</Notice> : null
}
