import { useTranslation } from 'react-i18next'
import type { MarginBook } from '#app/reports/margins/shape.ts'
import type { PriceEffect } from '#app/services/offers/preview-prices.server.ts'
import type { AffectedSubscriber } from '#app/services/pricing/price-change-tally.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { MonthCosts, MonthMove, riseOf } from '#app/ui/usage/month-costs.tsx'

/** What the new prices of one book mean for customers there are; nothing is set yet. */
export function EffectCard({ effect, book }: { effect: PriceEffect; book: MarginBook | undefined }) {
  const { t } = useTranslation('catalog')
  const { lines, affected, unaffected, pinned, totals, subscribers, movesUsage } = effect
  const columns = useColumns(movesUsage)
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
            ...totals.map((total) => ({
              label: t('margins.perMonth'),
              value: <Money amount={riseOf(total)} isBalance />,
              note: <MonthCosts cost={total} />,
            })),
          ]}
        />
        <p className="mt-3 text-sm text-muted">{t(movesUsage ? 'margins.effectUsage' : 'margins.effectFees')}</p>
      </div>
      {subscribers.length > 0 ? (
        <Table
          className="border-t border-border"
          caption={t('margins.customers')}
          rows={subscribers}
          rowKey={({ subscriptionId, accountId }) => subscriptionId ?? accountId}
          columns={columns}
        />
      ) : null}
    </Card>
  )
}

function useColumns(movesUsage: boolean): Column<AffectedSubscriber>[] {
  const { t } = useTranslation(['catalog', 'pricing'])
  const usage: Column<AffectedSubscriber> = {
    key: 'usage',
    head: t('pricing:changes.usageAbout'),
    isNumber: true,
    cell: (subscriber) => (subscriber.usage ? <MonthMove cost={subscriber.usage} /> : '–'),
  }
  return [
    {
      key: 'account',
      head: t('margins.customer'),
      isPrimary: true,
      isLong: true,
      cell: ({ accountName, name }) => (
        <>
          <bdi>{accountName}</bdi> · {name === null ? t('pricing:changes.noSubscription') : <bdi>{name}</bdi>}
        </>
      ),
    },
    { key: 'fees', head: t('pricing:changes.fees'), isNumber: true, cell: ({ fees }) => <MonthMove cost={fees} /> },
    ...(movesUsage ? [usage] : []),
    {
      key: 'difference',
      head: t('pricing:changes.difference'),
      isNumber: true,
      cell: (subscriber) => <Money amount={riseOf(subscriber)} isBalance className="font-medium" />,
    },
  ]
}
