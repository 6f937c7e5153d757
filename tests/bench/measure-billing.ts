import { inTenant } from '#app/db/context.server.ts'
import { creditNotAsSources } from '#app/db/invariants/credit.server.ts'
import { createBillingRun } from '#app/services/billing/create-billing-run.server.ts'
import { draftBillingRun, finaliseAllDrafts, runBilling } from '#app/services/billing/run-billing.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { type Note, timed } from './timed.ts'

/** Bills the few charges of May, so that the tables are those of a seller who bills and not empty ones. */
export async function billBefore(tenantId: string): Promise<void> {
  const outcome = await runBilling(processOf(tenantId, {}), await openRun(tenantId, '2026-05'))
  if (!outcome.ok || outcome.value.finalised === 0) throw new Error('May has no invoices')
}

/**
 * Bills June of the planted seller as a worker does: drafts and judges everything, then finalises.
 * @throws when an invoice is missing, or where an account stands is not the sum of what was booked.
 */
export async function measureBilling(tenantId: string, accounts: number, note: Note): Promise<{ readonly seconds: number }> {
  const input = await openRun(tenantId, '2026-06')
  const process = processOf(tenantId, {})

  const drafted = await timed(() => draftBillingRun(process, input))
  note(`drafted and judged: ${drafted.seconds.toFixed(2)} s, ${Math.round(accounts / drafted.seconds)} a second`)
  const finalised = await timed(() => finaliseAllDrafts(process, input))
  note(`finalised: ${finalised.seconds.toFixed(2)} s, ${Math.round(accounts / finalised.seconds)} a second`)
  if (finalised.result !== accounts) throw new Error(`${finalised.result} invoices of ${accounts}`)
  const { examined, violations, ids } = await inTenant(tenantId, creditNotAsSources)
  if (examined < accounts || violations > 0)
    throw new Error(`of ${examined} accounts the credit of ${violations} is not as booked: ${ids.join(', ')}`)
  return { seconds: drafted.seconds + finalised.seconds }
}

async function openRun(tenantId: string, month: string): Promise<{ readonly billingRunId: string }> {
  const created = await inTenant(tenantId, (ctx) => createBillingRun(ctx, { month }))
  if (!created.ok) throw new Error(created.error)
  return { billingRunId: created.value.billingRunId }
}
