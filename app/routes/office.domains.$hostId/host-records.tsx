import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { HostView } from '#app/reports/domains/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DomainRecords } from '#app/ui/desk/domain-records.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

/** What must stand in the name server, and a look at it now. */
export function HostRecords({ host, mayChange }: { host: HostView; mayChange: boolean }) {
  const { t } = useTranslation('domain')
  return (
    <Card id="records" title={t('record.title')} isFlush>
      <p className="max-w-prose px-card pb-2 text-sm text-muted">{t('record.lead')}</p>
      <DomainRecords records={host.records} isChecked={host.checkedAt !== null} />
      {mayChange ? (
        <Form method="post" className="border-t border-border px-card py-4">
          <FormToken />
          <SubmitButton name="deed" value="check">
            {t('record.check')}
          </SubmitButton>
        </Form>
      ) : null}
    </Card>
  )
}
