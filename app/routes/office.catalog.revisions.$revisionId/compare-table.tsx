import { useTranslation } from 'react-i18next'
import type { RevisedRow } from '#app/reports/catalogs/shape.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { useWords } from '#app/ui/base/use-words.ts'
import { FromTo } from '#app/ui/forms/from-to.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { useFeeName } from '#app/ui/usage/use-fee-name.ts'

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
  const feeName = useFeeName()
  const shown = row.prices.slice(0, 12)
  return (
    <span className="grid gap-1" suppressHydrationWarning>
      <Place place={row.after} />
      {inWords(row.nameAfter) === inWords(row.name) ? null : <span>{inWords(row.nameAfter)}</span>}
      {shown.map(({ feeKey, currency, before, after }) => (
        <span key={`${feeKey}-${currency}`}>
          {feeName(feeKey)}: <Price before={before && format.rate(before, currency)} after={after && format.rate(after, currency)} />
        </span>
      ))}
      {row.prices.length > shown.length ? (
        <span className="text-muted">{t('offers.more', { count: row.prices.length - shown.length })}</span>
      ) : null}
    </span>
  )
}

function Price({ before, after }: { before: string | null; after: string | null }) {
  const { t } = useTranslation('catalog')
  return before === null ? after : <FromTo from={before} to={after ?? t('revisions.noPrice')} />
}
