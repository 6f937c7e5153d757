import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import { Day } from '../base/date-time.tsx'
import { Money } from '../base/money.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

export type PayoutRow = {
  readonly id: string
  readonly accountName: string
  readonly through: string
  readonly state: 'made' | 'paid'
  readonly invoiceId: string | null
  readonly invoiceNumber: string | null
  readonly bankReference: string | null
  readonly paidOn: string | null
  readonly released: MoneyValue
  readonly offset: MoneyValue
  readonly reserve: MoneyValue
  readonly payout: MoneyValue
}

type PayoutTableProps = {
  readonly rows: readonly PayoutRow[]
  readonly empty: ReactNode
  readonly statementPath: (id: string) => string
  readonly documentPath: (invoiceId: string) => string
  readonly hasNames?: boolean
  /** What can be done about a payout that the bank has not paid. */
  readonly deed?: (row: PayoutRow) => ReactNode
}

/** Payouts that were made, newest first. What none of them has, such as a reserve, has no column. */
export function PayoutTable({ rows, empty, statementPath, documentPath, hasNames = false, deed }: PayoutTableProps) {
  const { t } = useTranslation('settlement')
  const amount = (key: 'released' | 'offset' | 'reserve' | 'payout') => ({
    key,
    head: t(`payouts.${key}`),
    isNumber: true,
    cell: (row: PayoutRow) => <Money amount={row[key]} isBalance />,
  })
  return (
    <Table
      caption={t('payouts.title')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        { key: 'through', head: t('payouts.through'), isPrimary: true, cell: ({ through }) => <Day day={through} /> },
        ...(hasNames ? [{ key: 'name', head: t('payouts.reseller'), cell: ({ accountName }: PayoutRow) => accountName }] : []),
        amount('released'),
        ...(['offset', 'reserve'] as const).filter((key) => rows.some((row) => row[key].minor !== 0n)).map(amount),
        amount('payout'),
        {
          key: 'documents',
          head: t('payouts.document'),
          cell: ({ id, invoiceId, invoiceNumber }) => (
            <span className="flex flex-wrap gap-3">
              {invoiceId ? (
                <TextLink to={documentPath(invoiceId)}>
                  <bdi dir="ltr">{invoiceNumber}</bdi>
                </TextLink>
              ) : null}
              <a href={statementPath(id)} className="text-link underline">
                {t('payouts.statement')}
              </a>
            </span>
          ),
        },
        {
          key: 'state',
          head: t('payouts.paidOn'),
          isLong: true,
          cell: (row) => (row.paidOn ? <PaidAs row={row} /> : deed && row.payout.minor > 0n ? deed(row) : t(`payouts.state.${row.state}`)),
        },
      ]}
    />
  )
}

function PaidAs({ row: { paidOn, bankReference } }: { row: PayoutRow }) {
  return (
    <>
      {paidOn ? <Day day={paidOn} /> : null} <bdi dir="ltr">{bankReference}</bdi>
    </>
  )
}
