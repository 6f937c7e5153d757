import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { State, type Tone } from '#app/ui/base/state.tsx'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import type { Column } from '#app/ui/tables/table.tsx'
import type { JobRunList } from '#app/web/server/job-runs.server.ts'

const tones = {
  queued: 'neutral',
  running: 'info',
  retrying: 'warning',
  waiting: 'neutral',
  completed: 'positive',
  failed: 'critical',
  cancelled: 'neutral',
} as const satisfies Record<string, Tone>

/** What a list of runs shows of each. */
export function useColumns(): Column<JobRunList['rows'][number]>[] {
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
