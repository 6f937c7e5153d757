import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { givableProfiles } from '#app/services/sign-on/provider-rules.server.ts'
import { Card } from '#app/ui/card.tsx'
import { FormToken } from '#app/ui/form-token.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { type SignOnAnswer, SignOnFields } from '#app/ui/sign-on-form.tsx'
import { SubmitButton } from '#app/ui/submit-button.tsx'
import { asStaff } from '#app/web/as-staff.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { addSignOnProvider } from '#app/web/sign-on-desk.server.ts'

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
