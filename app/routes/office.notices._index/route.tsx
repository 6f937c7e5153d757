import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listServiceNotices, listServicePlaces } from '#app/reports/service-notices/query.server.ts'
import { publishNotice } from '#app/services/service-notices/publish-notice.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { ServiceNoticeStateView } from '#app/ui/desk/service-notice-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { NoticeForm, noticeFieldOf, typedInstant } from '#app/web/desks/service-notice-form.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { readerOf } from '#app/web/request/reader.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { NewNoticeCard } from './new-notice-card.tsx'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    notices: await listServiceNotices(ctx),
    places: await listServicePlaces(ctx),
    mayWrite: can('account:write'),
  }))
  return { ...page, title: await pageTitle(request, 'office', 'service.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NoticeForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { zone: timeZone } = await readerOf(request)
  const { place: chosen, startsAt, endsAt, ...facts } = form.value
  const values = { ...facts, place: chosen ?? '', startsAt: startsAt ?? '', endsAt: endsAt ?? '' }
  const published = await asStaff(request, 'account:write', async (ctx) => {
    const place = chosen ? (await listServicePlaces(ctx)).find(({ value }) => value === chosen) : null
    if (place === undefined) return { ok: false as const, error: 'place-not-offered' as const }
    const where = { zone: place?.zone ?? null, cloudRef: place?.cloudRef ?? null }
    const span = { startsAt: typedInstant(startsAt, timeZone) ?? ctx.now, endsAt: typedInstant(endsAt, timeZone) }
    return publishNotice(ctx, { ...facts, ...where, ...span })
  })
  if (published.ok) return redirectWithToast(request, `/office/notices/${published.value}`, 'saved')
  const fields = published.error === 'place-not-offered' ? { place: 'not-offered' } : noticeFieldOf[published.error]
  return data({ fields, values }, { status: 422 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ServiceNotices() {
  const { notices, places, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader title={t('service.title')} below={t('service.lead')} />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Card isFlush>
          <Table
            caption={t('service.title')}
            rows={notices}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('service.none')}>{t('service.noneText')}</EmptyState>}
            columns={[
              {
                key: 'title',
                head: t('service.what'),
                isPrimary: true,
                isLong: true,
                cell: ({ id, title }) => <TextLink to={`/office/notices/${id}`}>{title}</TextLink>,
              },
              { key: 'kind', head: t('service.kindHead'), cell: ({ kind }) => t(`service.kind.${kind}`) },
              { key: 'state', head: t('service.stateHead'), cell: ({ state }) => <ServiceNoticeStateView state={state} /> },
              {
                key: 'place',
                head: t('service.place'),
                cell: ({ zone, cloudName }) => [zone ?? t('service.everywhere'), cloudName].filter(Boolean).join(', '),
              },
              { key: 'from', head: t('service.from'), cell: ({ startsAt }) => <DateTime instant={startsAt} isShort /> },
            ]}
          />
        </Card>
        {mayWrite ? <NewNoticeCard places={places} answer={answer} /> : null}
      </div>
    </>
  )
}
