import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readBillingRun } from '#app/reports/billing-runs/query.server.ts'
import type { BillingRunDraft } from '#app/reports/billing-runs/shape.ts'
import { BillingRunState } from '#app/ui/billing-run-state.tsx'
import { Card } from '#app/ui/card.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { LocalPeriod } from '#app/ui/local-period.tsx'
import { Meter } from '#app/ui/meter.tsx'
import { Money } from '#app/ui/money.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { State, type Tone } from '#app/ui/state.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { useLabel } from '#app/ui/use-label.ts'
import { useRefreshWhile } from '#app/ui/use-refresh-while.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/filters.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

const tones = { drafted: 'info', empty: 'neutral', parked: 'warning', finalised: 'positive' } as const satisfies Record<string, Tone>

export async function loader({ request, params }: LoaderFunctionArgs) {
  const runId = orNotFound(isUuid(params.runId) ? params.runId : null)
  const cursor = idOf(filterOf(request).get('cursor')) ?? null
  const run = orNotFound(await asStaff(request, 'billing-run:read', (ctx) => readBillingRun(ctx, runId, { cursor })))
  return { run, title: await pageTitle(request, 'office', 'nav.billingRuns') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BillingRun() {
  const { run } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['office', 'common'])
  const isMoving = run.state !== 'finished'
  useRefreshWhile(isMoving)
  const known = run.drafted + run.finalised
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.billingRuns'), to: '/office/billing-runs' }]}
        title={<LocalPeriod start={run.periodStart} end={run.periodEnd} />}
        beside={<BillingRunState state={run.state} />}
        below={<PublicId id={run.publicId} isShort />}
        facts={[
          { label: t('billing.finalised'), value: run.finalised },
          { label: t('billing.parked'), value: run.parked },
          { label: t('billing.started'), value: <DateTime instant={run.startedAt} /> },
          ...(run.finishedAt ? [{ label: t('billing.finished'), value: <DateTime instant={run.finishedAt} /> }] : []),
          ...run.totals.map((total) => ({ label: t('charges.sum', { currency: total.currency }), value: <Money amount={total} /> })),
        ]}
      />
      {isMoving && known > 0 ? (
        <div className="mb-6">
          <Meter
            label={t('billing.progress')}
            share={Math.min(run.finalised / known, 0.79)}
            text={t('billing.done', { done: run.finalised, total: known })}
          />
        </div>
      ) : null}
      <Card isFlush>
        <Table
          caption={t('billing.drafts')}
          rows={run.drafts}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={<EmptyState title={t('billing.nothing')} />}
        />
        <CursorPaging nextCursor={run.nextCursor} />
      </Card>
    </>
  )
}

function useColumns(): Column<BillingRunDraft>[] {
  const { t } = useTranslation(['office', 'common'])
  const label = useLabel()
  return [
    {
      key: 'buyer',
      head: t('accounts.name'),
      isPrimary: true,
      cell: ({ accountId, buyerName }) => (
        <TextLink to={`/office/accounts/${accountId}`} isQuiet className="font-medium">
          {buyerName}
        </TextLink>
      ),
    },
    {
      key: 'state',
      head: t('accounts.status'),
      cell: ({ state, problem }) => (
        <State tone={tones[state]}>
          {problem ? label(`office:billing.draftProblem.${problem}`, problem) : t(`billing.draftState.${state}`)}
        </State>
      ),
    },
    {
      key: 'number',
      head: t('charges.invoice'),
      cell: ({ invoiceId, number }) =>
        invoiceId ? (
          <TextLink to={`/office/invoices/${invoiceId}`} isQuiet>
            <bdi dir="ltr">{number}</bdi>
          </TextLink>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    { key: 'net', head: t('common:invoice.net'), isNumber: true, cell: ({ net }) => <Money amount={net} className="text-muted" /> },
    { key: 'tax', head: t('billing.tax'), isNumber: true, cell: ({ tax }) => <Money amount={tax} className="text-muted" /> },
    { key: 'total', head: t('billing.total'), isNumber: true, cell: ({ total }) => <Money amount={total} className="font-medium" /> },
  ]
}
