import { Form } from '@remix-run/react'
import { Download, Mail } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money as MoneyValue } from '#app/domain/money/money.ts'
import type { StatementKind } from '#app/domain/statement/statement.ts'
import { Button, buttonClasses } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Day } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Money } from '../base/money.tsx'
import { Notice } from '../base/notice.tsx'
import { TextLink } from '../base/text-link.tsx'
import { CompactInput, CompactSelect } from '../forms/compact-field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { Facts } from '../shell/page-header.tsx'
import { FilterBar } from '../tables/filter-bar.tsx'
import { Table } from '../tables/table.tsx'

export type StatementViewLine = {
  readonly id: string
  readonly entryId: string
  readonly date: string
  readonly kind: StatementKind
  readonly number: string | null
  readonly text: string | null
  readonly documentId: string | null
  readonly amount: MoneyValue
  readonly balance: MoneyValue
}

export type StatementViewFacts = {
  readonly opening: MoneyValue
  readonly closing: MoneyValue
  readonly charged: MoneyValue
  readonly settled: MoneyValue
  readonly lines: readonly StatementViewLine[]
}

type UsualPeriod = { readonly key: 'thisMonth' | 'lastMonth' | 'thisYear'; readonly from: string; readonly to: string }

type Asked = {
  readonly from: string
  readonly to: string
  readonly periods: readonly UsualPeriod[]
  readonly currency: string
  readonly currencies: readonly string[]
}

type StatementViewProps = {
  asked: Asked
  /** Null when there are too many entries for one statement. */
  statement: StatementViewFacts | null
  /** Where a line leads, if anywhere. */
  pathOf: (line: StatementViewLine) => string | null
}

/** A statement on the page: its days, its balances, its lines. */
export function StatementView({ asked, statement, pathOf }: StatementViewProps) {
  const { t } = useTranslation('statement')
  return (
    <div className="grid gap-6">
      <div className="flex flex-col gap-3">
        <StatementFilters asked={asked} />
        <UsualPeriods asked={asked} />
      </div>
      {statement ? <StatementBody statement={statement} pathOf={pathOf} /> : <Notice tone="warning">{t('tooMany')}</Notice>}
    </div>
  )
}

function StatementFilters({ asked }: { asked: Asked }) {
  const { t } = useTranslation('statement')
  const { from, to, currency, currencies } = asked
  return (
    <FilterBar isTyped>
      <CompactInput type="date" name="from" label={t('from')} defaultValue={from} key={`from-${from}`} />
      <CompactInput type="date" name="to" label={t('to')} defaultValue={to} key={`to-${to}`} />
      {currencies.length > 1 ? (
        <CompactSelect name="currency" label={t('currency')} defaultValue={currency} key={`currency-${currency}`}>
          {currencies.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </CompactSelect>
      ) : null}
    </FilterBar>
  )
}

/** The periods that are asked for most. */
function UsualPeriods({ asked: { periods, currency } }: { asked: Asked }) {
  const { t } = useTranslation('statement')
  return (
    <ul className="no-print flex flex-wrap gap-x-5 gap-y-2 text-sm">
      {periods.map(({ key, from, to }) => (
        <li key={key}>
          <TextLink to={`?${new URLSearchParams({ from, to, currency })}`}>{t(key)}</TextLink>
        </li>
      ))}
    </ul>
  )
}

function StatementBody({ statement, pathOf }: { statement: StatementViewFacts; pathOf: StatementViewProps['pathOf'] }) {
  const { t } = useTranslation('statement')
  const { opening, charged, settled, closing, lines } = statement
  return (
    <>
      <Facts
        facts={[
          { label: t('opening'), value: <Money amount={opening} isBalance /> },
          { label: t('charged'), value: <Money amount={charged} isBalance /> },
          { label: t('settled'), value: <Money amount={settled} isBalance /> },
          { label: t('closing'), value: <Money amount={closing} isBalance /> },
        ]}
      />
      <Card isFlush>
        <Table
          caption={t('title')}
          rows={lines}
          rowKey={({ id }) => id}
          empty={<EmptyState title={t('none')}>{t('noneText')}</EmptyState>}
          columns={[
            { key: 'date', head: t('date'), cell: ({ date }) => <Day day={date} /> },
            { key: 'entry', head: t('entry'), isPrimary: true, cell: (line) => <EntryName line={line} to={pathOf(line)} /> },
            { key: 'reference', head: t('reference'), isLong: true, cell: ({ text }) => (text ? <bdi>{text}</bdi> : '') },
            { key: 'amount', head: t('amount'), isNumber: true, cell: ({ amount }) => <Money amount={amount} isBalance /> },
            { key: 'balance', head: t('balance'), isNumber: true, cell: ({ balance }) => <Money amount={balance} isBalance /> },
          ]}
        />
      </Card>
    </>
  )
}

function EntryName({ line, to }: { line: StatementViewLine; to: string | null }): ReactNode {
  const { t } = useTranslation('statement')
  const name = (
    <>
      {t(`kind.${line.kind}`)}
      {line.number ? (
        <>
          {' '}
          <bdi dir="ltr">{line.number}</bdi>
        </>
      ) : null}
    </>
  )
  return to ? (
    <TextLink to={to} isQuiet>
      {name}
    </TextLink>
  ) : (
    name
  )
}

/** The statement as files. `path` is where they are made. */
export function StatementFiles({ path, asked }: { path: string; asked: Asked }) {
  const { t } = useTranslation('statement')
  const { from, to, currency } = asked
  return (['pdf', 'csv'] as const).map((format) => (
    <a
      key={format}
      href={`${path}?${new URLSearchParams({ from, to, currency, format })}`}
      className={buttonClasses(format === 'pdf' ? 'primary' : 'secondary', 'small', 'h-9')}
    >
      <Download aria-hidden className="size-4" />
      {t(format)}
    </a>
  ))
}

/** Sends the statement by mail to those who get statements. */
export function MailStatement({ asked: { from, to, currency } }: { asked: Asked }) {
  const { t } = useTranslation('statement')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="mailFrom" value={from} />
      <input type="hidden" name="mailTo" value={to} />
      <input type="hidden" name="mailCurrency" value={currency} />
      <Button look="secondary" size="small" className="h-9">
        <Mail aria-hidden className="size-4" />
        {t('mail')}
      </Button>
    </Form>
  )
}
