import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/base/card.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { interfaceSettings, keepInterfaceAddress } from '#app/web/desks/cloud-visit.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'

const AddressForm = z.object({ address: z.string().trim().max(300, 'too-long').default('') })

export async function loader({ request }: LoaderFunctionArgs) {
  return { ...(await interfaceSettings(request)), title: await pageTitle(request, 'office', 'cloudInterface.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, AddressForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const kept = await keepInterfaceAddress(request, form.value.address)
  if (!kept.ok) return data({ fields: { address: kept.error }, values: form.value }, { status: 422 })
  return redirectWithToast(request, '/office/settings/cloud-interface', 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function CloudInterfaceSettings() {
  const { address, isThere } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('office')
  const { error, typed } = useFieldErrors(answer)
  return (
    <>
      <PageHeader title={t('cloudInterface.title')} below={<span className="block max-w-prose">{t('cloudInterface.lead')}</span>} />
      <div className="grid max-w-2xl gap-6">
        {isThere ? null : <Notice tone="info">{t('cloudInterface.notThere')}</Notice>}
        <Card id="address">
          <Form method="post" className="grid gap-4">
            <FormToken />
            <TextInput
              name="address"
              type="url"
              label={t('cloudInterface.address')}
              help={t('cloudInterface.addressHelp')}
              defaultValue={typed('address') ?? address ?? ''}
              error={error('address')}
              dir="ltr"
            />
            <div>
              <SubmitButton>{t('cloudInterface.save')}</SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}
