import { useTranslation } from 'react-i18next'
import { money } from '#app/domain/money/money.ts'
import type { SheetProblem } from '#app/domain/simulation/usage-sheet.ts'
import { planProblemText, usageProblemText } from '#app/i18n/plan-texts.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Measured, MeterName } from '#app/ui/base/measured.tsx'
import { Money, Rate } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { StatStrip } from '#app/ui/base/stat-strip.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import type { ShownLine, ShownSum, SimulateAnswer } from './simulate.server.ts'

/** What the simulation came to: each line with its reason and the total, or what is wrong and where. */
export function SimulationResult({ answer }: { answer: SimulateAnswer }) {
  const { t } = useTranslation('pricing')
  if ('problem' in answer) {
    return (
      <Notice tone="critical" title={t(`simulate.problem.${answer.problem}`)}>
        <ul className="list-disc ps-4">
          {(answer.fields ?? []).map((field) => (
            <li key={`${field.pointer} ${field.code}`}>
              <bdi dir="ltr">{field.pointer || '/'}</bdi> {planProblemText(t, field)}
            </li>
          ))}
        </ul>
        <RowProblems rows={answer.rows ?? []} />
      </Notice>
    )
  }
  const { sums, lines, more, refused, currency, totalMinor } = answer
  return (
    <>
      <StatStrip
        stats={[
          {
            label: t('simulate.total'),
            value: <Money amount={money(BigInt(totalMinor), currency)} />,
            note: t('simulate.totalNote'),
            isMain: true,
          },
          { label: t('simulate.lines'), value: lines.length + more },
          { label: t('simulate.refusedRows'), value: refused.length },
        ]}
      />
      {refused.length > 0 ? (
        <Notice tone="warning" title={t('simulate.refused')}>
          <RowProblems rows={refused} />
        </Notice>
      ) : null}
      <Card title={t('simulate.sums')} isFlush>
        <SumTable sums={sums} currency={currency} />
      </Card>
      <Card isFlush>
        <details open={more === 0}>
          <summary className="flex flex-wrap justify-between gap-x-4 px-card py-4">
            <span className="font-semibold">{t('simulate.eachLine')}</span>
            {more > 0 ? <span className="text-sm text-muted">{t('simulate.more', { count: more })}</span> : null}
          </summary>
          <LineTable lines={lines} currency={currency} />
        </details>
      </Card>
    </>
  )
}

function SumTable({ sums, currency }: { sums: readonly ShownSum[]; currency: string }) {
  const { t } = useTranslation('pricing')
  return (
    <Table
      caption={t('simulate.sums')}
      rows={sums}
      rowKey={({ what, unit }) => `${what} ${unit}`}
      columns={[
        { key: 'what', head: t('plans.meter'), isPrimary: true, cell: ({ what }) => <MeterName meter={what} /> },
        {
          key: 'quantity',
          head: t('simulate.quantity'),
          isNumber: true,
          cell: ({ quantity, unit, what }) => <Measured quantity={quantity} unit={unit} meter={what} />,
        },
        { key: 'amount', head: t('plans.amount'), isNumber: true, cell: ({ amount }) => <Rate rate={amount} currency={currency} /> },
      ]}
    />
  )
}

function RowProblems({ rows }: { rows: readonly SheetProblem[] }) {
  const { t } = useTranslation('pricing')
  return (
    <ul className="list-disc ps-4">
      {rows.map(({ row, column, code }) => (
        <li key={`${row} ${column} ${code}`}>
          {t('simulate.at', { row, column })} {usageProblemText(t, code)}
        </li>
      ))}
    </ul>
  )
}

function LineTable({ lines, currency }: { lines: readonly ShownLine[]; currency: string }) {
  const { t } = useTranslation('pricing')
  return (
    <Table
      caption={t('simulate.lines')}
      rows={lines.map((line, index) => ({ ...line, key: String(index) }))}
      rowKey={({ key }) => key}
      columns={[
        {
          key: 'what',
          head: t('plans.meter'),
          isPrimary: true,
          cell: ({ what }) => <MeterName meter={what} />,
        },
        { key: 'row', head: t('simulate.rowNumber'), isNumber: true, cell: ({ row }) => row ?? '–' },
        {
          key: 'quantity',
          head: t('simulate.quantity'),
          isNumber: true,
          cell: ({ quantity, unit, what }) => <Measured quantity={quantity} unit={unit} meter={what} />,
        },
        { key: 'amount', head: t('plans.amount'), isNumber: true, cell: ({ amount }) => <Rate rate={amount} currency={currency} /> },
        {
          key: 'reason',
          head: t('simulate.reason'),
          isLong: true,
          cell: ({ reason }) => <span suppressHydrationWarning>{reason}</span>,
        },
      ]}
    />
  )
}
