import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readSchedules } from '#app/reports/exports/schedules.server.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ExportSchedules } from '#app/ui/usage/export-schedules.tsx'
import { changeSchedules } from '#app/web/desks/export-schedule-deeds.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'invoice:read', async (ctx, { accountId, can }) => ({
    schedules: await readSchedules(ctx, accountId),
    mayChange: can('delivery:write'),
  }))
  return { ...page, title: await pageTitle(request, 'delivery', 'schedule.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'delivery:write')
  return changeSchedules(request, {
    accountId,
    offered: ['cost'],
    path: '/panel/exports/schedules',
    run: (work) => asCustomer(request, 'delivery:write', work),
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnExportSchedules() {
  const { schedules, mayChange } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'panel'])
  const crumbs = [{ label: t('panel:costData.title'), to: '/panel/exports' }]
  return (
    <>
      <PageHeader crumbs={crumbs} title={t('schedule.title')} below={t('schedule.lead')} />
      <ExportSchedules schedules={schedules} offered={['cost']} mayChange={mayChange} answer={answer} />
    </>
  )
}
