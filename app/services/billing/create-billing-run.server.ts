import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { openBillingRun } from '#app/db/documents/billing-runs.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { monthOf } from '#app/domain/time/billing-month.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import { localDateOf, startOfDay } from '#app/domain/time/local-date.ts'
import { requestRun } from './request-run.server.ts'

/** A calendar month of the seller, e.g. `2026-06`. */
export type BillingMonthInput = { readonly month: string }
export type BillingMonthError = 'malformed-month' | 'period-not-over' | 'period-locked'

export type CreatedBillingRun = { readonly billingRunId: string; readonly isNew: boolean }

/**
 * Opens the run that closes a month of the seller, and lets it start once this transaction has committed. A month has one
 * run: a repeat finds it and starts it again, for whoever has no invoice of that month yet. Refuses a month that is not over
 * in the seller's zone, and one that is locked.
 */
export async function createBillingRun(
  ctx: TenantContext,
  input: BillingMonthInput,
): Promise<Result<CreatedBillingRun, BillingMonthError>> {
  const period = await monthPeriod(ctx, input.month)
  if (!period.ok) return period
  const { zone, start, end } = period.value
  if (startOfDay(end, zone).getTime() > ctx.now.getTime()) return err('period-not-over')
  return openRun(ctx, { start, end })
}

/** The run that closes whatever falls due in `window`, opened or started again; see `createBillingRun`. */
export async function openRun(ctx: TenantContext, window: LocalPeriod): Promise<Result<CreatedBillingRun, 'period-locked'>> {
  const { run, isNew } = await openBillingRun(ctx, { periodStart: window.start, periodEnd: window.end, requestedBy: actorName(ctx.actor) })
  if (run.lockedAt) return err('period-locked')
  await requestRun(ctx, run.id, 'draft')
  await audit(ctx, { action: 'billing-run.requested', subjectKind: 'billing-run', subjectId: run.id, detail: { ...window } })
  return ok({ billingRunId: run.id, isNew })
}

/** The local dates that a month spans in the seller's zone, over or not. */
export async function monthPeriod(ctx: TenantContext, month: string): Promise<Result<LocalPeriod & { zone: string }, 'malformed-month'>> {
  const match = /^(20\d{2})-(0[1-9]|1[0-2])$/.exec(month)
  if (!match) return err('malformed-month')
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  const span = monthOf(seller.timeZone, Number(match[1]), Number(match[2]))
  const dateOf = (instant: Date) => localDateOf(instant, seller.timeZone)
  return ok({ start: dateOf(span.start), end: dateOf(span.end), zone: seller.timeZone })
}
