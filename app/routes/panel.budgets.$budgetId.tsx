import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readAlerts, readBudgetAccounts, readBudgets } from '#app/reports/budgets/query.server.ts'
import { changeBudget, endBudget } from '#app/services/budgets/keep-budget.server.ts'
import { AsOf } from '#app/ui/base/as-of.tsx'
import { Button, ButtonLink } from '#app/ui/base/button.tsx'
import { Card } from '#app/ui/base/card.tsx'
import { Money } from '#app/ui/base/money.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { BudgetForm } from '#app/ui/usage/budget-form.tsx'
import { AlertTable, BudgetTable, SpentBar } from '#app/ui/usage/budget-table.tsx'
import { budgetFieldOf, budgetFields, budgetOf } from '#app/web/desks/budget-form.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const EndForm = z.object({ deed: z.literal('end') })
const ChangeForm = z.object(budgetFields)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const budgetId = orNotFound(isUuid(params.budgetId) ? params.budgetId : null)
  const page = await asCustomer(request, 'budget:read', async (ctx, { accountId, can }) => {
    const budgets = await readBudgets(ctx)
    const budget = orNotFound(budgets.find(({ id }) => id === budgetId))
    const accounts = await readBudgetAccounts(ctx)
    return {
      budget,
      shares: budgets.filter(({ parentId }) => parentId === budgetId),
      alerts: await readAlerts(ctx, budgetId),
      confirmWith: accounts.find(({ id }) => id === accountId)?.name ?? '',
      mayWrite: can('budget:write'),
      mayShare:
        can('budget:write') &&
        budget.parentId === null &&
        budget.scope.kind === 'account' &&
        accounts.some(({ isDepartment }) => isDepartment),
    }
  })
  return { ...page, title: await pageTitle(request, 'budget', 'title') }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const budgetId = orNotFound(isUuid(params.budgetId) ? params.budgetId : null)
  if ((await parseForm(request.clone(), EndForm)).ok) {
    await asCustomer(request, 'budget:write', (ctx) => endBudget(ctx, budgetId))
    return redirectWithToast(request, '/panel/budgets', 'saved')
  }
  const form = await parseForm(request, ChangeForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const values = Object.fromEntries(Object.entries(form.value).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const refused = await asCustomer(request, 'budget:write', async (ctx, { accountId }) => {
    const budget = orNotFound((await readBudgets(ctx)).find(({ id }) => id === budgetId))
    const confirmWith = orNotFound((await readBudgetAccounts(ctx)).find(({ id }) => id === accountId)).name
    const typed = budgetOf(form.value, { currency: budget.amount.currency, confirmWith, stopped: budget.hardStop })
    if ('fields' in typed) return typed
    const result = await changeBudget(ctx, budgetId, typed)
    return result.ok ? null : { fields: { [budgetFieldOf[result.error]]: result.error } }
  })
  if (refused) return data({ ...refused, values }, { status: 422 })
  return redirectWithToast(request, `/panel/budgets/${budgetId}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function BudgetPage() {
  const { budget, shares, alerts, confirmWith, mayWrite, mayShare } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('budget')
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/panel/budgets' }]}
        title={budget.name}
        below={budget.refreshedAt ? <AsOf instant={budget.refreshedAt} /> : undefined}
        actions={mayShare ? <ButtonLink to={`/panel/budgets/new?of=${budget.id}`}>{t('share')}</ButtonLink> : undefined}
        facts={[
          { label: t('account'), value: budget.accountName },
          ...(budget.scopeName ? [{ label: t('scope.label'), value: <bdi>{budget.scopeName}</bdi> }] : []),
          { label: t('spent'), value: <SpentBar budget={budget} /> },
          ...(budget.forecast ? [{ label: t('forecast'), value: <Money amount={budget.forecast} /> }] : []),
          { label: t('amount'), value: <Money amount={budget.amount} /> },
        ]}
      />
      <div className="grid gap-6">
        {shares.length > 0 ? (
          <Card title={t('shares')} isFlush>
            <BudgetTable budgets={shares} isLinked />
          </Card>
        ) : null}
        <Card title={t('alerts')} isFlush>
          <AlertTable alerts={alerts} hasName={false} />
        </Card>
        {mayWrite ? (
          <Card title={t('change')} className="max-w-2xl">
            <BudgetForm
              key={budget.name + budget.hardStop + budget.amount.minor}
              budget={budget}
              answer={answer}
              confirmWith={confirmWith}
            />
            <Form method="post" className="mt-6 flex flex-wrap items-center justify-between gap-3 border-t border-border pt-4 text-sm">
              <FormToken />
              <span className="text-muted">{t('endText')}</span>
              <Button name="deed" value="end" look="danger" size="small">
                {t('end')}
              </Button>
            </Form>
          </Card>
        ) : null}
      </div>
    </>
  )
}
