import type { TenantContext } from '#app/db/context.server.ts'
import {
  type PaymentSettings,
  readPaymentSettings,
  type SavedSettings,
  savedPaymentSettings,
} from '#app/db/payments/payment-settings.server.ts'
import { readRunSettings } from '../billing-runs/settings.server.ts'

/** The seller's settings for payments, how they were saved, and the currencies it may name a limit in. */
export async function readPaymentSettingsPage(
  ctx: TenantContext,
): Promise<{ readonly settings: PaymentSettings; readonly saved: readonly SavedSettings[]; readonly currencies: readonly string[] }> {
  const { currencies } = await readRunSettings(ctx)
  return { settings: await readPaymentSettings(ctx), saved: await savedPaymentSettings(ctx), currencies }
}
