import { useTranslation } from 'react-i18next'
import type { CampaignListRow } from '#app/reports/promotions/shape.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PromotionStateView } from '#app/ui/catalog/promotion-state.tsx'
import { DaysView } from '#app/ui/catalog/promotion-table.tsx'
import { Table } from '#app/ui/tables/table.tsx'

/** Campaigns with their days and how much of each budget is spent. */
export function CampaignTable({ rows }: { rows: readonly CampaignListRow[] }) {
  const { t } = useTranslation('promotion')
  return (
    <Table
      caption={t('campaign.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('campaign.none')}>{t('campaign.noneText')}</EmptyState>}
      columns={[
        {
          key: 'name',
          head: t('list.name'),
          isPrimary: true,
          cell: ({ id, name }) => (
            <TextLink to={`/office/promotions/campaigns/${id}`} isQuiet className="font-medium">
              {name}
            </TextLink>
          ),
        },
        { key: 'state', head: t('list.state'), cell: ({ state }) => <PromotionStateView state={state} /> },
        { key: 'days', head: t('list.days'), cell: ({ days }) => <DaysView days={days} /> },
        { key: 'used', head: t('list.used'), isNumber: true, cell: ({ redeemed }) => redeemed },
        {
          key: 'budget',
          head: t('campaign.spent'),
          isNumber: true,
          cell: ({ spent, budget }) =>
            spent && budget ? (
              <>
                <Money amount={spent} /> / <Money amount={budget} />
              </>
            ) : (
              <span className="text-muted">{t('campaign.noBudget')}</span>
            ),
        },
      ]}
    />
  )
}
