import { Form, useOutletContext } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ServerDetail } from '#app/reports/servers/shape.ts'
import { Card } from '#app/ui/card.tsx'
import { TextInput } from '#app/ui/field.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { useFormat } from '#app/ui/use-format.ts'

export default function ServerDelete() {
  const server = useOutletContext<ServerDetail>()
  const { t } = useTranslation('panel')
  const format = useFormat()
  return (
    <Card id="delete" title={t('server.delete.title', { name: server.name })} className="max-w-2xl">
      <div className="grid gap-4">
        <Notice tone="warning">{t('server.delete.text')}</Notice>
        {server.monthlyCap ? (
          <p className="text-sm text-muted" suppressHydrationWarning>
            {t('server.delete.saves', { amount: format.money(server.monthlyCap) })}
          </p>
        ) : null}
        <Form method="post" action={`/panel/servers/${server.id}`} className="grid gap-4">
          <FormToken />
          <input type="hidden" name="action" value="destroy" />
          <TextInput
            name="confirmedName"
            label={t('server.delete.confirm', { name: server.name })}
            required
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            dir="ltr"
            pattern={server.name}
            className="max-w-sm"
          />
          <div>
            <SubmitButton look="danger">{t('server.delete.action')}</SubmitButton>
          </div>
        </Form>
      </div>
    </Card>
  )
}
