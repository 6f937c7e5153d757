import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { serviceNoticeStates } from '#app/domain/service-notice/service-notice.ts'
import { listServiceNotices, listServiceUpdates } from '#app/reports/service-notices/query.server.ts'
import { updateNotice } from '#app/services/service-notices/publish-notice.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { ServiceNoticeStateView } from '#app/ui/desk/service-notice-state.tsx'
import { Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { noticeFieldOf, typedInstant, UpdateForm } from '#app/web/desks/service-notice-form.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound, refuse } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const noticeId = orNotFound(isUuid(params.noticeId) ? params.noticeId : null)
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => {
    const notice = orNotFound((await listServiceNotices(ctx, noticeId))[0])
    return { notice, updates: await listServiceUpdates(ctx, noticeId), mayWrite: can('account:write') && notice.state !== 'resolved' }
  })
  return { ...page, title: await pageTitle(request, 'office', 'service.title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const noticeId = orNotFound(isUuid(params.noticeId) ? params.noticeId : null)
  const form = await parseForm(request, UpdateForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { zone } = await readerOf(request)
  const { endsAt, ...facts } = form.value
  const updated = await asStaff(request, 'account:write', (ctx) =>
    updateNotice(ctx, { noticeId, ...facts, endsAt: typedInstant(endsAt, zone) }),
  )
  if (updated.ok) return redirectWithToast(request, `/office/notices/${noticeId}`, 'saved')
  if (updated.error === 'notice-not-found') throw refuse(404, 'not-found')
  return data({ fields: noticeFieldOf[updated.error], values: { ...facts, endsAt: endsAt ?? '' } }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ServiceNoticePage() {
  const { notice, updates, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('service.title'), to: '/office/notices' }]}
        title={notice.title}
        beside={<ServiceNoticeStateView state={notice.state} />}
        facts={[
          { label: t('service.kindHead'), value: t(`service.kind.${notice.kind}`) },
          { label: t('service.place'), value: [notice.zone ?? t('service.everywhere'), notice.cloudName].filter(Boolean).join(', ') },
          { label: t('service.from'), value: <DateTime instant={notice.startsAt} /> },
          ...(notice.endsAt ? [{ label: t('service.until'), value: <DateTime instant={notice.endsAt} /> }] : []),
        ]}
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Card title={t('service.updates')} isFlush>
          <ul className="divide-y divide-border border-t border-border text-sm">
            {updates.map(({ id, state, text, by, at }) => (
              <li key={id} className="grid gap-1 px-card py-3">
                <span>
                  <ServiceNoticeStateView state={state} />
                </span>
                <span className="whitespace-pre-line">{text}</span>
                <span className="text-muted">
                  <DateTime instant={at} /> · {by}
                </span>
              </li>
            ))}
          </ul>
        </Card>
        {mayWrite ? <UpdateCard key={updates.length} state={notice.state} /> : null}
      </div>
    </>
  )
}

function UpdateCard({ state: standing }: { state: (typeof serviceNoticeStates)[number] }) {
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={t('service.update')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <Select name="state" defaultValue={typed('state') ?? standing} label={t('service.stateHead')} error={error('state')}>
          {serviceNoticeStates.map((state) => (
            <option key={state} value={state}>
              {t(`service.state.${state}`)}
            </option>
          ))}
        </Select>
        <TextArea name="text" label={t('service.text')} required maxLength={2_000} defaultValue={typed('text')} error={error('text')} />
        <TextInput
          name="endsAt"
          type="datetime-local"
          label={t('service.until')}
          help={t('service.untilHelp')}
          isOptional={t('common:optional')}
          defaultValue={typed('endsAt')}
          error={error('endsAt')}
        />
        <div>
          <SubmitButton>{t('service.publish')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
