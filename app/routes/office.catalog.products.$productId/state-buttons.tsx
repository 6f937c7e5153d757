import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { nextStates, type ProductState } from '#app/domain/catalog/product.ts'
import { FormToken } from '#app/ui/form-token.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'

/** Publishes, hides or retires; running subscriptions go on. */
export function StateButtons({ state }: { state: ProductState }) {
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
