import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { peopleOfProvider, readProvider, signOnHost } from '#app/reports/sign-on/query.server.ts'
import { givableProfiles } from '#app/services/sign-on/provider-rules.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { SignOnAddressList } from '#app/ui/people/sign-on-addresses.tsx'
import { type SignOnAnswer, SignOnFields } from '#app/ui/people/sign-on-form.tsx'
import { SignOnPeople } from '#app/ui/people/sign-on-people.tsx'
import { SignOnState, SignOnTrial } from '#app/ui/people/sign-on-state.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { addressesFor, changeSignOnProvider } from '#app/web/desks/sign-on-desk.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The directory of the address, and the host that it leads to. */
function readPage(request: Request, providerId: string | undefined) {
  const id = orNotFound(isUuid(providerId) ? providerId : null)
  return asStaff(request, 'settings:write', async (ctx, { membership }) => {
    const provider = orNotFound(await readProvider(ctx, id))
    const profiles = await givableProfiles(ctx, provider.audience, membership)
    return { provider, host: await signOnHost(ctx), profiles, people: await peopleOfProvider(ctx, id) }
  })
}

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { provider, host, profiles, people } = await readPage(request, params.providerId)
  const addresses = addressesFor(host, provider.id)
  return { provider, profiles, people, addresses, title: await pageTitle(request, 'signon', 'title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { provider, host } = await readPage(request, params.providerId)
  return changeSignOnProvider(request, { id: provider.id, kind: provider.kind, host })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function SignOnProvider() {
  const { provider, profiles, people, addresses } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>() as SignOnAnswer
  const { t } = useTranslation('signon')
  const { name, kind, audience, state } = provider
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/office/settings/sign-on' }]}
        title={name}
        beside={<SignOnState state={state} />}
        below={`${t(`kinds.${kind}`)} · ${t(`audiences.${audience}`)}`}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <Card id="directory" title={t('directory')}>
          <Form method="post" className="grid gap-5">
            <FormToken />
            <SignOnFields kind={kind} audience={audience} profiles={profiles} kept={provider} answer={answer} />
            <div>
              <SubmitButton name="deed" value="change">
                {t('save')}
              </SubmitButton>
            </div>
          </Form>
        </Card>
        <div className="grid gap-6">
          <Card id="addresses" title={t('addresses')}>
            <SignOnAddressList kind={kind} addresses={addresses} />
          </Card>
          <Card id="use" title={t('use')} aside={<SignOnState state={state} />}>
            <Form method="post" className="grid gap-4">
              <FormToken />
              <SignOnTrial answer={answer} />
              <p className="text-sm text-muted">{t(provider.isTested || state === 'active' ? 'useText' : 'testFirst')}</p>
              <div className="flex flex-wrap gap-3">
                <SubmitButton name="deed" value="test">
                  {t('test')}
                </SubmitButton>
                {state === 'active' || provider.isTested ? (
                  <SubmitButton name="deed" value={state === 'active' ? 'off' : 'on'}>
                    {t(state === 'active' ? 'switchOff' : 'switchOn')}
                  </SubmitButton>
                ) : null}
              </div>
            </Form>
          </Card>
          <SignOnPeople people={people} />
        </div>
      </div>
    </>
  )
}
