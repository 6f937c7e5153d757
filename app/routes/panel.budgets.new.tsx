import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { budgetPeriods } from '#app/domain/budget/budget.ts'
import { readBudgetAccounts, readBudgetScopes, readBudgets } from '#app/reports/budgets/query.server.ts'
import { addBudget } from '#app/services/budgets/keep-budget.server.ts'
import { Card } from '#app/ui/base/card.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { PageHeader } from '#app/ui/shell/page-header.tsx'
import { BudgetForm } from '#app/ui/usage/budget-form.tsx'
import { budgetFieldOf, budgetFields, budgetOf } from '#app/web/desks/budget-form.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { pageTitle } from '#app/web/request/page-title.server.ts'
import { parseForm } from '#app/web/request/parse-form.server.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

const day = z.iso.date('invalid').optional()
const NewBudgetForm = z
  .object({
    ...budgetFields,
    accountId: uuid,
    parentId: uuid.optional(),
    scope: z.string().max(130).optional(),
    period: z.enum(budgetPeriods),
    startsOn: day,
    endsOn: day,
  })
  .refine(({ period, startsOn }) => period === 'month' || startsOn !== undefined, { path: ['startsOn'], message: 'required' })
  .refine(({ startsOn, endsOn }) => !startsOn || !endsOn || endsOn >= startsOn, { path: ['endsOn'], message: 'invalid' })

export async function loader({ request }: LoaderFunctionArgs) {
  const page = await asCustomer(request, 'budget:write', async (ctx, { accountId }) => ({
    accounts: await readBudgetAccounts(ctx),
    scopes: await readBudgetScopes(ctx),
    budgets: (await readBudgets(ctx)).filter((budget) => budget.parentId === null && budget.accountId === accountId),
    accountId,
  }))
  const parentId = new URL(request.url).searchParams.get('of')
  return { ...page, parent: page.budgets.find(({ id }) => id === parentId) ?? null, title: await pageTitle(request, 'budget', 'new') }
}

export async function action({ request }: ActionFunctionArgs) {
  const form = await parseForm(request, NewBudgetForm)
  if (!form.ok) return data({ fields: form.error, values: form.values }, { status: 422 })
  const { parentId, period, startsOn, endsOn } = form.value
  const values = Object.fromEntries(Object.entries(form.value).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  const answer = await asCustomer(request, 'budget:write', async (ctx, customer) => {
    const accounts = await readBudgetAccounts(ctx)
    const chosen = (await readBudgetScopes(ctx)).find(({ value }) => value === form.value.scope)
    if (form.value.scope && !chosen) return { fields: { scope: 'not-offered' } }
    // A project is of one account, whatever was chosen beside it.
    const accountId = chosen?.accountId ?? form.value.accountId
    const account = orNotFound(accounts.find(({ id }) => id === accountId))
    const confirmWith = orNotFound(accounts.find(({ id }) => id === customer.accountId)).name
    const typed = budgetOf(form.value, { currency: account.currency, confirmWith, stopped: 'none' })
    if ('fields' in typed) return typed
    const span = period === 'total' && startsOn ? { period, startsOn, endsOn: endsOn ?? null } : { period: 'month' as const }
    const result = await addBudget(ctx, {
      ...typed,
      span,
      accountId,
      parentId: parentId ?? null,
      ...(chosen ? { scope: chosen.scope } : {}),
    })
    return result.ok ? result.value : { fields: { [budgetFieldOf[result.error]]: result.error } }
  })
  if (typeof answer !== 'string') return data({ ...answer, values }, { status: 422 })
  return redirectWithToast(request, `/panel/budgets/${answer}`, 'saved')
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: page?.title }]

export default function NewBudget() {
  const { accounts, scopes, accountId, parent } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const { t } = useTranslation('budget')
  const { error, typed } = useFieldErrors(answer)
  const own = accounts.find(({ id }) => id === accountId)
  const choices = parent ? accounts.filter(({ isDepartment }) => isDepartment) : accounts
  return (
    <>
      <PageHeader
        crumbs={[{ label: t('title'), to: '/panel/budgets' }]}
        title={parent ? t('shareOf', { name: parent.name }) : t('new')}
        below={t(parent ? 'shareLead' : 'newLead')}
      />
      <Card className="max-w-2xl">
        <BudgetForm answer={answer} confirmWith={own?.name ?? ''}>
          <Select name="accountId" label={t('account')} defaultValue={typed('accountId') ?? choices[0]?.id} error={error('accountId')}>
            {choices.map(({ id, name, currency }) => (
              <option key={id} value={id}>
                {name} ({currency})
              </option>
            ))}
          </Select>
          {parent ? (
            <>
              <input type="hidden" name="parentId" value={parent.id} />
              <input type="hidden" name="period" value="month" />
            </>
          ) : (
            <>
              <ScopeField scopes={scopes} answer={answer} />
              <SpanFields answer={answer} />
            </>
          )}
        </BudgetForm>
      </Card>
    </>
  )
}

type ScopeFieldProps = {
  scopes: readonly { readonly value: string; readonly name: string }[]
  answer: Parameters<typeof useFieldErrors>[0]
}

/** What of the account is counted; nothing to choose where there are neither projects nor labels. */
function ScopeField({ scopes, answer }: ScopeFieldProps) {
  const { t } = useTranslation('budget')
  const { error, typed } = useFieldErrors(answer)
  if (scopes.length === 0) return null
  return (
    <Select name="scope" label={t('scope.label')} help={t('scope.help')} defaultValue={typed('scope') ?? ''} error={error('scope')}>
      <option value="">{t('scope.all')}</option>
      {scopes.map(({ value, name }) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </Select>
  )
}

function SpanFields({ answer }: { answer: Parameters<typeof useFieldErrors>[0] }) {
  const { t } = useTranslation('budget')
  const { error, typed } = useFieldErrors(answer)
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      <Select name="period" label={t('period.label')} defaultValue={typed('period') ?? 'month'} error={error('period')}>
        {budgetPeriods.map((period) => (
          <option key={period} value={period}>
            {t(`period.${period}`)}
          </option>
        ))}
      </Select>
      <TextInput
        name="startsOn"
        type="date"
        label={t('period.startsOn')}
        help={t('period.onlyTotal')}
        defaultValue={typed('startsOn')}
        error={error('startsOn')}
      />
      <TextInput name="endsOn" type="date" label={t('period.endsOn')} defaultValue={typed('endsOn')} error={error('endsOn')} />
    </div>
  )
}
