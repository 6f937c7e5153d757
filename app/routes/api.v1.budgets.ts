import type { LoaderFunctionArgs } from '@remix-run/node'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { amount } from '#app/reports/api/views.ts'
import { readBudgets } from '#app/reports/budgets/query.server.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'budgets', async (ctx) => {
    const budgets = await readBudgets(ctx)
    const data = budgets.map((budget) => ({
      id: toPublicId('budget', budget.id),
      account_id: toPublicId('account', budget.accountId),
      name: budget.name,
      amount: amount(budget.amount),
      spent: budget.spent && amount(budget.spent),
      forecast: budget.forecast && amount(budget.forecast),
    }))
    return { data }
  })
}

export const action = loader
