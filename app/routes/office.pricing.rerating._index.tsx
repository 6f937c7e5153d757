import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listReRatings } from '#app/reports/rerating/query.server.ts'
import type { ReRateItem, ReRateState } from '#app/reports/rerating/shape.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Rate } from '#app/ui/base/money.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { BillingMonths } from '#app/ui/documents/billing-months.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

const tones: Record<ReRateState, Tone> = {
  requested: 'info',
  previewed: 'warning',
  approved: 'info',
  applied: 'positive',
  refused: 'neutral',
  failed: 'critical',
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { rows, mayWrite } = await asStaff(request, 'catalog:read', async (ctx, { can }) => ({
    rows: await listReRatings(ctx),
    mayWrite: can('catalog:write'),
  }))
  return { rows, mayWrite, title: await pageTitle(request, 'pricing', 'rerating.title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function ReRatings() {
  const { rows, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('pricing')
  return (
    <>
      <PageHeader
        title={t('rerating.title')}
        below={t('rerating.lead')}
        actions={mayWrite ? <ButtonLink to="/office/pricing/rerating/new">{t('rerating.new')}</ButtonLink> : null}
      />
      <Card isFlush>
        <Table
          caption={t('rerating.title')}
          rows={rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={<EmptyState title={t('rerating.none')}>{t('rerating.noneText')}</EmptyState>}
        />
      </Card>
    </>
  )
}

function useColumns(): Column<ReRateItem>[] {
  const { t } = useTranslation('pricing')
  return [
    {
      key: 'reason',
      head: t('rerating.reason'),
      isPrimary: true,
      isLong: true,
      cell: ({ id, reason }) => (
        <TextLink to={`/office/pricing/rerating/${id}`} isQuiet className="font-medium">
          {reason}
        </TextLink>
      ),
    },
    { key: 'state', head: t('rerating.state'), cell: ({ state }) => <State tone={tones[state]}>{t(`rerating.stateName.${state}`)}</State> },
    { key: 'months', head: t('rerating.months'), cell: ({ from, through }) => <BillingMonths from={from} through={through} /> },
    { key: 'lines', head: t('rerating.lines'), isNumber: true, cell: ({ lines }) => lines },
    {
      key: 'difference',
      head: t('rerating.difference'),
      isNumber: true,
      cell: ({ totals }) =>
        totals.map(({ currency, difference }) => <Rate key={currency} rate={difference} currency={currency} className="block" />),
    },
    { key: 'by', head: t('rerating.requestedBy'), cell: ({ requestedBy }) => requestedBy },
    { key: 'at', head: t('rerating.requestedAt'), isExtra: true, cell: ({ requestedAt }) => <DateTime instant={requestedAt} isShort /> },
  ]
}
