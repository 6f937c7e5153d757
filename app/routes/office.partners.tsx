import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { listPartners } from '#app/reports/partners/list.server.ts'
import type { PartnerRow } from '#app/reports/partners/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { ShareBar } from '#app/ui/base/share-bar.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { AccountStatusView } from '#app/ui/people/account-table.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { rows } = await asStaff(request, 'reseller:read', (ctx) => listPartners(ctx))
  return { rows: [...rows].sort((a, b) => shareOf(b) - shareOf(a)), title: await pageTitle(request, 'office', 'nav.partners') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

/** How much of its limit a partner uses; without a limit any debt is all of it. */
function shareOf({ creditLimit, exposure }: Pick<PartnerRow, 'creditLimit' | 'exposure'>): number {
  if (creditLimit.minor <= 0n) return exposure.minor > 0n ? 1 : 0
  return Number((exposure.minor * 1000n) / creditLimit.minor) / 1000
}

export default function Partners() {
  const { rows } = useLoaderData<typeof loader>()
  const { t } = useTranslation('office')
  return (
    <>
      <PageHeader title={t('nav.partners')} beside={<span className="tabular text-muted">{rows.length}</span>} below={t('partners.lead')} />
      <Card isFlush>
        <Table
          caption={t('nav.partners')}
          rows={rows}
          rowKey={({ accountId }) => accountId}
          columns={useColumns()}
          empty={<EmptyState title={t('partners.none')}>{t('partners.noneText')}</EmptyState>}
        />
      </Card>
    </>
  )
}

function useColumns(): Column<PartnerRow>[] {
  const { t } = useTranslation('office')
  return [
    {
      key: 'name',
      head: t('partners.name'),
      isPrimary: true,
      cell: ({ accountId, name }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
          {name}
        </TextLink>
      ),
    },
    { key: 'status', head: t('accounts.status'), cell: ({ status }) => <AccountStatusView status={status} /> },
    { key: 'host', isExtra: true, head: t('partners.store'), cell: ({ host }) => (host ? <bdi dir="ltr">{host}</bdi> : '–') },
    { key: 'level', head: t('contract.priceBook'), cell: ({ level }) => level },
    {
      key: 'limit',
      head: t('contract.creditLimit'),
      isNumber: true,
      cell: ({ creditLimit }) => <Money amount={creditLimit} className="text-muted" />,
    },
    { key: 'exposure', head: t('partners.exposure'), isNumber: true, cell: ({ exposure }) => <Money amount={exposure} /> },
    { key: 'share', head: t('partners.used'), isNumber: true, cell: (row) => <ShareBar share={shareOf(row)} label={t('partners.used')} /> },
    {
      key: 'overdue',
      head: t('accounts.overdue'),
      isNumber: true,
      cell: ({ overdue }) =>
        overdue.minor > 0n ? <Money amount={overdue} className="font-medium text-critical" /> : <span className="text-muted">–</span>,
    },
    { key: 'accrued', head: t('accounts.accrued'), isNumber: true, cell: ({ accrued }) => <Money amount={accrued} /> },
    {
      key: 'last',
      isExtra: true,
      head: t('partners.lastMonth'),
      isNumber: true,
      cell: ({ lastMonthNet }) => (lastMonthNet ? <Money amount={lastMonthNet} className="text-muted" /> : '–'),
    },
  ]
}
