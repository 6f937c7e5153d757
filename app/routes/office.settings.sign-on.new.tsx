import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { givableProfiles } from '#app/services/sign-on/provider-rules.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type SignOnAnswer, SignOnFields } from '#app/ui/people/sign-on-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addSignOnProvider } from '#app/web/desks/sign-on-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

/** What is to be connected, and for whom. */
function wishOf(request: Request) {
  const { searchParams } = new URL(request.url)
  const kind = searchParams.get('kind') === 'saml' ? ('saml' as const) : ('oidc' as const)
  const audience = searchParams.get('audience') === 'customers' ? ('customers' as const) : ('staff' as const)
  return { kind, audience }
}

export async function loader({ request }: LoaderFunctionArgs) {
  const wish = wishOf(request)
  const profiles = await asStaff(request, 'settings:write', (ctx, { membership }) => givableProfiles(ctx, wish.audience, membership))
  return { ...wish, profiles, title: await pageTitle(request, 'signon', 'connect') }
}

export function action({ request }: ActionFunctionArgs) {
  return addSignOnProvider(request, wishOf(request).kind)
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewSignOn() {
  const { kind, audience, profiles } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as SignOnAnswer
  const { t } = useTranslation('signon')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/settings/sign-on' }]}
        title={t(`kinds.${kind}`)}
        below={`${t(`audiences.${audience}`)}. ${t(`audienceText.${audience}`)}`}
      />
      <div className="max-w-3xl">
        <Card id="directory" title={t('directory')}>
          <Form method="post" className="grid gap-5">
            <FormToken />
            <SignOnFields kind={kind} audience={audience} profiles={profiles} answer={answer} />
            <p className="text-sm text-muted">{t('addText')}</p>
            <div>
              <SubmitButton>{t('add')}</SubmitButton>
            </div>
          </Form>
        </Card>
      </div>
    </>
  )
}
