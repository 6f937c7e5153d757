import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { transferOfOrder } from '#app/db/orders/order-payments.server.ts'
import { awaitPayment } from '#app/db/orders/orders.server.ts'
import { closeExpectedPayment } from '#app/db/payments/expected-payments.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { announcePayment } from '../payments/announce-payment.server.ts'
import type { ChainedOrder } from './order-upstream.server.ts'

/** How many days a transfer may take before its order ends. */
export const transferDays = 10

export type OrderByTransfer = { readonly orderId: string; readonly accountId: string; readonly total: Money }

/** Announces the transfer by which an order is paid, of all its pieces: the order's own id finds it again. Refused where the seller names no bank account. */
export async function announceTransfer(
  ctx: TenantContext,
  { orderId, accountId, total: amount }: OrderByTransfer,
): Promise<Result<void, 'transfer-not-offered'>> {
  const seller = await ownTenant(ctx)
  if (!seller?.bank) return err('transfer-not-offered')
  const dueOn = addDays(localDateOf(ctx.now, seller.timeZone), transferDays)
  const announced = await announcePayment(ctx, { accountId, amount, dueOn, purpose: 'order', formKey: orderId })
  invariant(announced.ok, 'announceTransfer: an order was accepted that no transfer can pay')
  return ok(undefined)
}

/** The order whose transfer an order waits for: its own id, or that of its first piece. Null when none is awaited; then it goes on. Safe to repeat. */
export function awaitTransfer({ tenantId, orderId }: ChainedOrder): Promise<string | null> {
  return inTenant(tenantId, async (ctx) => {
    const transfer = await transferOfOrder(ctx, orderId)
    const isAwaited = transfer?.state === 'awaited'
    if (transfer) await awaitPayment(ctx, { orderId, isAwaited })
    return isAwaited ? transfer.id : null
  })
}

/** Waits for a transfer no more: what comes later is the buyer's own money. Safe to repeat. */
export async function giveUpTransfer({ tenantId, orderId }: ChainedOrder): Promise<void> {
  await inTenant(tenantId, async (ctx) => {
    const transfer = await transferOfOrder(ctx, orderId)
    const isWithdrawn = transfer !== null && (await closeExpectedPayment(ctx, transfer.id, { state: 'withdrawn' }))
    if (isWithdrawn)
      await audit(ctx, {
        action: 'payment.announcement-withdrawn',
        subjectKind: 'expected-payment',
        subjectId: transfer.id,
        detail: { orderId },
      })
  })
}
