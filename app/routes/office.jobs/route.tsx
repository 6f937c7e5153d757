import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { CompactSelect } from '#app/ui/forms/compact-field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { CursorPaging } from '#app/ui/tables/cursor-paging.tsx'
import { FilterBar } from '#app/ui/tables/filter-bar.tsx'
import { FilterChips } from '#app/ui/tables/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/tables/filtered-empty.tsx'
import { Table } from '#app/ui/tables/table.tsx'
import { staffOf } from '#app/web/request/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { refuse } from '#app/web/request/refuse.server.ts'
import { jobRunsFor, retryJobAs, suspendJobsAs } from '#app/web/server/job-runs.server.ts'
import { useColumns } from './columns.tsx'

const states = ['queued', 'running', 'retrying', 'waiting', 'completed', 'failed', 'cancelled'] as const
const JobForm = z.object({ deed: z.enum(['retry', 'suspend', 'resume']), runId: uuid.optional() })

export async function loader({ request }: LoaderFunctionArgs) {
  const search = filterOf(request)
  const staff = await staffOf(request, 'job:read')
  const filter = {
    state: oneOf(states, search.get('state')),
    functionId: search.get('function')?.slice(0, 100) || undefined,
    cursor: search.get('cursor'),
  }
  const list = await jobRunsFor(staff, filter)
  return {
    list,
    filter,
    maySuspend: staff.tenant.kind === 'provider' && staff.can('job:suspend'),
    title: await pageTitle(request, 'office', 'nav.jobs'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, JobForm)
  if (!form.ok) throw refuse(400, 'invalid-deed')

  const { deed, runId } = form.value
  if (deed === 'retry') {
    const staff = await staffOf(request, 'job:read')
    const isRetried = runId !== undefined && (await retryJobAs(staff, runId))
    return isRetried
      ? redirectWithToast(request, '/office/jobs', 'job.retried')
      : data({ problem: 'run-not-failed' as const }, { status: 409 })
  }
  // The switch stops the whole installation's batch work: it is the provider's.
  const staff = await staffOf(request, 'job:suspend')
  if (staff.tenant.kind !== 'provider') throw refuse(403, 'no-permission')
  await suspendJobsAs(staff, deed === 'suspend')
  return redirectWithToast(request, '/office/jobs', deed === 'suspend' ? 'job.paused' : 'job.resumed')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Jobs() {
  const { list, filter, maySuspend } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['office', 'common'])
  return (
    <>
      <PageHeader
        title={t('nav.jobs')}
        below={t('jobs.lead')}
        facts={list.counts.map(({ state, count }) => ({ label: t(`jobs.state.${state}`), value: count }))}
        actions={maySuspend ? <Switch isSuspended={list.isSuspended} /> : undefined}
      />
      <div className="mb-4 grid gap-4">
        {list.isSuspended ? (
          <Notice tone="warning" title={t('jobs.suspended')}>
            {t('jobs.suspendedText')}
          </Notice>
        ) : null}
        {answer && 'problem' in answer ? <Notice tone="critical">{t('jobs.notRetried')}</Notice> : null}
        <FilterBar>
          <CompactSelect name="state" label={t('accounts.status')} defaultValue={filter.state ?? ''}>
            <option value="">{t('common:filter.all')}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {t(`jobs.state.${state}`)}
              </option>
            ))}
          </CompactSelect>
        </FilterBar>
        <FilterChips filters={filter.functionId ? [{ parameter: 'function', label: t('jobs.function'), value: filter.functionId }] : []} />
      </div>
      <Card isFlush>
        <Table
          caption={t('nav.jobs')}
          rows={list.rows}
          rowKey={({ id }) => id}
          columns={useColumns()}
          empty={
            filter.state || filter.functionId ? <FilteredEmpty /> : <EmptyState title={t('jobs.none')}>{t('jobs.noneText')}</EmptyState>
          }
        />
        <CursorPaging nextCursor={list.nextCursor} />
      </Card>
    </>
  )
}

/** The switch that suspends all batch work for maintenance. */
function Switch({ isSuspended }: { isSuspended: boolean }) {
  const { t } = useTranslation(['office', 'common'])
  return (
    <Form method="post">
      <FormToken />
      <SubmitButton
        name="deed"
        value={isSuspended ? 'resume' : 'suspend'}
        look={isSuspended ? 'primary' : 'danger'}
        size="small"
        className="h-9"
      >
        {t(isSuspended ? 'jobs.resume' : 'jobs.suspend')}
      </SubmitButton>
    </Form>
  )
}
