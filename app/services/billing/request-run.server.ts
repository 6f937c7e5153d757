import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'

/** Where a run begins, or goes on: with drafts of everybody, of the parked ones only, or with numbers for what is drafted. */
export type RunStep = 'draft' | 'retry-parked' | 'finalise'

/** Lets a run start, or go on from `from`, once this transaction has committed. */
export async function requestRun(ctx: TenantContext, billingRunId: string, from: RunStep): Promise<void> {
  const key = `billing-run:${billingRunId}:${from}:${ctx.now.toISOString()}`
  await enqueue(ctx, { name: 'billing/run.requested', data: { tenantId: ctx.tenantId, billingRunId, from }, key })
}
