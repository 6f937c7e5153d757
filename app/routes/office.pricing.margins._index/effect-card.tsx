import { useTranslation } from 'react-i18next'
import type { MarginBook } from '#app/reports/margins/shape.ts'
import type { PriceEffect } from '#app/services/offers/preview-prices.server.ts'
import { Card } from '#app/ui/card.tsx'
import { FromTo } from '#app/ui/from-to.tsx'
import { Money } from '#app/ui/money.tsx'
import { StatStrip } from '#app/ui/stat-strip.tsx'
import { Table } from '#app/ui/table.tsx'

/** What the new prices of one book mean for customers there are; nothing is set yet. */
export function EffectCard({ effect, book }: { effect: PriceEffect; book: MarginBook | undefined }) {
  const { t } = useTranslation('catalog')
  const { lines, affected, unaffected, pinned, totals, customers } = effect
  const title = book ? `${t('margins.effect')} · ${book.name} · ${book.currency}` : t('margins.effect')
  return (
    <Card title={title} aside={t('margins.notSet')} isFlush>
      <div className="px-card pb-4">
        <StatStrip
          stats={[
            { label: t('margins.effectLines'), value: lines },
            { label: t('margins.effectAffected'), value: affected },
            { label: t('margins.effectUnaffected'), value: unaffected },
            { label: t('margins.effectPinned'), value: pinned },
            ...totals.map(({ current, next }) => ({
              label: t('margins.perMonth'),
              value: <FromTo from={<Money amount={current} className="text-muted" />} to={<Money amount={next} />} />,
            })),
          ]}
        />
        <p className="mt-3 text-sm text-muted">{t('margins.effectLeavesOut')}</p>
      </div>
      {customers.length > 0 ? (
        <Table
          className="border-t border-border"
          caption={t('margins.customers')}
          rows={customers}
          rowKey={({ subscriptionId }) => subscriptionId}
          columns={[
            {
              key: 'account',
              head: t('margins.customer'),
              isPrimary: true,
              isLong: true,
              cell: ({ accountName, name }) => (
                <>
                  <bdi>{accountName}</bdi> · <bdi>{name}</bdi>
                </>
              ),
            },
            {
              key: 'month',
              head: t('margins.perMonth'),
              isNumber: true,
              cell: ({ current, next }) => <FromTo from={<Money amount={current} className="text-muted" />} to={<Money amount={next} />} />,
            },
          ]}
        />
      ) : null}
    </Card>
  )
}
