import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../base/button.tsx'
import { Card } from '../base/card.tsx'
import { Notice } from '../base/notice.tsx'
import { TextInput } from '../forms/field.tsx'

/** Asks for the days whose documents come as one file; `action` gives the file. */
export function ArchiveForm({ action, hasProblem }: { action: string; hasProblem: boolean }) {
  const { t } = useTranslation('delivery')
  return (
    <Card className="max-w-2xl">
      <Form method="get" action={action} reloadDocument className="grid gap-5">
        {hasProblem ? <Notice tone="critical">{t('archive.problem')}</Notice> : null}
        <TextInput name="from" type="date" label={t('filter.from')} required />
        <TextInput name="to" type="date" label={t('filter.to')} required />
        <div>
          <Button>{t('archive.download')}</Button>
        </div>
      </Form>
    </Card>
  )
}
