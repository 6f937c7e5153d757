import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type NotificationChoice, type Topic, topics, typedMails } from '#app/domain/budget/notification.ts'
import { readChoices, saveChoices } from '#app/services/budgets/keep-choices.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Checkbox, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const mails = z
  .string()
  .max(2_000, 'too-long')
  .optional()
  .refine((text) => typedMails(text ?? '') !== undefined, 'mails')
const tick = z.literal('on').optional()
const ChoicesForm = z.object({
  ...Object.fromEntries(topics.map((topic) => [`${topic}-mails`, mails])),
  ...Object.fromEntries(topics.flatMap((topic) => [`${topic}-panel`, `${topic}-webhook`]).map((name) => [name, tick])),
})

export async function loader({ request }: LoaderFunctionArgs) {
  const choices = await asCustomer(request, 'budget:write', (ctx, { accountId }) => readChoices(ctx, accountId))
  return { choices, title: await pageTitle(request, 'budget', 'choices.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, ChoicesForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const typed = form.value as Readonly<Record<string, string | undefined>>
  const choiceOf = (topic: Topic): NotificationChoice => ({
    mails: typedMails(typed[`${topic}-mails`] ?? '') ?? [],
    isShown: typed[`${topic}-panel`] === 'on',
    isPosted: typed[`${topic}-webhook`] === 'on',
  })
  const choices = { spend: choiceOf('spend'), account: choiceOf('account'), payment: choiceOf('payment'), service: choiceOf('service') }
  await asCustomer(request, 'budget:write', (ctx, { accountId }) => saveChoices(ctx, accountId, choices))
  return redirectWithToast(request, '/panel/account/notifications', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Notifications() {
  const { choices } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['budget', 'panel'])
  const { error, typed } = useFieldErrors(answer)
  const isTicked = (name: string, usual: boolean) => (answer ? typed(name) === 'on' : usual)
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('choices.title')} below={t('choices.lead')} />
      <Form method="post" className="grid max-w-2xl gap-6">
        <FormToken />
        {topics.map((topic) => (
          <Card key={topic} title={t(`choices.topic.${topic}`)}>
            <div className="grid gap-4">
              <p className="text-sm text-muted">{t(`choices.text.${topic}`)}</p>
              <TextInput
                name={`${topic}-mails`}
                label={t('choices.mails')}
                help={t(topic === 'payment' ? 'choices.mailsAlways' : 'choices.mailsHelp')}
                dir="ltr"
                defaultValue={typed(`${topic}-mails`) ?? choices[topic].mails.join(', ')}
                error={error(`${topic}-mails`)}
              />
              <Checkbox
                name={`${topic}-panel`}
                label={t('choices.panel')}
                defaultChecked={isTicked(`${topic}-panel`, choices[topic].isShown)}
              />
              {topic === 'spend' ? (
                <Checkbox
                  name={`${topic}-webhook`}
                  label={t('choices.webhook')}
                  defaultChecked={isTicked(`${topic}-webhook`, choices[topic].isPosted)}
                />
              ) : null}
            </div>
          </Card>
        ))}
        <div>
          <SubmitButton>{t('save')}</SubmitButton>
        </div>
      </Form>
    </>
  )
}
