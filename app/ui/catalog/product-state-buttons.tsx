import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { nextStates, type ProductState } from '#app/domain/catalog/product.ts'
import { FormToken } from '../forms/form-token.tsx'
import { SubmitButton } from '../forms/submit-button.tsx'

/** Publishes, hides or retires a product or a template; what runs goes on. */
export function ProductStateButtons({ state }: { state: ProductState }) {
  const { t } = useTranslation('catalog')
  return (
    <Form method="post" action="?intent=state" className="flex flex-wrap gap-2">
      <FormToken />
      {nextStates(state).map((next) => (
        <SubmitButton
          key={next}
          name="state"
          value={next}
          look={next === 'published' ? 'primary' : next === 'retired' ? 'danger' : 'secondary'}
        >
          {t(`products.to.${next}`)}
        </SubmitButton>
      ))}
    </Form>
  )
}
