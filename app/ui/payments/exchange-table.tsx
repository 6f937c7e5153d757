import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '../base/date-time.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Table } from '../tables/table.tsx'

export type ExchangeTableRow = {
  readonly id: string
  readonly gateway: string
  readonly attemptId: string | null
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly problem: string | null
  readonly request: string
  readonly answer: string
  readonly durationMs: number
  readonly at: Date
}

type ExchangeTableProps = { rows: readonly ExchangeTableRow[]; empty: ReactNode; hasAttempt?: boolean }

/** What was said to gateways and what they answered; the words open at their line. */
export function ExchangeTable({ rows, empty, hasAttempt = false }: ExchangeTableProps) {
  const { t } = useTranslation('payment')
  return (
    <Table
      caption={t('gateway.log')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: 'at',
          head: t('at'),
          isPrimary: true,
          cell: ({ at, attemptId }) =>
            hasAttempt && attemptId ? (
              <TextLink to={`/office/payments/attempts/${attemptId}`} isQuiet className="font-medium">
                <DateTime instant={at} isShort />
              </TextLink>
            ) : (
              <DateTime instant={at} isShort />
            ),
        },
        {
          key: 'what',
          head: t('gateway.request'),
          isLong: true,
          cell: (row) => <ExchangeWords {...row} />,
        },
        { key: 'gateway', head: t('gateway.gateway'), isExtra: true, cell: ({ gateway }) => <bdi>{gateway}</bdi> },
        {
          key: 'status',
          head: t('gateway.answer'),
          cell: ({ status, problem }) => <bdi dir="ltr">{[status, problem].filter(Boolean).join(' ') || '–'}</bdi>,
        },
        {
          key: 'duration',
          head: t('gateway.duration'),
          isNumber: true,
          isExtra: true,
          cell: ({ durationMs }) => t('gateway.milliseconds', { ms: durationMs }),
        },
      ]}
    />
  )
}

function ExchangeWords({ method, path, request, answer }: ExchangeTableRow) {
  const { t } = useTranslation('payment')
  return (
    <details className="min-w-0">
      <summary className="cursor-pointer break-all">
        <bdi dir="ltr">
          {method} {path}
        </bdi>
      </summary>
      <dl className="mt-2 grid gap-2">
        <dt className="text-xs text-muted">{t('gateway.request')}</dt>
        <dd dir="ltr" className="font-mono text-xs break-all whitespace-pre-wrap">
          {request || '–'}
        </dd>
        <dt className="text-xs text-muted">{t('gateway.answer')}</dt>
        <dd dir="ltr" className="font-mono text-xs break-all whitespace-pre-wrap">
          {answer || '–'}
        </dd>
      </dl>
    </details>
  )
}
