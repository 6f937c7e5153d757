import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAttemptDetail } from '#app/reports/payments/attempts.server.ts'
import { listExchanges } from '#app/reports/payments/exchanges.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime, Day } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { useLabel } from '#app/ui/base/use-label.ts'
import { ExchangeTable } from '#app/ui/payments/exchange-table.tsx'
import { AttemptStateView } from '#app/ui/payments/gateway-states.tsx'
import { BuyerLink, DocumentLink } from '#app/ui/payments/ledger-parts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const attemptId = orNotFound(isUuid(params.attemptId) ? params.attemptId : null)
  const cursor = filterOf(request).get('cursor')
  const all = { result: null, text: null, from: null, before: null }
  const page = await asStaff(request, 'payment:read', async (ctx) => ({
    attempt: orNotFound(await readAttemptDetail(ctx, attemptId)),
    exchanges: await listExchanges(ctx, { ...all, attemptId }, { cursor, limit: 50 }),
  }))
  return { ...page, title: await pageTitle(request, 'payment', 'gateway.attempt') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Attempt() {
  const { attempt, exchanges } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['payment', 'ledger'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('payment:title'), to: '/office/payments' },
          { label: t('payment:gateway.attempts'), to: '/office/payments/attempts' },
        ]}
        title={t('payment:gateway.attempt')}
        beside={<AttemptStateView state={attempt.state} />}
        below={<BuyerLink accountId={attempt.accountId} name={attempt.buyerName} />}
        facts={useFacts()}
      />
      <div className="grid grid-cols-1 gap-6">
        <Card title={t('payment:gateway.booked')} isFlush>
          <Table
            caption={t('payment:gateway.booked')}
            rows={attempt.entries}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('payment:gateway.nothingBooked')} />}
            columns={[
              {
                key: 'day',
                head: t('payment:on'),
                isPrimary: true,
                cell: ({ id, bookedOn }) => (
                  <TextLink to={`/office/ledger/entries/${id}`} isQuiet className="font-medium">
                    <Day day={bookedOn} />
                  </TextLink>
                ),
              },
              { key: 'kind', head: t('payment:kind'), cell: ({ kind }) => <EntryKind kind={kind} /> },
            ]}
          />
        </Card>
        <Card title={t('payment:gateway.log')} isFlush>
          <ExchangeTable rows={exchanges.rows} empty={<EmptyState title={t('payment:gateway.noLog')} />} />
          <CursorPaging nextCursor={exchanges.nextCursor} />
        </Card>
      </div>
    </>
  )
}

function EntryKind({ kind }: { kind: string }) {
  const label = useLabel()
  return label(`ledger:entryKind.${kind}`, kind)
}

function useFacts() {
  const { attempt } = useLoaderData<typeof loader>()
  const { t } = useTranslation('payment')
  const label = useLabel()
  const { failureCode, paymentRef, paymentId, documents, finishedAt, refunded } = attempt
  return [
    { label: t('amount'), value: <Money amount={attempt.amount} /> },
    { label: t('gateway.captured'), value: <Money amount={attempt.captured} /> },
    ...(refunded.minor > 0n ? [{ label: t('refunded'), value: <Money amount={refunded} /> }] : []),
    { label: t('gateway.gateway'), value: <bdi>{attempt.gateway}</bdi> },
    ...(paymentRef ? [{ label: t('reference'), value: <bdi>{paymentRef}</bdi> }] : []),
    ...(failureCode ? [{ label: t('gateway.answer'), value: label(`payment:gateway.failure.${failureCode}`, failureCode) }] : []),
    { label: t('at'), value: <DateTime instant={attempt.createdAt} /> },
    ...(finishedAt ? [{ label: t('gateway.finished'), value: <DateTime instant={finishedAt} /> }] : []),
    ...(paymentId ? [{ label: t('one'), value: <TextLink to={`/office/payments/${paymentId}`}>{t('gateway.toPayment')}</TextLink> }] : []),
    ...documents.map(({ id, number }) => ({ label: t('document'), value: <DocumentLink invoiceId={id} number={number} /> })),
  ]
}
