import { useTranslation } from 'react-i18next'
import { money } from '#app/domain/money/money.ts'
import type { SheetProblem } from '#app/domain/simulation/usage-sheet.ts'
import { planProblemText, usageProblemText } from '#app/i18n/plan-texts.ts'
import { Card } from '#app/ui/card.tsx'
import { Money, Rate } from '#app/ui/money.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Table } from '#app/ui/table.tsx'
import { useFormat } from '#app/ui/use-format.ts'
import { useLabel } from '#app/ui/use-label.ts'
import type { ShownLine, SimulateAnswer } from './simulate.server.ts'

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
  const { lines, more, refused, currency, totalMinor } = answer
  return (
    <>
      {refused.length > 0 ? (
        <Notice tone="warning" title={t('simulate.refused')}>
          <RowProblems rows={refused} />
        </Notice>
      ) : null}
      <Card title={t('simulate.lines')} aside={more > 0 ? t('simulate.more', { count: more }) : t('simulate.beforeTax')} isFlush>
        <LineTable lines={lines} currency={currency} />
        <p className="flex justify-between gap-4 border-t border-border px-card py-4 font-semibold">
          <span>{t('simulate.total')}</span>
          <Money amount={money(BigInt(totalMinor), currency)} />
        </p>
      </Card>
    </>
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
  const format = useFormat()
  const label = useLabel()
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
          cell: ({ what }) => <bdi>{label(`pricing:plans.fees.${what}`, what)}</bdi>,
        },
        { key: 'row', head: t('simulate.rowNumber'), isNumber: true, cell: ({ row }) => row ?? '–' },
        {
          key: 'quantity',
          head: t('simulate.quantity'),
          isNumber: true,
          cell: ({ quantity, unit }) => (
            <span suppressHydrationWarning>
              {format.quantity(quantity)} <span className="text-muted">{unit}</span>
            </span>
          ),
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
