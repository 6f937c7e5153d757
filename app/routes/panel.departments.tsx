import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readDepartments } from '#app/reports/accounts/departments.server.ts'
import { TextLink } from '#app/ui/base/text-link.tsx'
import { DepartmentForms, DepartmentList } from '#app/ui/people/departments-card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { departmentDeed } from '#app/web/desks/department-deeds.server.ts'
import { customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { accountId, can } = await customerOf(request, 'department:write')
  const departments = orNotFound(await asSeller(request, (ctx) => readDepartments(ctx, accountId)))
  return { ...departments, mayInvite: can('member:write'), title: await pageTitle(request, 'access', 'departments.title') }
}

export async function action({ request }: ActionFunctionArgs) {
  const { accountId } = await customerOf(request, 'department:write')
  return departmentDeed(request, { enterpriseId: accountId, path: '/panel/departments', run: (work) => asSeller(request, work) })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Departments() {
  const { rows, limit, mayInvite } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation(['access', 'panel'])
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('panel:nav.account'), to: '/panel/account' }]}
        title={t('departments.title')}
        below={t('departments.lead')}
        actions={mayInvite ? <TextLink to="/panel/members">{t('departments.invite')}</TextLink> : null}
      />
      <div className="grid grid-cols-1 items-start gap-6 2xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <DepartmentList rows={rows} />
        <div className="grid min-w-0 gap-6">
          <DepartmentForms rows={rows} limit={limit} answer={answer} />
        </div>
      </div>
    </>
  )
}
