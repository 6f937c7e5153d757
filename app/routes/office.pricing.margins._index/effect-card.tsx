import { useTranslation } from 'react-i18next'
import type { PriceEffect } from '#app/services/offers/preview-prices.server.ts'
import { Card } from '#app/ui/card.tsx'
import { FromTo } from '#app/ui/from-to.tsx'
import { Money } from '#app/ui/money.tsx'
import { Table } from '#app/ui/table.tsx'

/** What the new prices mean for customers there are; nothing is set yet. */
export function EffectCard({ effect }: { effect: PriceEffect }) {
  const { t } = useTranslation('catalog')
  const { lines, affected, unaffected, pinned, totals, customers } = effect
  return (
    <Card title={t('margins.effect')} aside={t('margins.notSet')}>
      <p>{t('margins.effectText', { lines, affected, unaffected, pinned })}</p>
      {totals.map(({ current, next }) => (
        <p key={current.currency} className="mt-2 font-medium">
          {t('margins.perMonth')} <FromTo from={<Money amount={current} />} to={<Money amount={next} />} />
        </p>
      ))}
      {customers.length > 0 ? (
        <Table
          className="mt-4"
          caption={t('margins.customers')}
          rows={customers}
          rowKey={({ subscriptionId }) => subscriptionId}
          columns={[
            { key: 'account', head: t('margins.customer'), isPrimary: true, cell: ({ accountName, name }) => `${accountName} · ${name}` },
            {
              key: 'month',
              head: t('margins.perMonth'),
              isNumber: true,
              cell: ({ current, next }) => <FromTo from={<Money amount={current} />} to={<Money amount={next} />} />,
            },
          ]}
        />
      ) : null}
    </Card>
  )
}
