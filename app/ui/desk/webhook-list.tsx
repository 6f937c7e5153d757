import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { webhookEventTypes } from '#app/domain/webhook/event-types.ts'
import { Card } from '../base/card.tsx'
import { EmptyState } from '../base/empty-state.tsx'
import { Notice } from '../base/notice.tsx'
import { State } from '../base/state.tsx'
import { TextLink } from '../base/text-link.tsx'
import { Checkbox, TextInput } from '../forms/field.tsx'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'
import { useFieldErrors } from '../forms/use-field-errors.ts'
import { Table } from '../tables/table.tsx'

type Endpoint = {
  readonly id: string
  readonly url: string
  readonly eventTypes: readonly string[]
  readonly state: 'active' | 'paused'
  readonly failingSince: Date | null
  readonly accountName: string | null
}
export type WebhookAnswer = Parameters<typeof useFieldErrors>[0] & {
  readonly problem?: 'bad-url' | 'no-events' | 'too-many'
  readonly secret?: string
}

type Props = { endpoints: readonly Endpoint[]; path: string; hasOwners: boolean; answer: WebhookAnswer | undefined }

/** The endpoints of an owner and the form for one more; the same for sellers and for customers. */
export function WebhookList({ endpoints, path, hasOwners, answer }: Props) {
  const { t } = useTranslation('delivery')
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 gap-6">
        {answer?.secret ? <NewSecret secret={answer.secret} /> : null}
        <Card id="endpoints" title={t('webhook.endpoints')} isFlush>
          <Table
            caption={t('webhook.endpoints')}
            rows={endpoints}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('webhook.none')}>{t('webhook.noneText')}</EmptyState>}
            columns={[
              {
                key: 'url',
                head: t('webhook.url'),
                isPrimary: true,
                isLong: true,
                cell: ({ id, url }) => (
                  <TextLink to={`${path}/${id}`}>
                    <bdi dir="ltr" className="wrap-anywhere">
                      {url}
                    </bdi>
                  </TextLink>
                ),
              },
              ...(hasOwners
                ? [{ key: 'owner', head: t('account'), isLong: true, cell: ({ accountName }: Endpoint) => accountName ?? t('webhook.own') }]
                : []),
              {
                key: 'events',
                head: t('webhook.events'),
                isLong: true,
                cell: ({ eventTypes }) => (
                  <bdi dir="ltr" className="text-muted">
                    {eventTypes.join(', ')}
                  </bdi>
                ),
              },
              { key: 'state', head: t('state'), cell: (endpoint) => <EndpointState endpoint={endpoint} /> },
            ]}
          />
        </Card>
      </div>
      <NewEndpoint answer={answer} />
    </div>
  )
}

/** Whether an endpoint is told anything, and whether it takes it. */
export function EndpointState({ endpoint: { state, failingSince } }: { endpoint: Pick<Endpoint, 'state' | 'failingSince'> }) {
  const { t } = useTranslation('delivery')
  if (state === 'paused') return <State tone="critical">{t('webhook.state.paused')}</State>
  return failingSince ? (
    <State tone="warning">{t('webhook.state.failing')}</State>
  ) : (
    <State tone="positive">{t('webhook.state.active')}</State>
  )
}

/** The secret of an endpoint, told once. */
export function NewSecret({ secret }: { secret: string }) {
  const { t } = useTranslation('delivery')
  return (
    <Notice tone="positive" title={t('webhook.secret')}>
      <code dir="ltr" className="block break-all">
        {secret}
      </code>
      <p className="mt-1">{t('webhook.secretText')}</p>
    </Notice>
  )
}

function NewEndpoint({ answer }: { answer: WebhookAnswer | undefined }) {
  const { t } = useTranslation('delivery')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="new-endpoint" title={t('webhook.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        {answer?.problem ? <Notice tone="critical">{t(`webhook.problem.${answer.problem}`)}</Notice> : null}
        <TextInput
          name="url"
          type="url"
          label={t('webhook.url')}
          help={t('webhook.urlHelp')}
          required
          dir="ltr"
          defaultValue={typed('url')}
          error={error('url')}
        />
        <fieldset className="grid gap-3">
          <legend className="mb-2 text-sm font-medium">{t('webhook.events')}</legend>
          {webhookEventTypes.map((type) => (
            <Checkbox
              key={type}
              name={type}
              label={
                <>
                  <bdi dir="ltr">{type}</bdi> <span className="block text-muted">{t(`webhook.event.${keyOf(type)}`)}</span>
                </>
              }
              defaultChecked={typed(type) === 'on'}
            />
          ))}
        </fieldset>
        <div>
          <SubmitButton>{t('webhook.add')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** A dot would part the key of a text. */
function keyOf(type: (typeof webhookEventTypes)[number]) {
  const keys = {
    'invoice.finalised': 'invoiceFinalised',
    'credit-note.finalised': 'creditNoteFinalised',
    'debit-note.finalised': 'debitNoteFinalised',
    'pro-forma.finalised': 'proFormaFinalised',
    'invoice.paid': 'invoicePaid',
    'invoice.voided': 'invoiceVoided',
    'budget.threshold-reached': 'budgetReached',
    'export.ready': 'exportReady',
  } as const
  return keys[type]
}
