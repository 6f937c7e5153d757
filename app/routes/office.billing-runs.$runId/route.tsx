import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type DraftFlag, draftFlags } from '#app/domain/invoice/judge-draft.ts'
import { readBillingRun } from '#app/reports/billing-runs/query.server.ts'
import type { BillingRunDetail } from '#app/reports/billing-runs/shape.ts'
import {
  approveBillingRun,
  lockBillingPeriod,
  pauseBillingRun,
  resumeBillingRun,
  retryParked,
  unlockBillingPeriod,
} from '#app/services/billing/steer-billing-run.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { LocalPeriod } from '#app/ui/base/local-period.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { Badge } from '#app/ui/base/state.tsx'
import { useRefreshWhile } from '#app/ui/base/use-refresh-while.ts'
import { BillingRunState } from '#app/ui/documents/billing-run-state.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf, idOf } from '#app/web/request/filters.ts'
import { isUuid, line } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { Deeds, deeds, UnlockForm } from './deeds.tsx'
import { useDraftColumns } from './draft-columns.tsx'
import { RunNotices, RunProgress } from './notices.tsx'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const runId = orNotFound(isUuid(params.runId) ? params.runId : null)
  const search = filterOf(request)
  const cursor = idOf(search.get('cursor')) ?? null
  const flag = draftFlags.find((known) => known === search.get('flag')) ?? null
  const page = await asStaff(request, 'billing-run:read', async (ctx, { can, actor }) => {
    const run = orNotFound(await readBillingRun(ctx, runId, { cursor, flag }))
    const isOwn = actor.kind === 'user' && actor.userId === run.requestedById
    const needsOther = isOwn && run.heldReasons.includes('above-limit')
    return { run, isOwn, rights: { mayApprove: can('billing-run:approve') && !needsOther, mayWrite: can('billing-run:write') } }
  })
  return { ...page, flag, title: await pageTitle(request, 'office', 'nav.billingRuns') }
}

const DeedForm = z
  .object({ deed: z.enum(deeds), reason: line(200).optional() })
  .refine((form) => form.deed !== 'unlock' || form.reason !== undefined, { path: ['reason'], message: 'required' })

const works = {
  approve: approveBillingRun,
  pause: pauseBillingRun,
  resume: resumeBillingRun,
  retry: retryParked,
  lock: lockBillingPeriod,
} as const

export async function action({ request, params }: ActionFunctionArgs) {
  const billingRunId = orNotFound(isUuid(params.runId) ? params.runId : null)
  const form = await parseForm(request, DeedForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { deed, reason = '' } = form.value
  const result = await asStaff(request, deed === 'approve' ? 'billing-run:approve' : 'billing-run:write', (ctx) =>
    deed === 'unlock' ? unlockBillingPeriod(ctx, { billingRunId, reason }) : works[deed](ctx, { billingRunId }),
  )
  return result.ok ? data({ done: deed }) : data({ problem: result.error }, { status: 409 })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BillingRun() {
  const { run, isOwn, rights, flag } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const isMoving = run.state === 'requested' || run.state === 'drafted' || run.state === 'finalising'
  useRefreshWhile(isMoving)
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('nav.billingRuns'), to: '/office/billing-runs' }]}
        title={<LocalPeriod start={run.periodStart} end={run.periodEnd} />}
        beside={
          <span className="flex flex-wrap items-center gap-2">
            <BillingRunState state={run.state} />
            {run.lockedAt ? <Badge>{t('billing.locked')}</Badge> : null}
          </span>
        }
        below={<PublicId id={run.publicId} isShort />}
        actions={<Deeds run={run} rights={rights} />}
        facts={[
          { label: t('billing.finalised'), value: run.finalised },
          { label: t('billing.parked'), value: run.parked },
          { label: t('billing.started'), value: <DateTime instant={run.startedAt} /> },
          ...(run.approvedAt ? [{ label: t('billing.approved'), value: <DateTime instant={run.approvedAt} /> }] : []),
          ...(run.finishedAt ? [{ label: t('billing.finished'), value: <DateTime instant={run.finishedAt} /> }] : []),
          ...run.totals.map((total) => ({ label: t('charges.sum', { currency: total.currency }), value: <Money amount={total} /> })),
        ]}
      />
      <div className="mb-6 grid gap-4 empty:hidden">
        {answer && 'problem' in answer ? <Notice tone="critical">{t(`billing.problem.${answer.problem}`)}</Notice> : null}
        {answer && 'done' in answer ? <Notice tone="positive">{t(`billing.done_${answer.done}`)}</Notice> : null}
        <RunNotices run={run} isOwn={isOwn} />
        {run.state === 'finished' ? null : <RunProgress run={run} />}
        {run.lockedAt && rights.mayWrite ? <UnlockForm error={error('reason')} reason={typed('reason')} /> : null}
      </div>
      <FlagFilter flags={run.flags} chosen={flag} />
      <Card isFlush>
        <Table
          caption={t('billing.drafts')}
          rows={run.drafts}
          rowKey={({ id }) => id}
          columns={useDraftColumns(run)}
          empty={flag ? <FilteredEmpty /> : <EmptyState title={t('billing.nothing')} />}
        />
        <CursorPaging nextCursor={run.nextCursor} />
      </Card>
    </>
  )
}

/** Only drafts with one mark. */
function FlagFilter({ flags, chosen }: { flags: BillingRunDetail['flags']; chosen: DraftFlag | null }) {
  const { t } = useTranslation('office')
  if (flags.length === 0) return null
  return (
    <div className="mb-4">
      <FilterBar>
        <CompactSelect name="flag" label={t('billing.flags')} defaultValue={chosen ?? ''} key={chosen}>
          <option value="">{t('billing.anyFlag')}</option>
          {flags.map((each) => (
            <option key={each.flag} value={each.flag}>
              {`${t(`billing.flag.${each.flag}`)} (${each.count})`}
            </option>
          ))}
        </CompactSelect>
      </FilterBar>
    </div>
  )
}
