import { useTranslation } from 'react-i18next'
import { DateTime } from '../base/date-time.tsx'
import { State } from '../base/state.tsx'
import { useFormat } from '../base/use-format.ts'
import { Table } from '../tables/table.tsx'

export type ShownPart = {
  readonly id: string
  readonly productId: string
  readonly product: string
  readonly role: 'main' | 'add-on' | 'included'
  readonly quantity: string
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly isRunning: boolean
}

/** What a subscription is and was made of, in order of time. */
export function SubscriptionParts({ parts }: { parts: readonly ShownPart[] }) {
  const { t } = useTranslation('subscription')
  const format = useFormat()
  return (
    <Table
      caption={t('parts.title')}
      rows={parts}
      rowKey={({ id }) => id}
      className="border-t border-border"
      columns={[
        { key: 'product', head: t('parts.product'), isPrimary: true, cell: ({ product }) => <bdi>{product}</bdi> },
        { key: 'role', head: t('parts.role'), cell: ({ role }) => t(`role.${role}`) },
        { key: 'quantity', head: t('quantity'), isNumber: true, cell: ({ quantity }) => format.quantity(quantity) },
        { key: 'from', head: t('parts.from'), cell: ({ startsAt }) => <DateTime instant={startsAt} isDayOnly /> },
        { key: 'to', head: t('parts.to'), cell: ({ endsAt }) => (endsAt ? <DateTime instant={endsAt} isDayOnly /> : '–') },
        {
          key: 'now',
          head: t('stateHead'),
          cell: ({ isRunning }) => (
            <State tone={isRunning ? 'positive' : 'neutral'}>{t(isRunning ? 'parts.running' : 'parts.notRunning')}</State>
          ),
        },
      ]}
    />
  )
}
