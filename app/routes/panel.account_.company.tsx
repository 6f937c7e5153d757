import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDataHistory } from '#app/reports/account-profile/history.server.ts'
import { readAccountData } from '#app/reports/account-profile/query.server.ts'
import { AccountDataForm, AccountDataHistory } from '#app/ui/people/account-data-form.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { saveAccountData } from '#app/web/desks/account-data.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId } = await customerOf(request, 'account:write')
  const page = await asSeller(request, async (ctx) => ({
    account: orNotFound(await readAccountData(ctx, accountId)),
    history: await readDataHistory(ctx, { accountId, namesSeller: false }),
  }))
  return { ...page, title: await pageTitle(request, 'access', 'company.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'account:write')
  return saveAccountData(request, { accountId, path: '/panel/account/company', run: (work) => asSeller(request, work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function OwnCompany() {
  const { account, history } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]} title={t('company.title')} below={t('company.lead')} />
      <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
        <AccountDataForm account={account} answer={answer} />
        <AccountDataHistory history={history} />
      </div>
    </>
  )
}
