import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readRevisionDetail } from '#app/reports/catalogs/revision-detail.server.ts'
import type { RevisionDetail } from '#app/reports/catalogs/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'
import { PlaceForm, PriceForm, PricesForm, TextForm } from './change-forms.tsx'
import { ChangeTable } from './change-table.tsx'
import { CompareTable } from './compare-table.tsx'
import { type Deed, saveRevision } from './save.server.ts'

const deeds: readonly string[] = [
  'place',
  'text',
  'price',
  'prices',
  'remove',
  'clear',
  'schedule',
  'unschedule',
  'discard',
] satisfies Deed[]

export async function loader({ request, params: { revisionId } }: LoaderFunctionArgs) {
  if (!isUuid(revisionId)) throw refuse(404, 'not-found')
  const page = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    revision: orNotFound(await readRevisionDetail(ctx, revisionId)),
    mayWrite: can('catalog:write'),
  }))
  return { ...page, title: await pageTitle(request, 'catalog', 'revisions.title') }
}

export async function action({ request, params: { revisionId } }: ActionFunctionArgs) {
  const deed = new URL(request.url).searchParams.get('deed') ?? ''
  if (!isUuid(revisionId) || !deeds.includes(deed)) throw refuse(404, 'not-found')
  const answer = await saveRevision(request, revisionId, deed as Deed)
  const status = 'fields' in answer ? 422 : 'problem' in answer ? 409 : 200
  return data(answer, { status })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page ? `${page.revision.note} · ${page.title}` : '' }]

const tones = { draft: 'neutral', scheduled: 'info', active: 'positive', discarded: 'neutral' } as const
const problems = [
  'product-not-found',
  'already-in-catalog',
  'not-in-catalog',
  'price-book-not-found',
  'nothing-in-text',
  'price-version-not-found',
  'not-a-draft',
  'starts-in-the-past',
  'nothing-changes',
  'not-scheduled',
  'already-active',
  'revision-not-found',
  'changed-meanwhile',
] as const

export default function Revision() {
  const { revision, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const problem = answer && 'problem' in answer ? problems.find((known) => known === answer.problem) : undefined
  const at = revision.activatedAt ?? revision.activateAt
  const isDraft = revision.state === 'draft'
  const change = { revision, error, typed }
  return (
    <>
      <PageHeader
        title={`${revision.number}. ${revision.note}`}
        crumbs={[{ label: t('catalogs.title'), to: '/office/catalog/catalogs' }]}
        beside={<State tone={tones[revision.state]}>{t(`revisions.states.${revision.state}`)}</State>}
        below={revision.catalog}
        facts={[
          { label: t('revisions.changes'), value: revision.changes.length },
          { label: t('revisions.from'), value: at ? <DateTime instant={at} /> : '–' },
        ]}
      />
      <div className="grid grid-cols-1 gap-4">
        {problem ? <Notice tone="critical">{t(`revisions.problem.${problem}`)}</Notice> : null}
        <Card isFlush title={t('revisions.changes')} aside={isDraft ? t('revisions.unseen') : undefined}>
          <ChangeTable changes={revision.changes} mayRemove={mayWrite && isDraft} />
        </Card>
        {revision.changes.length > 0 && revision.state !== 'active' ? (
          <Card isFlush title={t('revisions.compare')}>
            <CompareTable rows={revision.rows} />
          </Card>
        ) : null}
        {mayWrite && isDraft ? (
          <div key={revision.changes.length} className="grid items-start gap-4 xl:grid-cols-2">
            <PlaceForm {...change} />
            <PriceForm {...change} />
            <TextForm {...change} />
            <PricesForm {...change} />
          </div>
        ) : null}
        {mayWrite ? <Deeds revision={revision} error={error} /> : null}
      </div>
    </>
  )
}

/** When a draft takes effect, and how it is given up. */
function Deeds({ revision, error }: { revision: RevisionDetail; error: (name: string) => string | undefined }) {
  const { t } = useTranslation('catalog')
  if (revision.state === 'active' || revision.state === 'discarded') return null
  const isDraft = revision.state === 'draft'
  return (
    <Card title={t('revisions.effect')}>
      <div className="flex flex-wrap items-end gap-3">
        {isDraft ? (
          <Form method="post" action="?deed=schedule" className="flex flex-wrap items-end gap-3">
            <FormToken />
            <TextInput name="activateOn" type="date" label={t('revisions.activateOn')} required error={error('activateOn')} />
            <SubmitButton>{t('revisions.schedule')}</SubmitButton>
          </Form>
        ) : (
          <PlainDeed deed="unschedule" label={t('revisions.unschedule')} />
        )}
        {isDraft && revision.changes.length > 0 ? <PlainDeed deed="clear" label={t('revisions.clear')} /> : null}
        <PlainDeed deed="discard" label={t('revisions.discard')} />
      </div>
    </Card>
  )
}

function PlainDeed({ deed, label }: { deed: Deed; label: string }) {
  return (
    <Form method="post" action={`?deed=${deed}`}>
      <FormToken />
      <SubmitButton look="secondary">{label}</SubmitButton>
    </Form>
  )
}
