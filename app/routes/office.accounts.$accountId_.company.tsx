import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDataHistory } from '#app/reports/account-profile/history.server.ts'
import { readAccountData } from '#app/reports/account-profile/query.server.ts'
import { AccountDataForm, AccountDataHistory } from '#app/ui/people/account-data-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { saveAccountData } from '#app/web/desks/account-data.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = await asStaff(request, 'account:read', async (ctx, { can }) => ({
    account: orNotFound(await readAccountData(ctx, accountId)),
    history: await readDataHistory(ctx, { accountId, namesSeller: true }),
    mayWrite: can('account:write'),
  }))
  return { ...page, accountId, title: await pageTitle(request, 'access', 'company.title') }
}

export function action({ request, params }: ActionFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const path = `/office/accounts/${accountId}/company`
  return saveAccountData(request, { accountId, path, run: (work) => asStaff(request, 'account:write', work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountCompany() {
  const { account, accountId, history, mayWrite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: account.name, to: `/office/accounts/${accountId}` },
        ]}
        title={t('company.title')}
        below={t('company.lead')}
      />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        {mayWrite ? <AccountDataForm account={account} answer={answer} /> : null}
        <AccountDataHistory history={history} />
      </div>
    </>
  )
}
