import { applyItems, type DueItem, failItems, lockDueItems } from '#app/db/apply-migrations.server.ts'
import { finishMigrations } from '#app/db/catalog/plan-migrations.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** Subscriptions of one transaction. */
const pageSize = 500

/**
 * Gives the next subscriptions whose time has come their new plan, exactly at the instant that was fixed, however late the job is.
 * One that ended or changed its plan meanwhile fails with its reason and stays as it is. `isDone` when nothing was due.
 * Safe to repeat: what is applied is not due any more.
 */
export function applyDueMigrations(
  process: TenantProcess<unknown>,
): Promise<{ readonly applied: number; readonly failed: number; readonly isDone: boolean }> {
  return process.inTenant(async (ctx) => {
    const due = await lockDueItems(ctx, pageSize)
    const failed = due.flatMap((item) => {
      const problem = problemOf(item)
      return problem ? [{ id: item.id, problem }] : []
    })
    const failedIds = new Set(failed.map(({ id }) => id))
    const applied = due.filter(({ id }) => !failedIds.has(id))
    await failItems(ctx, failed)
    await applyItems(ctx, applied)
    await finishMigrations(ctx)
    return { applied: applied.length, failed: failed.length, isDone: due.length < pageSize }
  })
}

function problemOf(item: DueItem): string | undefined {
  if (item.state !== 'active') return item.state === 'paused' ? 'subscription-paused' : 'subscription-ended'
  if (item.currentProductId !== item.fromProductId) return 'plan-changed'
  return item.startsAt > item.appliesAt ? 'plan-changed' : undefined
}
