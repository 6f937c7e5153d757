import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { DateTime } from '../base/date-time.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Notice } from '../base/notice.tsx'
import { State, type Tone } from '../base/state.tsx'
import { useFormat } from '../base/use-format.ts'
import { Checkbox, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { CursorPaging } from '../tables/cursor-paging.tsx'
import { NewSecret } from './webhook-list.tsx'

type Attempt = {
  readonly number: number
  readonly at: Date
  readonly durationMs: number
  readonly status: number | null
  readonly problem: string | null
  readonly answer: string
}
type Delivery = {
  readonly id: string
  readonly eventType: string
  readonly body: string
  readonly state: 'waiting' | 'delivered' | 'failed'
  readonly createdAt: Date
  readonly nextAttemptAt: Date | null
  readonly attempts: readonly Attempt[]
}
type Log = { readonly rows: readonly Delivery[]; readonly nextCursor: string | null }
type Props = { state: 'active' | 'paused'; log: Log; answer: { readonly secret?: string; readonly count?: number } | undefined }

const tones = { waiting: 'info', delivered: 'positive', failed: 'critical' } as const satisfies Record<Delivery['state'], Tone>

/** One endpoint: what it was told and what it said, and what can be done about it. */
export function WebhookPage({ state, log, answer }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-6">
        {answer?.secret ? <NewSecret secret={answer.secret} /> : null}
        {answer?.count === undefined ? null : <Notice tone="positive">{t('webhook.range.done', { count: answer.count })}</Notice>}
        {state === 'paused' ? <Notice tone="warning">{t('webhook.pausedText')}</Notice> : null}
        <Card id="log" title={t('webhook.log')} isFlush>
          {log.rows.length === 0 ? <EmptyState title={t('webhook.logNone')} /> : null}
          <ul className="divide-y divide-border border-t border-border text-sm">
            {log.rows.map((delivery) => (
              <DeliveryItem key={delivery.id} delivery={delivery} />
            ))}
          </ul>
          <CursorPaging nextCursor={log.nextCursor} />
        </Card>
      </div>
      <div className="grid min-w-0 gap-6">
        <Deeds state={state} />
        <Range />
      </div>
    </div>
  )
}

function DeliveryItem({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation('delivery')
  return (
    <li className="grid gap-2 px-card py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <span>
          <bdi dir="ltr" className="font-medium">
            {delivery.eventType}
          </bdi>
          <span className="block text-muted">
            <DateTime instant={delivery.createdAt} />
          </span>
        </span>
        <State tone={tones[delivery.state]} isMoving={delivery.state === 'waiting'}>
          {t(`webhook.deliveryState.${delivery.state}`)}
        </State>
        <Form method="post">
          <FormToken />
          <input type="hidden" name="deliveryId" value={delivery.id} />
          <SubmitButton name="deed" value="again" look="quiet" size="small">
            {t('again')}
          </SubmitButton>
        </Form>
      </div>
      {delivery.nextAttemptAt ? (
        <p className="text-muted">
          {t('webhook.next')} <DateTime instant={delivery.nextAttemptAt} />
        </p>
      ) : null}
      <details>
        <summary className="cursor-pointer text-muted">{t('webhook.details')}</summary>
        <pre dir="ltr" className="mt-2 overflow-x-auto rounded-control bg-soft p-3 text-xs whitespace-pre-wrap break-all">
          {delivery.body}
        </pre>
        <ol className="mt-2 grid gap-2">
          {delivery.attempts.map((attempt) => (
            <AttemptItem key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      </details>
    </li>
  )
}

function AttemptItem({ attempt: { at, status, problem, durationMs, answer } }: { attempt: Attempt }) {
  const { t } = useTranslation('delivery')
  const format = useFormat()
  return (
    <li className="border-s-2 border-border ps-3">
      <DateTime instant={at} /> <span className="font-medium">{status ?? t(`webhook.failure.${failureKey(problem)}`)}</span>{' '}
      <span className="text-muted">{t('webhook.milliseconds', { count: durationMs, amount: format.quantity(durationMs) })}</span>
      {answer ? (
        <bdi dir="ltr" className="block break-all text-muted">
          {answer}
        </bdi>
      ) : null}
    </li>
  )
}

function failureKey(problem: string | null) {
  if (problem === 'refused-address' || problem === 'timed-out' || problem === 'endpoint-paused') return problem
  return 'unreachable'
}

function Deeds({ state }: { state: Props['state'] }) {
  const { t } = useTranslation('delivery')
  return (
    <Card id="deeds" title={t('webhook.deeds')}>
      <Form method="post" className="grid gap-3">
        <FormToken />
        <SubmitButton name="deed" value={state === 'paused' ? 'start' : 'pause'} look="secondary">
          {t(state === 'paused' ? 'webhook.start' : 'webhook.pause')}
        </SubmitButton>
        <SubmitButton name="deed" value="rotate" look="secondary">
          {t('webhook.rotate')}
        </SubmitButton>
        <p className="text-sm text-muted">{t('webhook.rotateText')}</p>
        <SubmitButton name="deed" value="remove" look="danger">
          {t('webhook.remove')}
        </SubmitButton>
      </Form>
    </Card>
  )
}

function Range() {
  const { t } = useTranslation('delivery')
  return (
    <Card id="range" title={t('webhook.range.title')}>
      <Form method="post" className="grid gap-4">
        <FormToken />
        <TextInput name="from" type="date" label={t('filter.from')} required />
        <TextInput name="to" type="date" label={t('filter.to')} required />
        <Checkbox name="all" label={t('webhook.range.all')} />
        <div>
          <SubmitButton name="deed" value="range" look="secondary">
            {t('webhook.range.send')}
          </SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
