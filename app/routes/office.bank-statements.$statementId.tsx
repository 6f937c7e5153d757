import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { printIban } from '#app/domain/bank/iban.ts'
import { type EntryRow, listStatementEntries, readStatement } from '#app/reports/bank-statements/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { State } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const statementId = orNotFound(isUuid(params.statementId) ? params.statementId : null)
  const page = await asStaff(request, 'payment:read', async (ctx) => ({
    statement: orNotFound(await readStatement(ctx, statementId)),
    entries: await listStatementEntries(ctx, statementId),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'bank.one') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BankStatement() {
  const { statement, entries } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const { opening, closing } = statement
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('bank.title'), to: '/office/bank-statements' }]}
        title={t('bank.one')}
        below={<bdi dir="ltr">{printIban(statement.iban)}</bdi>}
        facts={[
          { label: t('bank.days'), value: statement.fromDay === statement.toDay ? <Day day={statement.toDay} /> : <Days /> },
          { label: t('bank.file'), value: <bdi>{statement.fileName}</bdi> },
          ...(opening ? [{ label: t('bank.opening'), value: <Money amount={opening} isBalance /> }] : []),
          ...(closing ? [{ label: t('bank.closing'), value: <Money amount={closing} isBalance /> }] : []),
          { label: t('bank.entries'), value: `${statement.newCount} / ${statement.entryCount}` },
        ]}
      />
      <Card isFlush title={t('bank.entries')}>
        <EntryTable rows={entries} />
      </Card>
    </>
  )
}

function Days() {
  const { statement } = useLoaderData<typeof loader>()
  const end = new Date(`${statement.toDay}T00:00:00Z`)
  end.setUTCDate(end.getUTCDate() + 1)
  return <LocalPeriod start={statement.fromDay} end={end.toISOString().slice(0, 10)} />
}

function EntryTable({ rows }: { rows: readonly EntryRow[] }) {
  const { t } = useTranslation('payment')
  return (
    <Table
      caption={t('bank.entries')}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('bank.noEntries')} />}
      columns={[
        {
          key: 'day',
          head: t('on'),
          isPrimary: true,
          cell: ({ id, bookedOn }) => (
            <TextLink to={`/office/bank-statements/entries/${id}`} isQuiet>
              <Day day={bookedOn} />
            </TextLink>
          ),
        },
        { key: 'who', head: t('payer'), cell: ({ counterpartyName }) => counterpartyName ?? '–' },
        { key: 'text', head: t('reference'), isLong: true, cell: ({ reference, text }) => <bdi>{reference ?? text}</bdi> },
        { key: 'state', head: t('stateHead'), cell: (row) => <EntryState entry={row} /> },
        {
          key: 'amount',
          head: t('amount'),
          isNumber: true,
          cell: ({ amount }) => <Money amount={amount} isBalance className="font-medium" />,
        },
      ]}
    />
  )
}

const tones = { open: 'warning', matched: 'positive', aside: 'neutral' } as const

function EntryState({ entry }: { entry: EntryRow }) {
  const { t } = useTranslation('payment')
  const paymentId = entry.paymentId ?? entry.refundedPaymentId
  const state = <State tone={tones[entry.state]}>{t(`entryState.${entry.state}`)}</State>
  return paymentId ? <TextLink to={`/office/payments/${paymentId}`}>{state}</TextLink> : state
}
