import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAccountBudgets } from '#app/reports/budgets/query.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { BudgetTable } from '#app/ui/usage/budget-table.tsx'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const accountId = orNotFound(isUuid(params.accountId) ? params.accountId : null)
  const page = orNotFound(await asStaff(request, 'account:read', (ctx) => readAccountBudgets(ctx, accountId)))
  return { ...page, accountId, title: await pageTitle(request, 'budget', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function AccountBudgets() {
  const { accountId, name, budgets } = useLoaderData<typeof loader>()
  const { t } = useTranslation(['budget', 'office'])
  return (
    <>
      <PageHeader
        crumbs={[
          { label: t('office:nav.accounts'), to: '/office/accounts' },
          { label: name, to: `/office/accounts/${accountId}` },
        ]}
        title={t('title')}
        below={t('officeLead')}
      />
      <Card isFlush>
        <BudgetTable budgets={budgets} isLinked={false} />
      </Card>
    </>
  )
}
