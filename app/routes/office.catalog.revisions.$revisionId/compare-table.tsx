import { useTranslation } from 'react-i18next'
import type { RevisedRow } from '#app/reports/catalogs/shape.ts'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useWords } from '#app/ui/use-words.ts'

/** Each product that changes, before and after. */
export function CompareTable({ rows }: { rows: readonly RevisedRow[] }) {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  const columns: Column<RevisedRow>[] = [
    {
      key: 'product',
      head: t('revisions.product'),
      isPrimary: true,
      cell: ({ name }) => <span className="font-medium">{inWords(name)}</span>,
    },
    { key: 'before', head: t('revisions.before'), isLong: true, cell: (row) => <Place place={row.before} /> },
    { key: 'after', head: t('revisions.after'), isLong: true, cell: (row) => <After row={row} /> },
  ]
  const empty = <EmptyState title={t('revisions.nothing')}>{t('revisions.nothingText')}</EmptyState>
  return <Table caption={t('revisions.compare')} rows={rows} rowKey={({ productId }) => productId} columns={columns} empty={empty} />
}

function Place({ place }: { place: RevisedRow['before'] }) {
  const { t } = useTranslation('catalog')
  if (!place) return <span className="text-muted">{t('revisions.notInside')}</span>
  return (
    <span>
      {t(place.isVisible ? 'revisions.shown' : 'revisions.hidden')} · {t('revisions.place', { place: place.position })}
    </span>
  )
}

function After({ row }: { row: RevisedRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const inWords = useWords()
  return (
    <span className="grid gap-1" suppressHydrationWarning>
      <Place place={row.after} />
      {inWords(row.nameAfter) === inWords(row.name) ? null : <span>{inWords(row.nameAfter)}</span>}
      {row.prices.map(({ feeKey, currency, before, after }) => (
        <span key={`${feeKey}-${currency}`}>
          {t(`revisions.fees.${feeKey.split('|')[0] as 'recurring'}`)}: {before ? `${format.rate(before, currency)} → ` : ''}
          {format.rate(after, currency)}
        </span>
      ))}
    </span>
  )
}
