import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccountProfile } from '#app/reports/account-profile/query.server.ts'
import { membersOf } from '#app/reports/people/members.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { PublicId } from '#app/ui/base/public-id.tsx'
import { AccountFacts, Members } from '#app/ui/people/account-facts.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, membership, can } = await customerOf(request)
  const members = can('member:read') ? await asSeller(request, (ctx) => membersOf(ctx, accountId)) : []
  const profile = orNotFound(await asCustomer(request, undefined, (ctx) => readAccountProfile(ctx, accountId, members)))
  return {
    profile,
    mayDeliver: can('delivery:write'),
    mayHook: can('webhook:write'),
    mayBudget: can('budget:write'),
    mayEdit: can('account:write'),
    mayOpenDepartments: profile.kind === 'enterprise' && can('department:write'),
    isOwner: membership.isOwner,
    title: await pageTitle(request, 'panel', 'nav.account'),
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Account() {
  const { profile, mayDeliver, mayHook, mayBudget, mayEdit, mayOpenDepartments, isOwner } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['panel', 'access', 'budget', 'delivery'])
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
            {mayEdit ? <HeaderLink to="/panel/account/company" label={t('access:company.edit')} /> : null}
            {mayOpenDepartments ? <HeaderLink to="/panel/departments" label={t('access:departments.title')} /> : null}
            {isOwner ? <HeaderLink to="/panel/account/data" label={t('access:data.title')} /> : null}
            {isOwner ? <HeaderLink to="/panel/account/close" label={t('access:closing.title')} /> : null}
          </>
        }
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <AccountFacts profile={profile} />
        {profile.members.length > 0 ? <Members members={profile.members} departments={profile.departments} /> : null}
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
