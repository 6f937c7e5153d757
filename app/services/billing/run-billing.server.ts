import { markRun, waitingDrafts } from '#app/db/billing-runs.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { finaliseInvoice } from '../invoices/finalise-invoice.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { draftRunPage } from './draft-contracts.server.ts'
import { parkDraft, parkingReasonOf } from './park-draft.server.ts'

/** Drafts finalised between two looks at the run; also what one job step does. */
const batchSize = 50

export type BillingRunInput = { readonly billingRunId: string }
export type BillingRunError = 'billing-run-not-found'

/**
 * Closes a period: drafts every contract, then finalises each draft in a transaction of its own. A contract that cannot be
 * billed is parked with its reason and stops nobody else. Safe to repeat, and to run twice at once: what is finalised stays.
 */
export async function runBilling(
  process: TenantProcess<unknown>,
  input: BillingRunInput,
): Promise<Result<{ finalised: number }, BillingRunError>> {
  const drafted = await draftBillingRun(process, input)
  if (!drafted.ok) return drafted
  let finalised = 0
  for (;;) {
    const batch = await finaliseNextDrafts(process, input)
    finalised += batch.finalised
    if (batch.isDone) break
  }
  await finishBillingRun(process, input)
  return ok({ finalised })
}

/** Drafts every contract, page by page in a transaction each. Drafts of an earlier try are made anew, finalised ones stay. */
export async function draftBillingRun(process: TenantProcess<unknown>, input: BillingRunInput): Promise<Result<void, BillingRunError>> {
  for (let afterContractId: string | null = null; ; ) {
    const page: DraftedContracts = await draftNextContracts(process, { ...input, afterContractId })
    if (!page.isKnown) return err('billing-run-not-found')
    if (page.lastContractId === null) break
    afterContractId = page.lastContractId
  }
  await markDrafted(process, input)
  return ok(undefined)
}

/** `lastContractId` is null when no contract was left; `isKnown` is false when the tenant has no such run. */
export type DraftedContracts = { readonly lastContractId: string | null; readonly isKnown: boolean }

/** Drafts the next contracts in order of id, after `afterContractId`. */
export async function draftNextContracts(
  process: TenantProcess<unknown>,
  input: BillingRunInput & { readonly afterContractId: string | null },
): Promise<DraftedContracts> {
  const page = await process.inTenant((ctx) => draftRunPage(ctx, input))
  return page.ok ? { lastContractId: page.value.lastContractId, isKnown: true } : { lastContractId: null, isKnown: false }
}

/** Notes that every contract has its draft. */
export async function markDrafted(process: TenantProcess<unknown>, input: BillingRunInput): Promise<void> {
  await process.inTenant((ctx) => markRun(ctx, input.billingRunId, 'drafted'))
}

export type FinalisedBatch = { readonly finalised: number; readonly isDone: boolean }

/** Finalises or sets aside the next drafts of the run that wait. `isDone` when none waited. */
export async function finaliseNextDrafts(process: TenantProcess<unknown>, input: BillingRunInput): Promise<FinalisedBatch> {
  const ids = await process.inTenant((ctx) => waitingDrafts(ctx, input.billingRunId, batchSize))
  let finalised = 0
  for (const draftId of ids) if (await finaliseOrPark(process, draftId)) finalised += 1
  return { finalised, isDone: ids.length === 0 }
}

/** Notes that the run is over. */
export async function finishBillingRun(process: TenantProcess<unknown>, input: BillingRunInput): Promise<void> {
  await process.inTenant((ctx) => markRun(ctx, input.billingRunId, 'finished'))
}

async function finaliseOrPark(process: TenantProcess<unknown>, draftId: string): Promise<boolean> {
  try {
    const outcome = await process.inTenant((ctx) => finaliseInvoice(ctx, { draftId }))
    return outcome.ok && outcome.value.isNew
  } catch (failure) {
    const problem = parkingReasonOf(failure)
    if (!problem) throw failure
    await process.inTenant((ctx) => parkDraft(ctx, { draftId, problem }))
    return false
  }
}
