import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { DateTime } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { State, type Tone } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

/** One use of a promotion by an account. */
type RedemptionRow = {
  readonly id: string
  readonly at: Date
  readonly account: { readonly id: string; readonly name: string }
  readonly promotion: string
  readonly promoCode: string | null
  readonly state: 'held' | 'applied' | 'released'
  readonly promised: MoneyValue
  readonly given: MoneyValue
}

const tones: Readonly<Record<RedemptionRow['state'], Tone>> = { held: 'info', applied: 'positive', released: 'neutral' }

/** Who redeemed what, what that was promised, and what invoices took off so far. */
export function RedemptionTable({ rows }: { rows: readonly RedemptionRow[] }) {
  const { t } = useTranslation('promotion')
  return (
    <Table
      caption={t('redemption.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('redemption.none')}>{t('redemption.noneText')}</EmptyState>}
      columns={[
        { key: 'at', head: t('redemption.at'), cell: ({ at }) => <DateTime instant={at} isShort /> },
        {
          key: 'account',
          head: t('redemption.account'),
          isPrimary: true,
          cell: ({ account }) => (
            <TextLink to={`/office/accounts/${account.id}`} isQuiet>
              {account.name}
            </TextLink>
          ),
        },
        { key: 'promotion', head: t('list.name'), isExtra: true, cell: ({ promotion }) => promotion },
        {
          key: 'code',
          head: t('codes.code'),
          cell: ({ promoCode }) =>
            promoCode ? (
              <bdi dir="ltr" className="font-mono text-xs">
                {promoCode}
              </bdi>
            ) : (
              '–'
            ),
        },
        { key: 'state', head: t('list.state'), cell: ({ state }) => <State tone={tones[state]}>{t(`redemption.state.${state}`)}</State> },
        { key: 'promised', head: t('redemption.promised'), isNumber: true, cell: ({ promised }) => <Money amount={promised} /> },
        { key: 'given', head: t('redemption.given'), isNumber: true, cell: ({ given }) => <Money amount={given} isBalance /> },
      ]}
    />
  )
}
