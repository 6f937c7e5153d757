import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'

/** Renames a project, or puts it away. */
export function ProjectCard({ name, answer }: { name: string; answer: Parameters<typeof useFieldErrors>[0] }) {
  const { t } = useTranslation('project')
  const { error, typed } = useFieldErrors(answer)
  return (
    <Card title={t('change')} className="max-w-2xl">
      <Form method="post" className="grid gap-5">
        <FormToken />
        <TextInput name="name" label={t('name')} required maxLength={80} defaultValue={typed('name') ?? name} error={error('name')} />
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
      <Form method="post" className="mt-6 flex flex-wrap items-center justify-between gap-3 border-t border-border pt-4 text-sm">
        <FormToken />
        <span className="text-muted">{t('archiveText')}</span>
        <Button name="deed" value="archive" look="danger" size="small">
          {t('archive')}
        </Button>
      </Form>
    </Card>
  )
}
