import { audit } from '#app/db/audit.server.ts'
import { readBillingRunRow } from '#app/db/billing-runs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { requestRun } from './create-billing-run.server.ts'

export type RepeatBillingRunInput = { readonly billingRunId: string }

/** Lets a run start once more, for the contracts it parked or found empty; what it finalised stays as it is. */
export async function repeatBillingRun(ctx: TenantContext, input: RepeatBillingRunInput): Promise<Result<void, 'billing-run-not-found'>> {
  const run = await readBillingRunRow(ctx, input.billingRunId)
  if (!run) return err('billing-run-not-found')
  await requestRun(ctx, run.id)
  await audit(ctx, { action: 'billing-run.repeated', subjectKind: 'billing-run', subjectId: run.id })
  return ok(undefined)
}
