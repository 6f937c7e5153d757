import { useTranslation } from 'react-i18next'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import { priceSentence } from '#app/i18n/price-sentence.ts'
import type { ComparedPrice, ListedPrice } from '#app/reports/plans/history.server.ts'
import { matchText } from '#app/reports/plans/plan-form.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'
import { useWords } from '#app/ui/base/use-words.ts'
import { usePriceThing } from '#app/ui/catalog/use-price-name.ts'
import { type Column, Table } from '#app/ui/tables/table.tsx'

/** First strong isolate and its end: figures keep their order inside a sentence of the other direction. */
const isolate = (text: string) => `\u2068${text}\u2069`

/** Every price of a version, by product and by what is charged. */
export function PriceTable({ prices }: { prices: readonly ListedPrice[] }) {
  const { t } = useTranslation('pricing')
  const columns: Column<ListedPrice>[] = [
    { key: 'subject', head: t('plans.subject'), isPrimary: true, isLong: true, cell: (price) => <Subject price={price} /> },
    { key: 'price', head: t('plans.costs'), isLong: true, cell: ({ sentences }) => <Sentences sentences={sentences} /> },
  ]
  const empty = <EmptyState title={t('plans.noPrices')}>{t('plans.noPricesText')}</EmptyState>
  return <Table caption={t('plans.pricesOf')} rows={prices} rowKey={({ key }) => key} columns={columns} empty={empty} />
}

/** The prices that differ between two versions. */
export function CompareTable({ prices }: { prices: readonly ComparedPrice[] }) {
  const { t } = useTranslation('pricing')
  const columns: Column<ComparedPrice>[] = [
    { key: 'subject', head: t('plans.subject'), isPrimary: true, isLong: true, cell: (price) => <Subject price={price} /> },
    { key: 'before', head: t('plans.before'), isLong: true, cell: ({ before }) => <Sentences sentences={before} /> },
    { key: 'after', head: t('plans.after'), isLong: true, cell: ({ after }) => <Sentences sentences={after} /> },
  ]
  const empty = <EmptyState title={t('plans.same')}>{t('plans.sameText')}</EmptyState>
  return <Table caption={t('plans.compareTitle')} rows={prices} rowKey={({ key }) => key} columns={columns} empty={empty} />
}

function Subject({ price }: { price: Pick<ListedPrice, 'product' | 'feeKind' | 'meter' | 'match'> }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const thingOf = usePriceThing()
  const match = matchText(price.match)
  return (
    <span>
      <span className="font-medium">{price.product ? inWords(price.product) : t('margins.rateCard')}</span>{' '}
      <span className="text-muted">· {thingOf(price)}</span>
      {match ? (
        <bdi dir="ltr" className="block text-xs break-all text-muted">
          {match}
        </bdi>
      ) : null}
    </span>
  )
}

function Sentences({ sentences }: { sentences: readonly PriceDescription[] | null }) {
  const { t } = useTranslation('pricing')
  const { locale } = usePage()
  if (!sentences) return <span className="text-muted">–</span>
  return <span suppressHydrationWarning>{sentences.map((sentence) => priceSentence({ t, locale, isolate }, sentence)).join(' ')}</span>
}
