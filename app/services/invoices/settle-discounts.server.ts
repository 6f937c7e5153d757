import { noteDiscountUses } from '#app/db/catalog/discounts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { InvoiceDraft } from '#app/domain/invoice/build-invoice.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

/** Notes what each discount took off a finalised invoice; of a fixed amount that much is gone. The contract is held meanwhile. */
export async function settleDiscounts(ctx: TenantContext, invoice: InvoiceDraft, invoiceId: string): Promise<void> {
  const uses = invoice.discounts
    .filter((step) => step.amount.minor !== 0n)
    .map(({ discount, amount }) => ({ discountId: discount.id, amountMinor: -amount.minor, isFixed: discount.value.method === 'amount' }))
  const { accountId, currency } = invoice
  const lowered = await noteDiscountUses(ctx, { invoiceId, accountId, currency }, uses)
  invariant(lowered === uses.filter((use) => use.isFixed).length, `invoice ${invoiceId} took more of a discount than was left`)
}
