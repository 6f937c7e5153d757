import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

const formId = 'release'

/** The field of one row of the page: a form carries a field once, so each row has its own. */
export const rowField = (index: number): string => `row${index}`

type ChoiceProps = { name: string; id: string; label: string; isChosen: boolean }

/** Picks one record; it belongs to the form below the table. */
export function Choice({ name, id, label, isChosen }: ChoiceProps) {
  return (
    <input
      type="checkbox"
      form={formId}
      name={name}
      value={id}
      aria-label={label}
      defaultChecked={isChosen}
      className="size-5 align-middle accent-accent"
    />
  )
}

type ReleaseBarProps = { reason: string | undefined; error: string | undefined; mayAccept: boolean }

/** Releases the records picked above, for a reason that is kept, or goes on to what accepting their quantities would change. */
export function ReleaseBar({ reason, error, mayAccept }: ReleaseBarProps) {
  const { t } = useTranslation('office')
  return (
    <Form id={formId} method="post" className="no-print flex flex-wrap items-start gap-x-4 gap-y-3 border-t border-border px-card py-4">
      <FormToken />
      <TextInput
        name="reason"
        label={t('quarantine.releaseReason')}
        help={t('quarantine.releaseHelp')}
        error={error}
        defaultValue={reason}
        required
        maxLength={200}
        className="w-full max-w-xl"
      />
      <div className="flex flex-wrap gap-2 md:pt-6.5">
        <SubmitButton name="deed" value="release">
          {t('quarantine.release')}
        </SubmitButton>
        {mayAccept ? (
          <SubmitButton name="deed" value="accept" look="secondary">
            {t('quarantine.acceptSelected')}
          </SubmitButton>
        ) : null}
        <SelectAll />
      </div>
    </Form>
  )
}

/** Picks every record of the page. Without scripts it is not there: each can be picked by hand. */
function SelectAll() {
  const { t } = useTranslation('office')
  const [isReady, setIsReady] = useState(false)
  useEffect(() => setIsReady(true), [])
  if (!isReady) return null

  const pickAll = () => {
    for (const box of document.querySelectorAll<HTMLInputElement>(`input[type=checkbox][form=${formId}]`)) box.checked = true
  }
  return (
    <Button type="button" look="secondary" onClick={pickAll}>
      {t('quarantine.selectAll')}
    </Button>
  )
}
