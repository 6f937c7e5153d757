import { useTranslation } from 'react-i18next'
import type { ReRateLineView } from '#app/reports/rerating/shape.ts'
import { Rate } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { BillingMonths } from '#app/ui/documents/billing-months.tsx'
import type { Column } from '#app/ui/tables/table.tsx'

/** One buyer and month: what stood, what stands afterwards, the difference. */
export function useLineColumns(): Column<ReRateLineView>[] {
  const { t } = useTranslation('pricing')
  return [
    {
      key: 'account',
      head: t('rerating.account'),
      isPrimary: true,
      cell: ({ accountId, accountName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
          {accountName}
        </TextLink>
      ),
    },
    { key: 'month', head: t('rerating.month'), cell: ({ billingPeriod }) => <BillingMonths from={billingPeriod} /> },
    {
      key: 'state',
      head: t('rerating.state'),
      cell: ({ state }) => <State tone={state === 'posted' ? 'positive' : 'neutral'}>{t(`rerating.lineState.${state}`)}</State>,
    },
    {
      key: 'old',
      head: t('rerating.oldAmount'),
      isNumber: true,
      cell: ({ oldAmount, currency }) => <Rate rate={oldAmount} currency={currency} className="text-muted" />,
    },
    {
      key: 'new',
      head: t('rerating.newAmount'),
      isNumber: true,
      cell: ({ newAmount, currency }) => <Rate rate={newAmount} currency={currency} />,
    },
    {
      key: 'difference',
      head: t('rerating.difference'),
      isNumber: true,
      cell: ({ difference, currency }) => <Rate rate={difference} currency={currency} className="font-medium" />,
    },
    { key: 'charges', head: t('rerating.charges'), isNumber: true, isExtra: true, cell: ({ charges }) => charges },
  ]
}
