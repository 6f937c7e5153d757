import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { membersOf } from '#app/reports/people/members.server.ts'
import { AccountFacts, Members } from '#app/ui/account-facts.tsx'
import { ButtonLink } from '#app/ui/button.tsx'
import { PageHeader } from '#app/ui/page-header.tsx'
import { PublicId } from '#app/ui/public-id.tsx'
import { SecuritySection } from '#app/ui/security-section.tsx'
import { asCustomer, customerOf } from '#app/web/as-customer.server.ts'
import { asSeller } from '#app/web/as-seller.server.ts'
import { ownSessions } from '#app/web/own-sign-in.server.ts'
import { pageTitle } from '#app/web/page-title.server.ts'
import { orNotFound } from '#app/web/refuse.server.ts'
import { securityAction } from '#app/web/security-action.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, can } = await customerOf(request)
  const members = await asSeller(request, (ctx) => membersOf(ctx, accountId))
  const profile = orNotFound(await asCustomer(request, undefined, (ctx) => readAccountProfile(ctx, accountId, members)))
  return {
    profile,
    mayDeliver: can('delivery:write'),
    mayHook: can('webhook:write'),
    mayBudget: can('budget:write'),
    sessions: await ownSessions(request),
    title: await pageTitle(request, 'panel', 'nav.account'),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  await customerOf(request)
  return securityAction(request, '/panel/account')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Account() {
  const { profile, mayDeliver, mayHook, mayBudget, sessions } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['panel', 'budget', 'delivery'])
  return (
    <>
      <PageHeader
        title={t('nav.account')}
        beside={profile.name}
        below={<PublicId id={profile.publicId} isShort />}
        actions={
          <>
            {mayDeliver ? <HeaderLink to="/panel/account/delivery" label={t('delivery:settings')} /> : null}
            {mayBudget ? <HeaderLink to="/panel/account/notifications" label={t('budget:choices.title')} /> : null}
            {mayHook ? <HeaderLink to="/panel/account/webhooks" label={t('delivery:webhook.title')} /> : null}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <div className="grid grid-cols-1 gap-6">
          <AccountFacts profile={profile} />
          <Members members={profile.members} departments={profile.departments} />
        </div>
        <SecuritySection sessions={sessions} answer={answer} actionPath="/panel/account" />
      </div>
    </>
  )
}

function HeaderLink({ to, label }: { to: string; label: string }) {
  return (
    <ButtonLink to={to} look="secondary" size="small" className="h-9">
      {label}
    </ButtonLink>
  )
}
