import type { OpenedAlert, Standing } from '#app/db/charges/budget-standings.server.ts'
import type { Budget } from '#app/db/charges/budgets.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { openWebhookDelivery } from '#app/db/sellers/webhook-deliveries.server.ts'
import { endpointsFor } from '#app/db/sellers/webhook-endpoints.server.ts'
import { percentSpent } from '#app/domain/budget/budget.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { tellAccount } from './tell-account.server.ts'

export type TellAlertInput = OpenedAlert & { readonly budget: Budget; readonly standing: Standing }

/** Tells an account that its budget reached a step: by the ways it chose, and by webhook where it asked for those. */
export async function tellAlert(ctx: TenantContext, { id, step, budget, standing }: TellAlertInput): Promise<void> {
  const { accountId, amount, hardStop } = budget
  const spent = money(standing.spentMinor, amount.currency)
  const forecast = standing.forecastMinor === null ? null : money(standing.forecastMinor, amount.currency)
  const facts = {
    budgetId: budget.id,
    name: budget.name,
    step,
    hardStop,
    amount: json(amount),
    spent: json(spent),
    forecast: forecast && json(forecast),
    percent: percentSpent(amount, spent),
  }
  const told = await tellAccount(ctx, { accountId, topic: 'spend', code: 'budget-reached', facts, key: `budget-alert:${id}` })
  if (!told) return

  const eventType = 'budget.threshold-reached'
  const data = {
    budget_id: toPublicId('budget', budget.id),
    account_id: toPublicId('account', accountId),
    name: budget.name,
    step,
    amount: json(amount),
    spent: json(spent),
    forecast: forecast && json(forecast),
    period_start: standing.periodStart.toISOString(),
  }
  const body = JSON.stringify({ type: eventType, timestamp: ctx.now.toISOString(), data })
  for (const endpoint of await endpointsFor(ctx, eventType, accountId)) {
    if (endpoint.accountId !== null && !told.isPosted) continue
    const sourceKey = `${eventType}:${id}`
    const deliveryId = await openWebhookDelivery(ctx, {
      accountId: endpoint.accountId,
      endpointId: endpoint.id,
      sourceKey,
      eventType,
      body,
    })
    if (deliveryId) await enqueue(ctx, { name: 'webhook/opened', data: { tenantId: ctx.tenantId, deliveryId, round: 1 } })
  }
}

/** An amount as it leaves: minor units as text. */
function json({ minor, currency }: Money): { minor: string; currency: string } {
  return { minor: minor.toString(), currency }
}
