import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { Placement } from '#app/reports/accounts/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type Answer = { readonly fields: Readonly<Record<string, string>>; readonly values?: Readonly<Record<string, string>> } | undefined
type PlacementCardProps = { readonly placement: Placement; readonly mayPlace: boolean; readonly answer: Answer }

/** What the account is offered, and why; and the channel and segment that decide it. */
export function PlacementCard({ placement, mayPlace, answer }: PlacementCardProps) {
  const { t } = useTranslation('catalog')
  return (
    <Card id="placement" title={t('placement.title')}>
      <div className="grid gap-5">
        {placement.sees ? <Seen sees={placement.sees} /> : <p className="text-sm text-muted">{t('placement.noCatalog')}</p>}
        {mayPlace && placement.sees ? <PlacementForm placement={placement} answer={answer} /> : null}
      </div>
    </Card>
  )
}

function Seen({ sees }: { sees: NonNullable<Placement['sees']> }) {
  const { t } = useTranslation('catalog')
  const { reason, channel, matched, catalog, plans, book } = sees
  const criteria = matched.map((criterion) => t(`placement.criteria.${criterion}`)).join(' + ')
  const facts = [
    { label: t('placement.sees'), value: catalog },
    { label: t('placement.because'), value: t(`placement.reasons.${reason}`, { channel, criteria }) },
    { label: t('placement.offered'), value: t('placement.plans', { count: plans }) },
    { label: t('placement.book'), value: book ?? t('placement.ownBook') },
  ]
  return (
    <dl className="grid gap-2 text-sm">
      {facts.map(({ label, value }) => (
        <div key={label} className="flex justify-between gap-4">
          <dt className="text-muted">{label}</dt>
          <dd className="text-end">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function PlacementForm({ placement, answer }: { placement: Placement; answer: Answer }) {
  const { t } = useTranslation(['catalog', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const usual = t(placement.isDepartment ? 'placement.asEnterprise' : 'placement.byRules')
  return (
    <Form method="post" className="grid gap-4 border-t border-border pt-5">
      <FormToken />
      <Select
        name="channelId"
        label={t('placement.channel')}
        help={t('placement.channelHelp')}
        defaultValue={typed('channelId') ?? placement.channelId ?? ''}
        error={error('channelId')}
      >
        <option value="">{usual}</option>
        {placement.channels.map(({ id, name, catalog }) => (
          <option key={id} value={id}>
            {t('placement.choice', { channel: name, catalog })}
          </option>
        ))}
      </Select>
      <TextInput
        name="segment"
        label={t('channels.segment')}
        help={t('placement.segmentHelp')}
        isOptional={t('common:optional')}
        maxLength={60}
        list="segments"
        defaultValue={typed('segment') ?? placement.segment ?? ''}
        error={error('segment')}
      />
      <datalist id="segments">
        {placement.segments.map((segment) => (
          <option key={segment} value={segment} />
        ))}
      </datalist>
      <Notice tone="info">{t('placement.effect')}</Notice>
      <div>
        <SubmitButton look="secondary">{t('placement.save')}</SubmitButton>
      </div>
    </Form>
  )
}
