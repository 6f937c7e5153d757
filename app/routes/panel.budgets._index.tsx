import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { readAlerts, readBudgets } from '#app/reports/budgets/query.server.ts'
import { ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { AlertTable, BudgetTable } from '#app/ui/usage/budget-table.tsx'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'budget:read', async (ctx, { can }) => ({
    budgets: await readBudgets(ctx),
    alerts: await readAlerts(ctx),
    mayWrite: can('budget:write'),
  }))
  return { ...page, title: await pageTitle(request, 'budget', 'title') }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function Budgets() {
  const { budgets, alerts, mayWrite } = useLoaderData<typeof loader>()
  const { t } = useTranslation('budget')
  return (
    <>
      <PageHeader
        title={t('title')}
        below={t('lead')}
        actions={
          <>
            <ButtonLink to="/panel/account/notifications" look="secondary">
              {t('choices.title')}
            </ButtonLink>
            {mayWrite ? <ButtonLink to="/panel/budgets/new">{t('new')}</ButtonLink> : null}
          </>
        }
      />
      <div className="grid gap-6">
        <Card isFlush>
          <BudgetTable budgets={budgets} isLinked />
        </Card>
        <Card title={t('alerts')} isFlush>
          <AlertTable alerts={alerts} hasName />
        </Card>
      </div>
    </>
  )
}
