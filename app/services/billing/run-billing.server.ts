import type { TenantContext } from '#app/db/context.server.ts'
import { lockBillingRun, markRun, readBillingRunRow } from '#app/db/documents/billing-runs.server.ts'
import { waitingDrafts } from '#app/db/documents/run-drafts.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { finaliseDrafts } from '../invoices/finalise-drafts.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { draftParkedPage, draftRunPage, nextRunPages } from './draft-contracts.server.ts'
import { inLanes } from './in-lanes.ts'
import { type JudgedRun, judgeBillingRun } from './judge-billing-run.server.ts'
import { parkDraft, parkingReasonOf } from './park-draft.server.ts'

/** Drafts finalised in one transaction. */
const batchSize = 200

/** Transactions of one step, between two looks at the run. */
const batchesInStep = 10

/** How many of them are under way at once: while one is worked out, the database writes another. */
const lanes = 4

export type BillingRunInput = { readonly billingRunId: string }
export type BillingRunError = 'billing-run-not-found'

/**
 * Closes a period: drafts what falls due, judges it as a whole, then finalises drafts batch by batch, unless the run must wait for a person. A contract that cannot be billed is parked with its reason and stops nobody else. Safe to repeat, and to run
 * twice at once: what is finalised stays.
 */
export async function runBilling(
  process: TenantProcess<unknown>,
  input: BillingRunInput,
): Promise<Result<{ finalised: number; isHeld: boolean }, BillingRunError>> {
  const drafted = await draftBillingRun(process, input)
  if (!drafted.ok) return drafted
  if (!drafted.value.mayFinalise) return ok({ finalised: 0, isHeld: true })
  return ok({ finalised: await finaliseAllDrafts(process, input), isHeld: false })
}

/** Finalises whatever is drafted, batch by batch. Returns how many invoices that made. */
export async function finaliseAllDrafts(process: TenantProcess<unknown>, input: BillingRunInput): Promise<number> {
  let finalised = 0
  for (;;) {
    const batch = await finaliseNextDrafts(process, input)
    finalised += batch.finalised
    if (batch.isDone) return finalised
  }
}

/** Drafts what falls due, page by page in a transaction each, and judges it. Drafts of an earlier try are made anew, finalised ones stay. */
export async function draftBillingRun(
  process: TenantProcess<unknown>,
  input: BillingRunInput,
): Promise<Result<JudgedRun, BillingRunError>> {
  for (let afterContractId: string | null = null; ; ) {
    const page: DraftedContracts = await draftNextContracts(process, { ...input, afterContractId })
    if (!page.isKnown) return err('billing-run-not-found')
    if (page.lastContractId === null) break
    afterContractId = page.lastContractId
  }
  return judgeDraftedRun(process, input)
}

/** `lastContractId` is null when no contract was left; `isKnown` is false when the tenant has no such run. */
export type DraftedContracts = { readonly lastContractId: string | null; readonly isKnown: boolean }

/** Drafts the next contracts in order of id, after `afterContractId`: some pages, in a transaction each. */
export async function draftNextContracts(
  process: TenantProcess<unknown>,
  input: BillingRunInput & { readonly afterContractId: string | null },
): Promise<DraftedContracts> {
  const begins = await process.inTenant((ctx) => nextRunPages(ctx, { ...input, pages: batchesInStep }))
  if (!begins.ok) return { lastContractId: null, isKnown: false }
  const pages = await inLanes(begins.value, lanes, (afterContractId) =>
    process.inTenant((ctx) => draftRunPage(ctx, { ...input, afterContractId })),
  )
  const last = pages.at(-1)
  return last?.ok ? { lastContractId: last.value.lastContractId, isKnown: true } : { lastContractId: null, isKnown: false }
}

/** Drafts the next parked contracts anew. `lastContractId` is null when none was left. */
export async function draftNextParked(
  process: TenantProcess<unknown>,
  input: BillingRunInput & { readonly afterContractId: string | null },
): Promise<DraftedContracts> {
  const page = await process.inTenant((ctx) => draftParkedPage(ctx, input))
  return page.ok ? { lastContractId: page.value.lastContractId, isKnown: true } : { lastContractId: null, isKnown: false }
}

/** Decides whether the run goes on by itself once everything is drafted. */
export function judgeDraftedRun(process: TenantProcess<unknown>, input: BillingRunInput): Promise<Result<JudgedRun, BillingRunError>> {
  return process.inTenant((ctx) => judgeBillingRun(ctx, input.billingRunId))
}

/** `isDone` when nothing is left to do now: all finalised, or the run waits for a person. */
export type FinalisedBatch = { readonly finalised: number; readonly isDone: boolean }

/** Finalises or sets aside the next drafts of the run that wait, unless it is paused, and notes its end when none waits. */
export async function finaliseNextDrafts(process: TenantProcess<unknown>, input: BillingRunInput): Promise<FinalisedBatch> {
  const { ids, isStopped } = await process.inTenant((ctx) => nextDrafts(ctx, input.billingRunId))
  if (isStopped) return { finalised: 0, isDone: true }
  const counts = await inLanes(inBatches(ids), lanes, (batch) => finaliseOrPark(process, batch))
  const finalised = counts.reduce((all, each) => all + each, 0)
  const isDone = ids.length === 0
  await process.inTenant((ctx) => noteProgress(ctx, input.billingRunId, isDone))
  return { finalised, isDone }
}

function inBatches(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / batchSize) }, (_, place) => ids.slice(place * batchSize, (place + 1) * batchSize))
}

/** The next drafts that wait for their number; none of a run that waits for a person. */
async function nextDrafts(ctx: TenantContext, billingRunId: string): Promise<{ ids: string[]; isStopped: boolean }> {
  const run = await readBillingRunRow(ctx, billingRunId)
  const isStopped = !run || run.state === 'held' || run.state === 'paused'
  return { ids: isStopped ? [] : await waitingDrafts(ctx, billingRunId, batchesInStep * batchSize), isStopped }
}

/** Counts what is done; a run that somebody paused meanwhile stays paused. */
async function noteProgress(ctx: TenantContext, billingRunId: string, isDone: boolean): Promise<void> {
  const run = await lockBillingRun(ctx, billingRunId)
  if (!run || run.state === 'held') return
  await markRun(ctx, billingRunId, run.state === 'paused' ? 'paused' : isDone ? 'finished' : 'finalising')
}

/**
 * Finalises the drafts in one transaction. When one of them breaks an assumption or is refused by the database, nothing is kept, and each is
 * tried by itself, so that the broken one alone is parked.
 */
async function finaliseOrPark(process: TenantProcess<unknown>, draftIds: readonly string[]): Promise<number> {
  try {
    return await process.inTenant((ctx) => finaliseDrafts(ctx, draftIds))
  } catch (failure) {
    const problem = parkingReasonOf(failure)
    if (!problem) throw failure
    const [draftId, ...others] = draftIds
    if (!draftId) return 0
    if (others.length === 0) {
      await process.inTenant((ctx) => parkDraft(ctx, { draftId, problem }))
      return 0
    }
  }
  let finalised = 0
  for (const draftId of draftIds) finalised += await finaliseOrPark(process, [draftId])
  return finalised
}
