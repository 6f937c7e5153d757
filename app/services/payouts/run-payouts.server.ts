import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockContracts } from '#app/db/documents/billing-facts.server.ts'
import { lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { addSettled } from '#app/db/payments/payment-allocations.server.ts'
import { findRun, insertPayout, lockRun, moveRun, openRun, type PayoutRunRow } from '#app/db/settlement/payouts.server.ts'
import { postingsOfChildOffset, postingsOfSelfBilled } from '#app/domain/ledger/settlement-rules.ts'
import { add, type Money, money } from '#app/domain/money/money.ts'
import { oldestFirst, settledStatus } from '#app/domain/payment/allocation.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { isPayable, needsApproval, type PlannedPayout, planPayout, planPayouts } from './gather-payouts.server.ts'
import { issueSelfBilled } from './self-billed-document.server.ts'

export type OpenPayoutRunError = 'in-the-future' | 'nothing-to-pay'

/** Opens the run of a day: what is due is paid once it is approved. A day has one run; who opens it again finds it. */
export async function openPayoutRun(
  ctx: TenantContext,
  { through }: { readonly through: LocalDate },
): Promise<Result<PayoutRunRow, OpenPayoutRunError>> {
  if (through > localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)) return err('in-the-future')
  const known = await findRun(ctx, through)
  if (known) return ok(known)
  const planned = await planPayouts(ctx, through)
  if (!planned.some(isPayable)) return err('nothing-to-pay')
  const run = await openRun(ctx, { through, isAboveLimit: await needsApproval(ctx, planned) })
  await audit(ctx, { action: 'payout-run.opened', subjectKind: 'payout-run', subjectId: run.id, detail: { through } })
  return ok(run)
}

export type ApprovePayoutRunError = 'run-not-found' | 'second-person-needed'

/** Lets a run pay; above the seller's limit not by who asked for it. Safe to repeat. */
export async function approvePayoutRun(
  ctx: TenantContext,
  { runId }: { readonly runId: string },
): Promise<Result<PayoutRunRow, ApprovePayoutRunError>> {
  const run = await lockRun(ctx, runId)
  if (!run) return err('run-not-found')
  if (run.state !== 'waiting') return ok(run)
  // What became due since it was opened counts, too.
  const isAboveLimit = run.isAboveLimit || (await needsApproval(ctx, await planPayouts(ctx, run.through)))
  if (isAboveLimit && run.requestedBy === actorName(ctx.actor)) return err('second-person-needed')
  await moveRun(ctx, run.id, 'approved')
  await audit(ctx, { action: 'payout-run.approved', subjectKind: 'payout-run', subjectId: run.id, detail: { through: run.through } })
  return ok(run)
}

/** Makes the payouts of an approved run, one contract a transaction: what was made stays, and a repeat makes the rest. Returns how many were made. */
export async function runPayouts(
  process: TenantProcess<unknown>,
  { runId }: { readonly runId: string },
): Promise<Result<number, 'run-not-approved'>> {
  const run = await process.inTenant((ctx) => lockRun(ctx, runId))
  if (!run || run.state === 'waiting') return err('run-not-approved')
  if (run.state === 'finished') return ok(0)
  const planned = await process.inTenant((ctx) => planPayouts(ctx, run.through))
  let made = 0
  for (const { releasable } of planned.filter(isPayable))
    made += await process.inTenant((ctx) =>
      makePayout(ctx, run, { contractId: releasable.contractId, currency: releasable.collected.currency }),
    )
  await process.inTenant((ctx) => moveRun(ctx, run.id, 'finished'))
  return ok(made)
}

async function makePayout(ctx: TenantContext, run: PayoutRunRow, own: { contractId: string; currency: string }): Promise<number> {
  await lockContracts(ctx, [own.contractId])
  const { through } = run
  const planned = await planPayout(ctx, { ...own, through })
  if (!planned || !isPayable(planned)) return 0
  const { releasable, terms, released, documentTax, freed, offset, reserve, payout } = planned
  const { accountId, share } = releasable
  const document = terms.settings.isSelfBilled && share.minor > 0n ? await issueSelfBilled(ctx, planned, through) : null
  const payoutId = await insertPayout(ctx, {
    ...own,
    through,
    runId: run.id,
    accountId,
    released,
    tax: documentTax,
    freed,
    offset,
    reserve,
    payout,
    reserveUntil: reserve.minor > 0n ? addDays(through, terms.settings.reserveDays) : null,
    invoiceId: document?.id ?? null,
  })
  await bookShare(ctx, planned, { payoutId, invoiceId: document?.id ?? null })
  await settleInvoices(ctx, planned, payoutId)
  await audit(ctx, {
    action: 'payout.made',
    subjectKind: 'payout',
    subjectId: payoutId,
    detail: { accountId, through, payoutMinor: payout.minor.toString(), offsetMinor: offset.minor.toString(), currency: payout.currency },
  })
  await enqueue(ctx, { name: 'payout/changed', data: { tenantId: ctx.tenantId, payoutId }, key: `payout-made:${payoutId}` })
  return 1
}

/** The child's share is bought from it, by the document or without one. */
async function bookShare(ctx: TenantContext, planned: PlannedPayout, made: { payoutId: string; invoiceId: string | null }): Promise<void> {
  const { accountId: childAccountId, share } = planned.releasable
  if (share.minor === 0n) return
  const total = add(share, planned.documentTax)
  const postings = postingsOfSelfBilled({ childAccountId, net: share, taxes: planned.documentTaxes, total })
  await postEntry(ctx, {
    sourceKey: `payout-share:${made.payoutId}`,
    kind: 'purchase',
    accountId: childAccountId,
    invoiceId: made.invoiceId,
    postings,
  })
}

/** What is held for the child settles its own open invoices, the one due first first. */
async function settleInvoices(
  ctx: TenantContext,
  { open, offset, releasable: { accountId } }: PlannedPayout,
  payoutId: string,
): Promise<void> {
  for (const { id: invoiceId, amount } of oldestFirst(offset, open)) {
    const state = await lockInvoiceState(ctx, invoiceId)
    invariant(state, `payout: invoice ${invoiceId} is not there`)
    const paid = add(money(state.paidMinor, state.currency), amount)
    const total: Money = money(state.totalMinor, state.currency)
    const isSettled = await addSettled(ctx, { invoiceId, minor: amount.minor, status: settledStatus({ total, paid, isGivenUp: false }) })
    invariant(isSettled, `payout: ${amount.minor} exceeds what is open of ${state.number}`)
    await postEntry(ctx, {
      sourceKey: `payout-offset:${payoutId}:${invoiceId}`,
      kind: 'settlement',
      accountId,
      invoiceId,
      postings: postingsOfChildOffset({ childAccountId: accountId, amount }),
    })
  }
}
