import { useSearchParams } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { usePage } from '#app/ui/base/page-context.tsx'

/** Puts the choice of its form in the cart instead: the button carries what proves the form, so that no address ever shows it. */
export function ToCart() {
  const { t } = useTranslation('store')
  const [search] = useSearchParams()
  const { formToken } = usePage()
  const line = search.get('line')
  return (
    <div>
      {line ? <input type="hidden" name="line" value={line} /> : null}
      <button type="submit" formMethod="post" formAction="/cart" name="formToken" value={formToken} className={buttonClasses('secondary')}>
        {t(line ? 'order.keepInCart' : 'order.toCart')}
      </button>
    </div>
  )
}
