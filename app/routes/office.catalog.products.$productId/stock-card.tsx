import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProductDetail } from '#app/reports/products/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { nowhere, placeField } from './product-forms.ts'

type StockCardProps = {
  readonly product: ProductDetail
  readonly mayWrite: boolean
  readonly answer: Parameters<typeof useFieldErrors>[0]
}

/** How many are left, place by place, and how many one customer may have. */
export function StockCard({ product: { places, limitPerCustomer }, mayWrite, answer }: StockCardProps) {
  const { t } = useTranslation('catalog')
  const { error, typed } = useFieldErrors(answer)
  const field = (name: string, value: number | null) => ({ name, defaultValue: typed(name) ?? value ?? undefined, error: error(name) })
  return (
    <Card id="stock" title={t('products.stock.title')} className="min-w-0">
      <p className="mb-4 text-sm text-muted">{t('products.stock.lead')}</p>
      <Form
        method="post"
        action="?intent=stock"
        className="grid items-start gap-4 sm:grid-cols-2 min-[80rem]:grid-cols-4"
        preventScrollReset
      >
        <FormToken />
        <TextInput
          {...field('limitPerCustomer', limitPerCustomer)}
          label={t('products.stock.limit')}
          inputMode="numeric"
          readOnly={!mayWrite}
        />
        {places.map(({ code, city, left }, index) => (
          <div key={code}>
            <input type="hidden" name={placeField('place', index)} value={code || nowhere} />
            <TextInput
              {...field(placeField('left', index), left)}
              label={city ? t('products.stock.at', { city }) : t('products.stock.left')}
              inputMode="numeric"
              readOnly={!mayWrite}
            />
          </div>
        ))}
        {mayWrite ? (
          <div className="col-span-full">
            <SubmitButton look="secondary">{t('products.stock.save')}</SubmitButton>
          </div>
        ) : null}
      </Form>
    </Card>
  )
}
