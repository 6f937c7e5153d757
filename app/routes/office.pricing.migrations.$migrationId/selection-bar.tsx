import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

const formId = 'selection'

/** The field of one row of the page: a form carries a field once, so each row has its own. */
export const rowField = (index: number): string => `row${index}`

/** Picks one subscriber; it belongs to the form below the table. */
export function Choice({ name, id, label }: { name: string; id: string; label: string }) {
  return <input type="checkbox" form={formId} name={name} value={id} aria-label={label} className="size-5 align-middle accent-accent" />
}

/** Takes the subscribers picked above in or leaves them out, or all of them. */
export function SelectionBar() {
  const { t } = useTranslation('pricing')
  return (
    <Form id={formId} method="post" className="no-print flex flex-wrap gap-2 border-t border-border px-card py-4">
      <FormToken />
      {(['exclude', 'include', 'exclude-all', 'include-all'] as const).map((deed) => (
        <SubmitButton key={deed} name="deed" value={deed} look="secondary" size="small">
          {t(`migrations.select.${deed}`)}
        </SubmitButton>
      ))}
    </Form>
  )
}
