import { useTranslation } from 'react-i18next'
import type { MarginBook, MarginGrid, MarginLine, MarginRow } from '#app/reports/margins/shape.ts'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { usePriceName } from '#app/ui/catalog/use-price-name.ts'
import { type Column, Table } from '#app/ui/tables/table.tsx'
import { priceField } from './price-field.ts'

type GridProps = {
  grid: MarginGrid
  mayWrite: boolean
  /** What was typed and not set. */
  typed: (name: string) => string | undefined
}

/**
 * Buy, mark-up, sell and margin of each price, once for each of the books that stand side by side; the sell prices are fields that
 * the form around them sends.
 */
export function GridTable({ grid, mayWrite, typed }: GridProps) {
  const { t } = useTranslation('catalog')
  const columnsOf = useBookColumns({ grid, mayWrite, typed })
  const columns: Column<MarginLine>[] = [
    { key: 'price', head: t('margins.price'), isPrimary: true, isLong: true, cell: (line) => <PriceName line={line} /> },
    ...grid.books.flatMap(columnsOf),
  ]
  const empty = <EmptyState title={t('margins.none')}>{t('margins.noneText')}</EmptyState>
  return <Table caption={t('margins.title')} rows={grid.lines} rowKey={({ key }) => key} columns={columns} empty={empty} />
}

/** The columns of one book. What is bought is left out where nothing is. */
function useBookColumns({ grid, mayWrite, typed }: GridProps) {
  const { t } = useTranslation('catalog')
  return (book: MarginBook, place: number): Column<MarginLine>[] => {
    const isAlone = grid.books.length === 1
    const column = (key: string, word: string, cell: (row: MarginRow) => React.ReactNode): Column<MarginLine> => ({
      key: `${key}-${book.id}`,
      head: isAlone ? word : <BookHead book={book} word={word} />,
      label: isAlone ? word : `${book.currency} · ${word}`,
      isNumber: true,
      cell: (line) => {
        const row = line.prices[place]
        return row ? cell(row) : null
      },
    })
    const sell = column('sell', t('margins.sell'), (row) => {
      const name = priceField(book.id, row.key)
      return <Sell row={row} name={name} typed={typed(name)} mayWrite={mayWrite} />
    })
    if (grid.buyCurrency === null) return [sell]
    return [
      column('buy', t('margins.buy'), (row) => <Buy row={row} />),
      column('markup', t('margins.markup'), (row) => <Markup row={row} />),
      sell,
      column('margin', t('margins.margin'), (row) => <Margin row={row} />),
    ]
  }
}

function BookHead({ book, word }: { book: MarginBook; word: string }) {
  return (
    <span className="grid">
      <bdi className="text-xs font-normal">{book.currency}</bdi>
      {word}
    </span>
  )
}

function PriceName({ line }: { line: MarginLine }) {
  const nameOf = usePriceName()
  return (
    <span>
      <span className="font-medium">{nameOf(line)}</span>
      {line.match ? (
        <bdi dir="ltr" className="block text-xs break-all text-muted">
          {line.match}
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
  const { t } = useTranslation('catalog')
  const format = useFormat()
  if (!buy) return <>–</>
  return (
    <span className="grid justify-items-end gap-0.5">
      <Rate price={buy.price} currency={buy.currency} />
      {buy.currency === currency ? null : (
        <span className="text-xs text-muted">
          {bought === null ? (
            t('margins.problem.exchange-missing')
          ) : (
            <>
              = <Rate price={bought} currency={currency} />
            </>
          )}
        </span>
      )}
      {exchange ? (
        <span className="text-xs text-muted" suppressHydrationWarning>
          × <bdi>{exchange.rate}</bdi> · <bdi>{exchange.source}</bdi> · {format.day(exchange.date)}
        </span>
      ) : null}
      <span className="text-xs text-muted" suppressHydrationWarning>
        {t('margins.since', { date: format.date(buy.since) })}
      </span>
    </span>
  )
}

/** How the sell price is made, and what the mark-up would make of it where it is another one. */
function Markup({ row: { markup, isByHand, byRule, sell, currency } }: { row: MarginRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const percent = markup?.rate == null ? null : format.percent(String(Number(markup.rate) * 100))
  const figure = percent ?? format.rate(markup?.amount ?? '0', currency)
  const words = markup && (markup.method === 'fixed-price' ? `${t('margins.methods.fixed-price')} ${figure}` : figure)
  return (
    <span className="grid justify-items-end gap-0.5" suppressHydrationWarning>
      <span>{isByHand ? t('margins.byHand') : (words ?? '–')}</span>
      {markup && !isByHand ? <span className="text-xs text-muted">{t(`margins.roundings.${markup.rounding as 'none'}`)}</span> : null}
      {byRule !== null && byRule !== sell ? (
        <span className="text-xs text-muted">{t('margins.wouldBe', { price: format.rate(byRule, currency) })}</span>
      ) : null}
    </span>
  )
}

function Sell({ row, name, typed, mayWrite }: { row: MarginRow; name: string; typed: string | undefined; mayWrite: boolean }) {
  const { t } = useTranslation('catalog')
  const nameOf = usePriceName()
  return (
    <span className="grid justify-items-end gap-0.5">
      {!mayWrite || row.isTiered ? (
        <Rate price={row.sell} currency={row.currency} />
      ) : (
        <input
          key={row.sell}
          name={name}
          aria-label={`${nameOf(row)} ${row.match} ${row.currency}`}
          defaultValue={typed ?? row.sell ?? ''}
          inputMode="decimal"
          dir="ltr"
          className="tabular h-9 w-28 rounded-control border border-border-strong bg-surface px-2 text-end"
        />
      )}
      {row.isTiered ? <span className="text-xs text-muted">{t('margins.tiered')}</span> : null}
      <Limits row={row} />
    </span>
  )
}

function Margin({ row: { margin, currency } }: { row: MarginRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  if (!margin) return <>–</>
  const isLoss = margin.amount.startsWith('-')
  return (
    <span className={isLoss ? 'text-critical' : undefined} suppressHydrationWarning>
      {format.rate(margin.amount, currency)}
      <span className="block text-xs">
        {isLoss ? `${t('margins.loss')} ` : ''}
        {margin.percent === null ? null : format.percent(margin.percent)}
      </span>
    </span>
  )
}

/** What limits the price, and how it breaks a limit. */
function Limits({ row: { floor, range, problems, currency } }: { row: MarginRow }) {
  const { t } = useTranslation('catalog')
  const format = useFormat()
  const side = (price: string | null) => (price === null ? '…' : format.rate(price, currency))
  return (
    <span className="grid justify-items-end gap-0.5 text-xs text-muted empty:hidden" suppressHydrationWarning>
      {range.floor === null && range.ceiling === null ? null : (
        <span>{t('margins.rangeIs', { floor: side(range.floor), ceiling: side(range.ceiling) })}</span>
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
