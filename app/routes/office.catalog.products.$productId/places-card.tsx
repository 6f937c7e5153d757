import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { TypedPlaces } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextArea } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

type PlaceFieldsProps = {
  readonly places: TypedPlaces
  readonly error: (name: string) => string | undefined
  readonly typed: (name: string) => string | undefined
  readonly readOnly?: boolean
}

/** Places and images of a plan, a line each. */
export function PlaceFields({ places, error, typed, readOnly = false }: PlaceFieldsProps) {
  const { t } = useTranslation('catalog')
  return (['locations', 'images'] as const).map((name) => (
    <TextArea
      key={name}
      name={name}
      label={t(`plan.${name}`)}
      help={t(`plan.${name}Help`)}
      rows={5}
      isCode
      readOnly={readOnly}
      defaultValue={typed(name) ?? places[name]}
      error={error(name)}
    />
  ))
}

type PlacesCardProps = {
  readonly offering: TypedPlaces
  readonly mayWrite: boolean
  readonly answer: Parameters<typeof useFieldErrors>[0]
}

/** Where a plan is offered and what it starts with. */
export function PlacesCard({ offering, mayWrite, answer }: PlacesCardProps) {
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card id="places" title={t('plan.title')} className="min-w-0">
      <Form method="post" action="?intent=places" className="grid items-start gap-4 sm:grid-cols-2" preventScrollReset>
        <FormToken />
        <PlaceFields places={offering} error={error} typed={typed} readOnly={!mayWrite} />
        {mayWrite ? (
          <div className="col-span-full">
            <SubmitButton look="secondary">{t('plan.save')}</SubmitButton>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
