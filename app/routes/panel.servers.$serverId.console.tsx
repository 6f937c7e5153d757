import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { SquareTerminal } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Card } from '#app/ui/card.tsx'
import { DeedNotice } from '#app/ui/deed-form.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { customerOf } from '#app/web/as-customer.server.ts'
import { cloudWith } from '#app/web/cloud-desk.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { parseForm } from '#app/web/parse-form.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { openConsole } from '#app/web/server-console.server.ts'

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
