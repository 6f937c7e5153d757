import { useTranslation } from 'react-i18next'
import { priceSentence } from '#app/i18n/price-sentence.ts'
import type { ProductPrice } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { keyPart, useLabel } from '#app/ui/base/use-label.ts'
import { Table } from '#app/ui/tables/table.tsx'

/** First strong isolate and its end: figures keep their order inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

/** What the product costs today in each book. Prices are never edited: a change is a new version. */
export function PriceCard({ prices, freeMeters }: { prices: readonly ProductPrice[]; freeMeters: readonly string[] }) {
  const { t } = useTranslation('catalog')
  const { t: pricing } = useTranslation('pricing')
  const { locale } = usePage()
  const format = useFormat()
  const label = useLabel()
  const meterName = (meter: string) => label(`document:meter.${keyPart(meter)}`, meter)
  const texts = { t: pricing, locale, isolate }
  return (
    <Card
      title={t('products.prices')}
      isFlush
      className="min-w-0"
      aside={<TextLink to="/office/pricing/plans">{pricing('plans.title')}</TextLink>}
    >
      <Table
        caption={t('products.prices')}
        rows={prices}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('products.noPrices')}>{t('products.noPricesText')}</EmptyState>}
        columns={[
          { key: 'fee', head: t('products.fee'), isPrimary: true, cell: ({ feeKind }) => t(`products.fees.${feeKind}`) },
          {
            key: 'meter',
            head: t('products.meter'),
            cell: ({ meter }) => (meter ? meterName(meter) : <span className="text-muted">–</span>),
          },
          {
            key: 'price',
            head: t('products.price'),
            isLong: true,
            cell: ({ description }) => <span suppressHydrationWarning>{priceSentence(texts, description)}</span>,
          },
          {
            key: 'included',
            head: t('products.included'),
            cell: ({ included, unit, includedScope, rollsOver }) =>
              included === '0' ? (
                <span className="text-muted">–</span>
              ) : (
                <span suppressHydrationWarning>
                  {format.quantity(included)} {unit} · {t(`products.scope.${includedScope}`)}
                  {rollsOver ? ` · ${t('products.rollsOver')}` : ''}
                </span>
              ),
          },
          {
            key: 'book',
            head: t('products.book'),
            cell: ({ book, currency, isPublic }) => `${book} · ${currency}${isPublic ? ` · ${t('products.public')}` : ''}`,
          },
        ]}
      />
      {freeMeters.length > 0 ? (
        <p className="border-t border-border px-card py-3 text-sm text-muted">
          {t('products.freeMeters')} {freeMeters.map(meterName).join(', ')}
        </p>
      ) : null}
    </Card>
  )
}
