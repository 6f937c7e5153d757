import type { TenantContext } from '#app/db/context.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { type PaymentAttempt, targetsOf } from '#app/db/payments/payment-attempts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { clearingOf } from '#app/domain/ledger/chart.ts'
import { oldestFirst } from '#app/domain/payment/allocation.ts'
import { lesser, type Payment, unappliedOf } from '#app/domain/payment/payment.ts'
import type { AttemptTarget } from '#app/domain/payment-attempt/attempt-target.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { GatewayName } from '#app/ports/payment-gateway.ts'
import { allocatePayment } from '../payments/allocate-payment.server.ts'
import { recordPayment } from '../payments/record-payment.server.ts'

export type Capture = { readonly attempt: PaymentAttempt; readonly gateway: GatewayName }

/**
 * Records what an attempt captured, once, as money that its gateway holds, and settles the documents it was for, the one due first
 * first. What they do not need, and money for anything but documents, stays unapplied. Returns the payment's id.
 */
export async function postCapture(ctx: TenantContext, { attempt, gateway }: Capture): Promise<string> {
  const { id, accountId, captured, paymentRef } = attempt
  const tenant = await ownTenant(ctx)
  invariant(tenant, `tenant ${ctx.tenantId} is not there`)
  const recorded = await recordPayment(ctx, {
    accountId,
    method: gateway === 'paypal' ? 'wallet' : 'card',
    at: clearingOf(gateway),
    amount: captured,
    receivedOn: localDateOf(ctx.now, tenant.timeZone),
    reference: paymentRef,
    payer: null,
    sourceKey: `attempt:${id}`,
  })
  invariant(recorded.ok, `capture of attempt ${id}: ${recorded.ok ? '' : recorded.error}`)
  await settleTargets(ctx, recorded.value, await targetsOf(ctx, id))
  return recorded.value.id
}

/** Settles the documents among `targets` that are open still, none by more than was meant for it. */
async function settleTargets(ctx: TenantContext, payment: Payment, targets: readonly AttemptTarget[]): Promise<void> {
  const meant = new Map(targets.flatMap(({ kind, id, amount }) => (kind === 'invoice' ? [[id, amount] as const] : [])))
  if (meant.size === 0 || payment.allocated.minor > 0n) return
  const documents = await openDocuments(ctx, payment.accountId, payment.amount.currency)
  const payable = documents.flatMap((document) => {
    const share = meant.get(document.id)
    return share ? [{ ...document, open: lesser(share, document.open) }] : []
  })
  for (const { id: invoiceId, amount } of oldestFirst(unappliedOf(payment), payable)) {
    const allocated = await allocatePayment(ctx, { paymentId: payment.id, invoiceId, amount })
    invariant(allocated.ok, `capture of payment ${payment.id}: ${allocated.ok ? '' : allocated.error}`)
  }
}
