import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Schedulable } from '#app/domain/export-schedule/scheduled-wish.ts'
import { readSchedules } from '#app/reports/exports/schedules.server.ts'
import { parentAccountOf } from '#app/services/purchases/in-parent.server.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { ExportSchedules } from '#app/ui/usage/export-schedules.tsx'
import { changeSchedules } from '#app/web/desks/export-schedule-deeds.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { tenant } = await staffOf(request, 'ledger:read')
  const page = await asStaff(request, 'ledger:read', async (ctx, { can }) => ({
    schedules: await readSchedules(ctx, null),
    mayChange: can('ledger:write'),
  }))
  return { ...page, offered: await offeredTo(tenant.tenantId), title: await pageTitle(request, 'delivery', 'schedule.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { tenant } = await staffOf(request, 'ledger:write')
  const offered = await offeredTo(tenant.tenantId)
  return changeSchedules(request, {
    accountId: null,
    offered,
    path: '/office/exports/schedules',
    run: (work) => asStaff(request, 'ledger:write', work),
  })
}

async function offeredTo(tenantId: string): Promise<Schedulable[]> {
  const bought: Schedulable[] = (await parentAccountOf(tenantId)) ? ['focus-buy'] : []
  return ['focus-sell', ...bought, 'datev', 'csv', 'jsonl', 'aging', 'revenue', 'margin']
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OfficeExportSchedules() {
  const { schedules, mayChange, offered } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['delivery', 'report'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('report:exports.title'), to: '/office/exports' }]}
        title={t('schedule.title')}
        below={t('schedule.lead')}
      />
      <ExportSchedules schedules={schedules} offered={offered} mayChange={mayChange} answer={answer} />
    </>
  )
}
