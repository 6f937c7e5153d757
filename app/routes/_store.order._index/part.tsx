import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClasses } from '#app/ui/base/button.tsx'
import { FieldNote } from '#app/ui/forms/field.tsx'

type PartProps = { number: number; id: string; title: string; error?: string | undefined; children: ReactNode }

/** One numbered part of the order form. */
export function Part({ number, id, title, error, children }: PartProps) {
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-4 flex items-baseline gap-3 text-lg font-semibold">
        <span aria-hidden className="tabular text-muted">
          {number}
        </span>
        <h2>{title}</h2>
      </legend>
      <div className="grid gap-4">{children}</div>
      <div className="mt-2">
        <FieldNote id={id} error={error} />
      </div>
    </fieldset>
  )
}

/** Without scripts a button asks for the prices of another choice. */
export function UpdatePrices() {
  const { t } = useTranslation('store')
  return (
    <noscript>
      <button type="submit" formAction="/order" formNoValidate className={buttonClasses('secondary', 'small', 'justify-self-start')}>
        {t('estimate.update')}
      </button>
    </noscript>
  )
}
