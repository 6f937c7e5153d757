import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  closeExpectedPayment,
  type ExpectedPurpose,
  insertExpectedPayment,
  readExpectedPayment,
} from '#app/db/payments/expected-payments.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { expectedReference } from '#app/domain/payment/expected-payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'

export type AnnouncePaymentInput = {
  readonly accountId: string
  readonly amount: Money
  /** By which day it will have come. */
  readonly dueOn: LocalDate
  /** What it is for: documents unless said. */
  readonly purpose?: ExpectedPurpose
  /** One form is one announcement, however often it is sent. */
  readonly formKey: string
}
export type AnnouncePaymentError = 'amount-not-positive' | 'due-in-past' | 'account-not-found'

/** A buyer, or staff for it, announces a large payment by wire and gets the reference by which it is found again. */
export async function announcePayment(
  ctx: TenantContext,
  input: AnnouncePaymentInput,
): Promise<Result<{ readonly reference: string }, AnnouncePaymentError>> {
  const { accountId, amount, dueOn, formKey, purpose = 'settlement' } = input
  if (amount.minor <= 0n) return err('amount-not-positive')
  const account = await ctx.db.account.findFirst({ where: { id: accountId }, select: { id: true } })
  if (!account) return err('account-not-found')
  const seller = await ownTenant(ctx)
  invariant(seller, `tenant ${ctx.tenantId} is not there`)
  if (dueOn < localDateOf(ctx.now, seller.timeZone)) return err('due-in-past')

  const reference = expectedReference(formKey)
  await insertExpectedPayment(ctx, { id: formKey, accountId, reference, amount, dueOn, purpose })
  await audit(ctx, {
    action: 'payment.announced',
    subjectKind: 'expected-payment',
    subjectId: formKey,
    detail: { accountId, reference, amountMinor: amount.minor.toString(), currency: amount.currency, dueOn, purpose },
  })
  return ok({ reference })
}

/** Withdraws an announcement that was not answered yet. Safe to repeat. */
export async function withdrawAnnouncement(ctx: TenantContext, expectedPaymentId: string): Promise<Result<void, 'announcement-not-found'>> {
  if (!(await readExpectedPayment(ctx, expectedPaymentId))) return err('announcement-not-found')
  const isWithdrawn = await closeExpectedPayment(ctx, expectedPaymentId, { state: 'withdrawn' })
  if (isWithdrawn)
    await audit(ctx, { action: 'payment.announcement-withdrawn', subjectKind: 'expected-payment', subjectId: expectedPaymentId })
  return ok(undefined)
}
