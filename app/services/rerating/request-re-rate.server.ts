import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { approveReRateRun, lockReRateRun, moveReRateRun, openReRateRun, reRateTotals } from '#app/db/usage/rerate-runs.server.ts'
import type { ReRateScope } from '#app/db/usage/rerating.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type RequestReRateInput = { readonly scope: ReRateScope; readonly reason: string }
export type RequestReRateError = 'months-out-of-order' | 'too-many-months'

/** Months between two local dates that a run may span. */
const mostMonths = 36

/**
 * Asks for a re-rating. A job works out the difference of each contract and month; nothing is charged before a second person
 * has approved it.
 */
export async function requestReRate(
  ctx: TenantContext,
  input: RequestReRateInput,
): Promise<Result<{ readonly runId: string }, RequestReRateError>> {
  const { from, through } = input.scope
  if (through < from) return err('months-out-of-order')
  if (monthsBetween(from, through) > mostMonths) return err('too-many-months')
  const runId = await openReRateRun(ctx, { ...input, requestedBy: actorName(ctx.actor) })
  await enqueue(ctx, { name: 'rerate/requested', data: { tenantId: ctx.tenantId, runId }, key: `rerate:${runId}` })
  await audit(ctx, { action: 'rerate.requested', subjectKind: 'rerate-run', subjectId: runId, detail: { reason: input.reason } })
  return ok({ runId })
}

export type DecideReRateError = 'run-not-found' | 'not-previewed' | 'same-person'

/** Approves a dry run, and lets it be posted. Refuses the person who asked for it, and whoever is no person. */
export async function approveReRate(ctx: TenantContext, input: { readonly runId: string }): Promise<Result<void, DecideReRateError>> {
  const run = await lockReRateRun(ctx, input.runId)
  if (!run) return err('run-not-found')
  if (run.state !== 'previewed') return err('not-previewed')
  if (ctx.actor.kind !== 'user' || run.requestedBy === ctx.actor.userId) return err('same-person')

  await approveReRateRun(ctx, run.id, ctx.actor.userId)
  await enqueue(ctx, { name: 'rerate/approved', data: { tenantId: ctx.tenantId, runId: run.id }, key: `rerate-approved:${run.id}` })
  const totals = (await reRateTotals(ctx, run.id)).map(({ currency, oldAmount, newAmount }) => ({
    currency,
    old: oldAmount.toFixed(),
    new: newAmount.toFixed(),
  }))
  await audit(ctx, { action: 'rerate.approved', subjectKind: 'rerate-run', subjectId: run.id, detail: { totals } })
  return ok(undefined)
}

/** Drops a dry run for good; anybody may, the person who asked too. */
export async function refuseReRate(
  ctx: TenantContext,
  input: { readonly runId: string },
): Promise<Result<void, Exclude<DecideReRateError, 'same-person'>>> {
  const run = await lockReRateRun(ctx, input.runId)
  if (!run) return err('run-not-found')
  if (run.state !== 'previewed') return err('not-previewed')
  await moveReRateRun(ctx, run.id, { from: 'previewed', to: 'refused' })
  await audit(ctx, { action: 'rerate.refused', subjectKind: 'rerate-run', subjectId: run.id })
  return ok(undefined)
}

function monthsBetween(from: string, through: string): number {
  const [a, b] = [from, through].map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))) as [number, number]
  return b - a + 1
}
