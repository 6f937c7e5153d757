import { audit } from '#app/db/audit.server.ts'
import { openBillingRun } from '#app/db/billing-runs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { ownTenant } from '#app/db/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import type { RunPeriod } from './gather-facts.server.ts'

/** A calendar month of the seller, e.g. `2026-06`. */
export type BillingMonthInput = { readonly month: string }
export type BillingMonthError = 'malformed-month' | 'period-not-over'

export type CreatedBillingRun = { readonly billingRunId: string; readonly isNew: boolean }

/**
 * Opens the run that closes a month of the seller, and lets it start once this transaction has committed. A month has one
 * run: a repeat finds it and starts it again, for whoever has no invoice of that month yet. Refuses a month that is not over
 * in the seller's zone.
 */
export async function createBillingRun(
  ctx: TenantContext,
  input: BillingMonthInput,
): Promise<Result<CreatedBillingRun, BillingMonthError>> {
  const period = await closedPeriod(ctx, input.month)
  if (!period.ok) return period
  const requestedBy = ctx.actor.kind === 'user' ? ctx.actor.userId : ctx.actor.name
  const { run, isNew } = await openBillingRun(ctx, { periodStart: period.value.start, periodEnd: period.value.end, requestedBy })

  await requestRun(ctx, run.id)
  await audit(ctx, { action: 'billing-run.requested', subjectKind: 'billing-run', subjectId: run.id, detail: { ...period.value } })
  return ok({ billingRunId: run.id, isNew })
}

/** Lets a run start, or start again, once this transaction has committed. */
export async function requestRun(ctx: TenantContext, billingRunId: string): Promise<void> {
  const key = `billing-run:${billingRunId}:${ctx.now.toISOString()}`
  await enqueue(ctx, { name: 'billing/run.requested', data: { tenantId: ctx.tenantId, billingRunId }, key })
}

/** The local dates that a month spans, the end exclusive; only of a month that is over at `ctx.now`. */
export async function closedPeriod(ctx: TenantContext, month: string): Promise<Result<RunPeriod, BillingMonthError>> {
  const period = await monthPeriod(ctx, month)
  if (!period.ok) return period
  const { zone, start, end } = period.value
  return startOfDay(end, zone).getTime() > ctx.now.getTime() ? err('period-not-over') : ok({ start, end })
}

/** The local dates that a month spans in the seller's zone, over or not. */
export async function monthPeriod(ctx: TenantContext, month: string): Promise<Result<RunPeriod & { zone: string }, 'malformed-month'>> {
  const match = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(month)
  if (!match) return err('malformed-month')
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const span = monthOf(seller.timeZone, Number(match[1]), Number(match[2]))
  const dateOf = (instant: Date) => localDateOf(instant, seller.timeZone)
  return ok({ start: dateOf(span.start), end: dateOf(span.end), zone: seller.timeZone })
}
