import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type PaymentSettings, savePaymentSettingsRow } from '#app/db/payments/payment-settings.server.ts'

/** Keeps how the seller deals with payments, in place of what it said before. */
export async function savePaymentSettings(ctx: TenantContext, settings: PaymentSettings): Promise<void> {
  await savePaymentSettingsRow(ctx, settings)
  const { suspendsOnDispute, exchangeMonths, heldMinutes, retryDays, taxesDunningFees } = settings
  const above = Object.entries(settings.refundApprovalAbove).map(([currency, minor]) => `${currency} ${minor}`)
  const detail = {
    suspendsOnDispute,
    exchangeMonths,
    refundApprovalAbove: above.join(', '),
    heldMinutes,
    retryDays: [...retryDays],
    taxesDunningFees,
  }
  await audit(ctx, { action: 'payment-settings.saved', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
}
