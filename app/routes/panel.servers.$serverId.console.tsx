import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SquareTerminal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/base/card.tsx'
import { DeedNotice } from '#app/ui/forms/deed-form.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { cloudWith } from '#app/web/desks/cloud-desk.server.ts'
import { openConsole } from '#app/web/desks/server-console.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  await cloudWith(request, 'console')
  return { mayWrite: (await customerOf(request, 'server:read')).can('server:write') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const serverId = orNotFound(isUuid(params.serverId) ? params.serverId : null)
  await parseForm(request, z.object({}))
  return openConsole(request, serverId)
}

export default function ServerConsole() {
  const { mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('cloud')
  return (
    <>
      <DeedNotice answer={useActionData<typeof action>()} />
      <Card id="console" title={t('console.title')} className="max-w-2xl">
        <p className="mb-4 text-sm text-muted">{t(mayWrite ? 'console.text' : 'forbidden')}</p>
        {mayWrite ? (
          <Form method="post">
            <FormToken />
            <SubmitButton>
              <SquareTerminal aria-hidden className="size-4" />
              {t('console.open')}
            </SubmitButton>
          </Form>
        ) : null}
      </Card>
    </>
  )
}
