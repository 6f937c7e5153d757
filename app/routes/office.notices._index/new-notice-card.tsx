import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { serviceNoticeKinds, serviceNoticeStates } from '#app/domain/service-notice/service-notice.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select, TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type NewNoticeCardProps = {
  places: readonly { readonly value: string; readonly zone: string; readonly cloudName: string | null; readonly accounts: number }[]
  answer: Parameters<typeof useFieldErrors>[0]
}

/** Publishes maintenance or a disruption. */
export function NewNoticeCard({ places, answer }: NewNoticeCardProps) {
  const { t } = useTranslation(['office', 'common'])
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string) => ({ name, error: error(name), defaultValue: typed(name) ?? '' })
  return (
    <Card title={t('service.new')}>
      <Form method="post" className="grid gap-5">
        <FormToken />
        <Select {...field('kind')} defaultValue={typed('kind') ?? 'maintenance'} label={t('service.kindHead')}>
          {serviceNoticeKinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`service.kind.${kind}`)}
            </option>
          ))}
        </Select>
        <Select {...field('place')} label={t('service.place')} help={t('service.placeHelp')}>
          <option value="">{t('service.everywhere')}</option>
          {places.map(({ value, zone, cloudName, accounts }) => (
            <option key={value} value={value}>
              {[zone, cloudName].filter(Boolean).join(', ')} ({accounts})
            </option>
          ))}
        </Select>
        <TextInput {...field('title')} label={t('service.what')} required maxLength={120} />
        <TextArea {...field('text')} label={t('service.text')} help={t('service.textHelp')} required maxLength={2_000} />
        <Select {...field('state')} defaultValue={typed('state') ?? 'planned'} label={t('service.stateHead')}>
          {serviceNoticeStates.map((state) => (
            <option key={state} value={state}>
              {t(`service.state.${state}`)}
            </option>
          ))}
        </Select>
        <TextInput
          {...field('startsAt')}
          type="datetime-local"
          label={t('service.from')}
          help={t('service.fromHelp')}
          isOptional={t('common:optional')}
        />
        <TextInput {...field('endsAt')} type="datetime-local" label={t('service.until')} isOptional={t('common:optional')} />
        <div>
          <SubmitButton>{t('service.publish')}</SubmitButton>
        </div>
      </Form>
    </Card>
  )
}
