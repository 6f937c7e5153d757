import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/base/use-format.ts'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

type PublishBarProps = {
  readonly revision: number
  readonly draft: { readonly author: string; readonly changedAt: Date }
  readonly isLegible: boolean
}

/** Who worked on the draft, and what becomes of it. */
export function PublishBar({ revision, draft, isLegible }: PublishBarProps) {
  const { t } = useTranslation('brand')
  const format = useFormat()
  return (
    <Form method="post" action="/office/brand" className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <FormToken />
      <input type="hidden" name="revision" value={revision} />
      <span className="text-sm text-muted">{t('state.changed', { author: draft.author, at: format.dateTime(draft.changedAt) })}</span>
      <SubmitButton name="deed" value="discard" look="quiet" size="small">
        {t('deed.discard')}
      </SubmitButton>
      <SubmitButton name="deed" value="publish" size="small">
        {t('deed.publish')}
      </SubmitButton>
      {isLegible ? null : <span className="w-full text-end text-sm text-critical">{t('contrast.blocks')}</span>}
    </Form>
  )
}
