import type { LoaderFunctionArgs } from '@remix-run/node'
import { amount } from '#app/reports/api/views.ts'
import { readPanelDashboard } from '#app/reports/panel-dashboard/query.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'balance', async (ctx, { client, language }) => {
    // What is due and what is left of the limit are the whole account's.
    if (client.projectIds) return refused('permission-missing')
    const { asOf, monthStart, spendSoFar, forecast, due, accrued, credit, available } = await readPanelDashboard(ctx, {
      language,
      accountId: client.accountId,
    })
    return {
      as_of: asOf.toISOString(),
      month_start: monthStart,
      spend_so_far: amount(spendSoFar),
      forecast: amount(forecast),
      due: amount(due),
      accrued: amount(accrued),
      credit: amount(credit),
      available: available && amount(available),
    }
  })
}

export const action = loader
