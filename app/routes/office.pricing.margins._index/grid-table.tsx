import { useTranslation } from 'react-i18next'
import type { MarginGrid, MarginRow } from '#app/reports/margins/shape.ts'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useWords } from '#app/ui/use-words.ts'

/** Buy, mark-up, sell and margin of each price; the sell price is a field that the form around it sends. */
export function GridTable({ grid, mayWrite }: { grid: MarginGrid; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const columns: Column<MarginRow>[] = [
    { key: 'price', head: t('margins.price'), isPrimary: true, isLong: true, cell: (row) => <PriceName row={row} /> },
    { key: 'buy', head: t('margins.buy'), isNumber: true, cell: (row) => <Buy row={row} /> },
    { key: 'markup', head: t('margins.markup'), isLong: true, cell: (row) => <Markup row={row} /> },
    {
      key: 'rule',
      head: t('margins.byRule'),
      isNumber: true,
      isExtra: true,
      cell: (row) => <Rate price={row.byRule} currency={row.currency} />,
    },
    { key: 'sell', head: t('margins.sell'), isNumber: true, cell: (row) => <Sell row={row} mayWrite={mayWrite} /> },
    { key: 'margin', head: t('margins.margin'), isNumber: true, cell: (row) => <Margin row={row} /> },
    { key: 'limits', head: t('margins.limits'), isLong: true, cell: (row) => <Limits row={row} /> },
  ]
  const empty = <EmptyState title={t('margins.none')}>{t('margins.noneText')}</EmptyState>
  return <Table caption={t('margins.title')} rows={grid.rows} rowKey={({ key }) => key} columns={columns} empty={empty} />
}

/** What a price is for: its product, or the rate card, and its fee or meter. */
export function usePriceName(): (row: Pick<MarginRow, 'productName' | 'productCode' | 'meter' | 'feeKind'>) => string {
  const { t } = useTranslation('catalog')
  const inWords = useWords()
  return ({ productName, productCode, meter, feeKind }) => {
    const product = inWords(productName) || productCode || t('margins.rateCard')
    return `${product} · ${meter ?? t(`revisions.fees.${feeKind as 'recurring'}`)}`
  }
}

function PriceName({ row }: { row: MarginRow }) {
  const nameOf = usePriceName()
  return (
    <span>
      <span className="font-medium">{nameOf(row)}</span>
      {row.match ? (
        <bdi dir="ltr" className="block text-xs text-muted">
          {row.match}
        </bdi>
      ) : null}
    </span>
  )
}

function Rate({ price, currency }: { price: string | null; currency: string }) {
  const format = useFormat()
  return <span suppressHydrationWarning>{price === null ? '–' : format.rate(price, currency)}</span>
}

function Buy({ row: { buy, bought, currency, exchange } }: { row: MarginRow }) {
  if (!buy) return <>–</>
  return (
    <span className="grid justify-items-end gap-0.5">
      <Rate price={buy.price} currency={buy.currency} />
      {buy.currency === currency ? null : (
        <span className="text-xs text-muted">
          = <Rate price={bought} currency={currency} />
        </span>
      )}
      {exchange ? (
        <span className="text-xs text-muted">
          × {exchange.rate} · {exchange.source} · {exchange.date}
        </span>
      ) : null}
      <span className="text-xs text-muted">
        <DateTime instant={buy.since} isDayOnly />
      </span>
    </span>
  )
}

function Markup({ row: { markup, isByHand, currency } }: { row: MarginRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  if (isByHand) return <>{t('margins.byHand')}</>
  if (!markup) return <>–</>
  const figure = markup.rate === null ? format.rate(markup.amount ?? '0', currency) : format.percent(String(Number(markup.rate) * 100))
  return (
    <span suppressHydrationWarning>
      {t(`margins.methods.${markup.method as 'percent'}`)} {figure}
      <span className="block text-xs text-muted">{t(`margins.roundings.${markup.rounding as 'none'}`)}</span>
    </span>
  )
}

function Sell({ row, mayWrite }: { row: MarginRow; mayWrite: boolean }) {
  const nameOf = usePriceName()
  if (!mayWrite || row.isTiered) return <Rate price={row.sell} currency={row.currency} />
  return (
    <input
      name={`price.${row.key}`}
      aria-label={nameOf(row)}
      defaultValue={row.sell ?? ''}
      inputMode="decimal"
      dir="ltr"
      className="tabular h-9 w-28 rounded-control border border-border-strong bg-surface px-2 text-end"
    />
  )
}

function Margin({ row: { margin, currency } }: { row: MarginRow }) {
  const format = useFormat()
  if (!margin) return <>–</>
  const isLoss = margin.amount.startsWith('-')
  return (
    <span className={isLoss ? 'text-critical' : undefined} suppressHydrationWarning>
      {format.rate(margin.amount, currency)}
      {margin.percent === null ? null : <span className="block text-xs">{format.percent(margin.percent)}</span>}
    </span>
  )
}

function Limits({ row: { floor, range, problems, currency } }: { row: MarginRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const side = (price: string | null) => (price === null ? '…' : format.rate(price, currency))
  return (
    <span className="grid gap-0.5 text-xs" suppressHydrationWarning>
      {range.floor === null && range.ceiling === null ? null : (
        <span>
          {side(range.floor)} – {side(range.ceiling)}
        </span>
      )}
      {floor === null ? null : <span>{t('margins.floorIs', { floor: format.rate(floor, currency) })}</span>}
      {problems.map((problem) => (
        <span key={problem} className="text-critical">
          {t(`margins.problem.${problem}`)}
        </span>
      ))}
    </span>
  )
}
