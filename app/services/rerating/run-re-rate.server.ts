import {
  lockReRateRun,
  moveReRateRun,
  type NewReRateLine,
  nextOpenLines,
  saveReRateLines,
  settleEmptyLines,
  settleReRateLine,
} from '#app/db/usage/rerate-runs.server.ts'
import { contractsToReRate, unitsToReRate } from '#app/db/usage/rerating.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { FeeDifference } from './fee-differences.server.ts'
import { type ReRatedMonth, reRateContract } from './re-rate-contract.server.ts'

export type ReRateRunInput = { readonly runId: string }
export type PreviewReRateInput = ReRateRunInput & { readonly afterContractId: string | null }
export type ReRateRunError = 'run-not-found'

/** Contracts of one transaction of a dry run. */
const pageSize = 20

/** Works out the difference of the next contracts of a requested run. `lastContractId` is null when none are left. Safe to repeat. */
export async function previewNextContracts(
  process: TenantProcess<unknown>,
  { runId, afterContractId }: PreviewReRateInput,
): Promise<Result<{ readonly lastContractId: string | null }, ReRateRunError>> {
  const page = await process.inTenant(async (ctx) => {
    const run = await lockReRateRun(ctx, runId)
    if (run?.state !== 'requested') return run && { scope: run.scope, contractIds: [], units: [] }
    const contractIds = await contractsToReRate(ctx, run.scope, { afterId: afterContractId, limit: pageSize })
    return { scope: run.scope, contractIds, units: await unitsToReRate(ctx, run.scope, contractIds) }
  })
  if (!page) return err('run-not-found')
  const lines: NewReRateLine[] = []
  for (const contractId of page.contractIds) {
    const units = page.units.filter((unit) => unit.contractId === contractId)
    if (units.length > 0) lines.push(...(await dryRun(process, { runId, contractId, units, scope: page.scope })))
  }
  await process.inTenant((ctx) => saveReRateLines(ctx, runId, page.contractIds, lines))
  return ok({ lastContractId: page.contractIds.at(-1) ?? null })
}

/** Posts one contract and rolls it back: the dry run is what posting will do. */
async function dryRun(process: TenantProcess<unknown>, input: Parameters<typeof reRateContract>[1]): Promise<NewReRateLine[]> {
  const rolledBack = await process.inTenant(async (ctx) => ({ ok: false as const, error: (await reRateContract(ctx, input)).map(lineOf) }))
  return rolledBack.error.filter((line) => line.charges > 0)
}

/** Notes that the dry run is complete: it waits for a second person. */
export function markPreviewed(process: TenantProcess<unknown>, { runId }: ReRateRunInput): Promise<void> {
  return process.inTenant((ctx) => moveReRateRun(ctx, runId, { from: 'requested', to: 'previewed' }))
}

/**
 * Posts the next contract of an approved run: its months are rated once more, since usage may have come meanwhile, and the
 * difference to what stands now is charged. `isDone` when no line is left. A line that is posted is not posted again.
 */
export function postNextContract(process: TenantProcess<unknown>, { runId }: ReRateRunInput): Promise<{ readonly isDone: boolean }> {
  return process.inTenant(async (ctx) => {
    const run = await lockReRateRun(ctx, runId)
    const next = run?.state === 'approved' ? await nextOpenLines(ctx, runId) : undefined
    if (!run || !next) return { isDone: true }
    const units = (await unitsToReRate(ctx, run.scope, [next.contractId])).filter((unit) =>
      next.billingPeriods.includes(unit.billingPeriod),
    )
    const months = await reRateContract(ctx, { runId, contractId: next.contractId, units, scope: run.scope })
    for (const month of months) await settleReRateLine(ctx, runId, lineOf(month))
    await settleEmptyLines(ctx, runId, next.contractId)
    return { isDone: false }
  })
}

/** Notes that everything is posted. */
export function finishReRate(process: TenantProcess<unknown>, { runId }: ReRateRunInput): Promise<void> {
  return process.inTenant((ctx) => moveReRateRun(ctx, runId, { from: 'approved', to: 'applied' }))
}

/** What a re-rated month comes to, as a line of its run. */
export function lineOf({ unit, contract, usage, fees }: ReRatedMonth): NewReRateLine {
  const sum = (pick: (difference: FeeDifference) => Decimal) =>
    fees.reduce((total, difference) => total.plus(pick(difference)), new Decimal(0))
  return {
    accountId: contract.accountId,
    contractId: contract.id,
    billingPeriod: unit.billingPeriod,
    oldAmount: usage.oldAmount.plus(sum(({ before }) => before)),
    newAmount: usage.newAmount.plus(sum(({ before, fee }) => before.plus(fee.rated.amount))),
    currency: contract.currency,
    charges: usage.reversals.length + usage.corrections.length + fees.length,
  }
}
