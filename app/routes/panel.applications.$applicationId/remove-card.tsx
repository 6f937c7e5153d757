import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import type { ApplicationAnswer } from './deeds.server.ts'
import type { loader } from './route.tsx'

/** Removing all of it at once, what that saves, and its name to be typed. */
export function RemoveCard() {
  const { application } = useLoaderData<typeof loader>()
  const answer = useActionData<ApplicationAnswer>()
  const { t } = useTranslation(['apps', 'panel'])
  const format = useFormat()
  const { error } = useFieldErrors(answer && 'fields' in answer ? answer : undefined)
  const { name, monthly, tiers, isBusy } = application
  const servers = tiers.flatMap(({ pieces }) => pieces.flatMap(({ serverId }) => serverId ?? [])).length
  if (servers === 0) return null
  return (
    <Card id="remove" title={t('remove.title', { name })} className="max-w-2xl">
      <div className="grid gap-4">
        <Notice tone="warning">{t('remove.text', { count: servers })}</Notice>
        {monthly ? (
          <p className="text-sm text-muted" suppressHydrationWarning>
            {t('panel:server.delete.saves', { amount: format.money(monthly) })}
          </p>
        ) : null}
        {isBusy ? (
          <p className="text-sm">{t('problem.application-busy')}</p>
        ) : (
          <Form method="post" action="?deed=destroy" className="grid gap-4">
            <FormToken />
            <TextInput
              name="removeName"
              label={t('panel:server.delete.confirm', { name })}
              required
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="none"
              dir="ltr"
              error={error('removeName')}
              className="max-w-sm"
            />
            <div>
              <SubmitButton look="danger">{t('remove.action')}</SubmitButton>
            </div>
          </Form>
        )}
      </div>
    </Card>
  )
}
