import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/card.tsx'
import { CompactSelect } from '#app/ui/compact-field.tsx'
import { CursorPaging } from '#app/ui/cursor-paging.tsx'
import { DateTime } from '#app/ui/date-time.tsx'
import { EmptyState } from '#app/ui/empty-state.tsx'
import { FilterBar } from '#app/ui/filter-bar.tsx'
import { FilterChips } from '#app/ui/filter-chips.tsx'
import { FilteredEmpty } from '#app/ui/filtered-empty.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { State, type Tone } from '#app/ui/state.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { type Column, Table } from '#app/ui/table.tsx'
import { TextLink } from '#app/ui/text-link.tsx'
import { staffOf } from '#app/web/as-staff.server.ts'
import { filterOf, oneOf } from '#app/web/filters.ts'
import { uuid } from '#app/web/form-fields.ts'
import { type JobRunList, jobRunsFor, retryJobAs, suspendJobsAs } from '#app/web/job-runs.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { redirectWithToast } from '#app/web/redirects.server.ts'
import { refuse } from '#app/web/refuse.server.ts'

const states = ['queued', 'running', 'retrying', 'waiting', 'completed', 'failed', 'cancelled'] as const
const tones = {
  queued: 'neutral',
  running: 'info',
  retrying: 'warning',
  waiting: 'neutral',
  completed: 'positive',
  failed: 'critical',
  cancelled: 'neutral',
} as const satisfies Record<string, Tone>
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

function useColumns(): Column<JobRunList['rows'][number]>[] {
  const { t } = useTranslation(['office', 'common'])
  return [
    {
      key: 'function',
      head: t('jobs.function'),
      isPrimary: true,
      cell: ({ functionId }) => (
        <TextLink to={`?function=${encodeURIComponent(functionId)}`} isQuiet>
          <bdi dir="ltr" className="font-mono text-[0.8125rem]">
            {functionId.replace(/^[a-z]+-/, '')}
          </bdi>
        </TextLink>
      ),
    },
    {
      key: 'state',
      head: t('accounts.status'),
      cell: ({ state }) => (
        <State tone={tones[state]} isMoving={state === 'running'}>
          {t(`jobs.state.${state}`)}
        </State>
      ),
    },
    {
      key: 'event',
      isExtra: true,
      head: t('jobs.event'),
      cell: ({ eventName }) => (
        <bdi dir="ltr" className="font-mono text-[0.8125rem] text-muted">
          {eventName}
        </bdi>
      ),
    },
    { key: 'id', isExtra: true, head: t('jobs.run'), cell: ({ id }) => <PublicId id={id} isShort /> },
    { key: 'attempts', head: t('jobs.attempts'), isNumber: true, cell: ({ attempts }) => attempts },
    {
      key: 'started',
      head: t('billing.started'),
      cell: ({ startedAt, createdAt }) => <DateTime instant={startedAt ?? createdAt} isShort />,
    },
    {
      key: 'finished',
      isExtra: true,
      head: t('billing.finished'),
      cell: ({ finishedAt }) => (finishedAt ? <DateTime instant={finishedAt} isShort /> : <span className="text-muted">–</span>),
    },
    {
      key: 'failure',
      isLong: true,
      head: t('jobs.failure'),
      cell: ({ failure }) =>
        failure ? (
          <bdi dir="ltr" className="line-clamp-2 max-w-80 text-critical" title={failure}>
            {failure}
          </bdi>
        ) : (
          <span className="text-muted">–</span>
        ),
    },
    {
      key: 'deed',
      head: <span className="sr-only">{t('jobs.retry')}</span>,
      label: t('jobs.retry'),
      isNumber: true,
      cell: ({ id, state }) => (state === 'failed' ? <Retry runId={id} /> : null),
    },
  ]
}

function Retry({ runId }: { runId: string }) {
  const { t } = useTranslation(['office', 'common'])
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="deed" value="retry" />
      <SubmitButton name="runId" value={runId} look="secondary" size="small">
        {t('jobs.retry')}
      </SubmitButton>
    </Form>
  )
}
