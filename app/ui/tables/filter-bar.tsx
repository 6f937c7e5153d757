import { Form, useSubmit } from '@remix-run/react'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'

/** Filters as a form whose fields are the address. Choosing applies at once; without scripts, or for typed text, a button does. */
export function FilterBar({ children, isTyped = false }: { children: ReactNode; isTyped?: boolean }) {
  const { t } = useTranslation('common')
  const submit = useSubmit()
  const [isLive, setIsLive] = useState(false)
  useEffect(() => setIsLive(true), [])
  const apply = (event: FormEvent<HTMLFormElement>) => {
    if (event.target instanceof HTMLSelectElement) submit(event.currentTarget, { preventScrollReset: true })
  }
  return (
    <Form method="get" onChange={apply} role="search" className="no-print flex flex-wrap items-end gap-3">
      {children}
      {isLive && !isTyped ? null : (
        <Button look="secondary" size="small" className="h-9">
          {t('filter.apply')}
        </Button>
      )}
    </Form>
  )
}
