import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { approveRun, type BillingRun, lockBillingRun, markRun, setRunLock } from '#app/db/documents/billing-runs.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { requestRun } from './request-run.server.ts'

export type SteerInput = { readonly billingRunId: string }
export type SteerError = 'billing-run-not-found' | 'wrong-state' | 'second-person-needed' | 'period-locked'

/**
 * Lets a held run go on. Above the seller's limit a second person must: whoever asked for the run is refused. What was drafted is what was
 * approved: a contract that comes to another total meanwhile is parked.
 */
export function approveBillingRun(ctx: TenantContext, input: SteerInput): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'approved', async (run) => {
    if (run.state !== 'held') return err('wrong-state')
    const approver = actorName(ctx.actor)
    if (run.heldReasons.includes('above-limit') && approver === run.requestedBy) return err('second-person-needed')
    await approveRun(ctx, run.id, approver)
    await markRun(ctx, run.id, 'finalising')
    await requestRun(ctx, run.id, 'finalise')
    return ok(undefined)
  })
}

/** Stops a run between two invoices; what is finalised stays. */
export function pauseBillingRun(ctx: TenantContext, input: SteerInput): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'paused', async (run) => {
    if (run.state !== 'requested' && run.state !== 'finalising') return err('wrong-state')
    await markRun(ctx, run.id, 'paused')
    return ok(undefined)
  })
}

/** Lets a paused run go on; one that was not approved where it must be is drafted and judged again. */
export function resumeBillingRun(ctx: TenantContext, input: SteerInput): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'resumed', async (run) => {
    if (run.state !== 'paused') return err('wrong-state')
    const wasApproved = run.approvedAt !== null
    await markRun(ctx, run.id, wasApproved ? 'finalising' : 'requested')
    await requestRun(ctx, run.id, wasApproved ? 'finalise' : 'draft')
    return ok(undefined)
  })
}

/** Drafts the parked contracts of a finished run anew, and finalises those that have become right; nobody else is touched. */
export function retryParked(ctx: TenantContext, input: SteerInput): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'retried', async (run) => {
    if (run.state !== 'finished') return err('wrong-state')
    if (run.lockedAt) return err('period-locked')
    await markRun(ctx, run.id, 'requested')
    await requestRun(ctx, run.id, 'retry-parked')
    return ok(undefined)
  })
}

/** Closes the period of a finished run: what comes late is billed with the next one. */
export function lockBillingPeriod(ctx: TenantContext, input: SteerInput): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'locked', async (run) => {
    if (run.lockedAt) return err('period-locked')
    if (run.state !== 'finished') return err('wrong-state')
    await setRunLock(ctx, run.id, actorName(ctx.actor))
    return ok(undefined)
  })
}

/** Opens a locked period again, for the reason that the audit trail keeps. */
export function unlockBillingPeriod(
  ctx: TenantContext,
  input: SteerInput & { readonly reason: string },
): Promise<Result<void, SteerError>> {
  return steer(ctx, input, 'unlocked', async (run) => {
    if (!run.lockedAt) return err('wrong-state')
    await setRunLock(ctx, run.id, null)
    return ok(undefined)
  })
}

/** Holds the run, lets `deed` change it, and leaves a trace of it. */
async function steer(
  ctx: TenantContext,
  input: SteerInput & { readonly reason?: string },
  name: string,
  deed: (run: BillingRun) => Promise<Result<void, SteerError>>,
): Promise<Result<void, SteerError>> {
  const run = await lockBillingRun(ctx, input.billingRunId)
  if (!run) return err('billing-run-not-found')
  const done = await deed(run)
  if (!done.ok) return done
  const detail = input.reason ? { from: run.state, reason: input.reason } : { from: run.state }
  await audit(ctx, { action: `billing-run.${name}`, subjectKind: 'billing-run', subjectId: run.id, detail })
  return done
}
