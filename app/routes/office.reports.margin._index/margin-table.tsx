import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { MarginRate, MarginReport, MarginRow, MarginView } from '#app/reports/margin/shape.ts'
import { Day } from '#app/ui/base/date-time.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { Table } from '#app/ui/tables/table.tsx'
import { useSubjectName } from '#app/ui/usage/use-subject-name.ts'

const nothing = <span className="text-muted">–</span>

/** Amounts of several currencies, one below the other; never added up. */
function Amounts({ amounts }: { amounts: readonly MoneyValue[] }) {
  if (amounts.length === 0) return nothing
  return (
    <span className="inline-grid justify-items-end">
      {amounts.map((amount) => (
        <Money key={amount.currency} amount={amount} isBalance />
      ))}
    </span>
  )
}

function Percent({ percent }: { percent: string | null }) {
  const format = useFormat()
  return percent === null ? nothing : <span suppressHydrationWarning>{format.percent(percent)}</span>
}

/** What a month came to altogether. */
export function Figures({ total }: { total: MarginReport['total'] }) {
  const { t } = useTranslation('report')
  return (
    <StatStrip
      stats={[
        { label: t('margin.sold'), value: <Amounts amounts={total.sold} /> },
        { label: t('margin.bought'), value: <Amounts amounts={total.bought} /> },
        { label: t('margin.margin'), value: total.margin ? <Money amount={total.margin} isBalance /> : nothing },
        { label: t('margin.percent'), value: <Percent percent={total.percent} /> },
      ]}
    />
  )
}

/** The recorded rates that amounts of two currencies met at. */
export function Rates({ rates }: { rates: readonly MarginRate[] }) {
  const { t } = useTranslation('report')
  if (rates.length === 0) return null
  return (
    <Notice title={t('margin.rates')}>
      <ul>
        {rates.map(({ base, quote, rate, source, date }) => (
          <li key={`${base} ${quote}`}>
            <bdi dir="ltr">
              1 {base} = {rate} {quote}
            </bdi>{' '}
            · <bdi>{source}</bdi> · <Day day={date} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type MarginTableProps = { month: string; by: MarginView; rows: readonly MarginRow[]; empty: ReactNode }

/** What was sold, bought and earned of each thing. */
export function MarginTable({ month, by, rows, empty }: MarginTableProps) {
  const { t } = useTranslation('report')
  const subjectName = useSubjectName()
  return (
    <Table
      caption={t(`margin.by.${by}`)}
      rows={rows}
      rowKey={({ key }) => key}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t(`revenue.column.${by}`),
          isPrimary: true,
          cell: ({ key, name, product, subject }) => {
            const said = <bdi>{name ?? subjectName(product, subject ?? key)}</bdi>
            if (!name && !product) return <span className="font-medium">{said}</span>
            return (
              <TextLink to={`/office/charges?${name ? 'account' : 'product'}=${key}&month=${month}`} isQuiet className="font-medium">
                {said}
              </TextLink>
            )
          },
        },
        { key: 'sold', head: t('margin.sold'), isNumber: true, cell: ({ sold }) => <Amounts amounts={sold} /> },
        { key: 'bought', head: t('margin.bought'), isNumber: true, cell: ({ bought }) => <Amounts amounts={bought} /> },
        {
          key: 'margin',
          head: t('margin.margin'),
          isNumber: true,
          cell: ({ margin }) => (margin ? <Money amount={margin} isBalance /> : <span className="text-muted">{t('margin.noRate')}</span>),
        },
        { key: 'percent', head: t('margin.percent'), isNumber: true, cell: ({ percent }) => <Percent percent={percent} /> },
      ]}
    />
  )
}
