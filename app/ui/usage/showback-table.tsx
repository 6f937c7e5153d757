import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { LocalPeriod } from '../base/local-period.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

type Row = {
  readonly id: string
  readonly name: string
  readonly isCredit: boolean
  readonly periodStart: string
  readonly periodEnd: string
  readonly net: MoneyValue
  readonly total: MoneyValue
}

/** What departments used that others pay for. */
export function ShowbackTable({ rows, pathOf, empty }: { rows: readonly Row[]; pathOf: (id: string) => string; empty: ReactNode }) {
  const { t } = useTranslation('panel')
  return (
    <Table
      caption={t('showbacks.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'name',
          head: t('showbacks.period'),
          isPrimary: true,
          cell: ({ id, name, periodStart, periodEnd }) => (
            <TextLink to={pathOf(id)}>
              {name}, <LocalPeriod start={periodStart} end={periodEnd} />
            </TextLink>
          ),
        },
        { key: 'net', head: t('showbacks.net'), isNumber: true, cell: ({ net }) => <Money amount={net} className="text-muted" /> },
        {
          key: 'total',
          head: t('showbacks.total'),
          isNumber: true,
          cell: ({ total, isCredit }) => (
            <>
              {isCredit ? <span className="me-2 text-xs text-muted">{t('showbacks.credited')}</span> : null}
              <Money amount={total} className="font-medium" />
            </>
          ),
        },
      ]}
    />
  )
}
