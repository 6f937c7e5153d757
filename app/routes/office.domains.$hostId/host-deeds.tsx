import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { HostView } from '#app/reports/domains/shape.ts'
import { Card } from '#app/ui/base/card.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'

/** What can be done with a host: make links start with it, or give it back by typing its name. */
export function HostDeeds({ host, nameError }: { host: HostView; nameError: string | undefined }) {
  const { t } = useTranslation('domain')
  const isReady = host.state === 'active'
  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <Card id="main-host" title={t('hosts.main')}>
        <p className="text-sm text-muted">{t(host.isMain ? 'main.is' : isReady ? 'main.lead' : 'main.notYet')}</p>
        {isReady && !host.isMain ? (
          <Form method="post" className="mt-4">
            <FormToken />
            <SubmitButton name="deed" value="main" look="secondary">
              {t('main.submit')}
            </SubmitButton>
          </Form>
        ) : null}
      </Card>
      <Card id="remove" title={t('remove.title')}>
        <Form method="post" className="grid gap-5">
          <FormToken />
          <p className="text-sm text-muted">{t('remove.lead')}</p>
          <TextInput
            name="name"
            label={t('remove.field', { host: host.host })}
            error={nameError}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={300}
          />
          <div>
            <SubmitButton name="deed" value="remove" look="danger">
              {t('remove.submit')}
            </SubmitButton>
          </div>
        </Form>
      </Card>
    </div>
  )
}
