import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { longestDesignName } from '#app/domain/apps/design.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import type { DesignAnswer } from './deeds.server.ts'
import type { loader } from './route.tsx'

/** What the least of it costs, by the function that bills it. */
export function CostCard() {
  const { cost } = useLoaderData<typeof loader>()
  const { t } = useTranslation('apps')
  if (!cost) return null
  return (
    <Card id="cost" title={t('design.cost')} className="max-w-2xl">
      <dl className="grid max-w-sm grid-cols-[1fr_auto] gap-x-6 gap-y-2 text-sm">
        <dt className="text-muted">{t('design.monthly')}</dt>
        <dd className="text-end font-medium">
          <Money amount={cost.monthly} />
        </dd>
        <dt className="text-muted">{t('design.first')}</dt>
        <dd className="text-end font-medium">
          <Money amount={cost.first} />
        </dd>
      </dl>
      <p className="mt-3 text-sm text-muted">{t('design.costText')}</p>
    </Card>
  )
}

/** What it is called, and in which of the account's networks it stands. */
export function DetailsCard() {
  const { design, networks } = useLoaderData<typeof loader>()
  const answer = useActionData<DesignAnswer>()
  const { t } = useTranslation('apps')
  const { error, typed } = useFieldErrors(answer && 'fields' in answer && answer.intent === 'details' ? answer : undefined)
  const isGone = design.networkId !== null && networks.every(({ id }) => id !== design.networkId)
  return (
    <Card id="details" title={t('design.details')} className="max-w-2xl">
      <Form method="post" action="?intent=details" className="grid gap-5">
        <FormToken />
        <TextInput
          name="name"
          label={t('design.name')}
          required
          maxLength={longestDesignName}
          dir="auto"
          defaultValue={typed('name') ?? design.name}
          error={error('name')}
        />
        {networks.length > 0 || isGone ? (
          <Select
            name="network"
            label={t('design.network')}
            help={t('design.networkHelp')}
            defaultValue={typed('network') ?? design.networkId ?? ''}
            error={error('network')}
          >
            <option value="">{t('design.publicNetwork')}</option>
            {networks.map(({ id, name, zone }) => (
              <option key={id} value={id}>
                {`${name} (${zone})`}
              </option>
            ))}
          </Select>
        ) : null}
        <div>
          <SubmitButton look="secondary">{t('design.save')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}

/** Taking it away: its button is behind what that means. */
export function RemoveCard() {
  const { t } = useTranslation('apps')
  return (
    <details className="max-w-2xl text-sm">
      <summary className="w-fit cursor-pointer rounded-tag text-accent underline decoration-accent/40 underline-offset-4">
        {t('design.remove')}
      </summary>
      <Form method="post" action="?intent=remove" className="mt-3 grid gap-3">
        <FormToken />
        <p className="text-muted">{t('design.removeText')}</p>
        <div>
          <SubmitButton look="danger" size="small">
            {t('design.remove')}
          </SubmitButton>
        </div>
      </Form>
    </details>
  )
}
