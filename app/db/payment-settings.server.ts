import type { TenantContext } from './context.server.ts'

/** How a seller deals with money that goes back. `refundApprovalAbove`: minor units by currency above which a second person lets it go. */
export type PaymentSettings = {
  readonly refundApprovalAbove: Readonly<Record<string, bigint>>
  readonly suspendsOnDispute: boolean
  /** How long requests to gateways and their answers are kept. */
  readonly exchangeMonths: number
}

const usual: PaymentSettings = { refundApprovalAbove: {}, suspendsOnDispute: false, exchangeMonths: 13 }

/** The seller's settings, or the usual ones: nobody else has to look, nothing is stopped, thirteen months are kept. */
export async function readPaymentSettings(ctx: TenantContext): Promise<PaymentSettings> {
  const row = await ctx.db.paymentSettings.findUnique({ where: { tenantId: ctx.tenantId } })
  if (!row) return usual
  const above = Object.entries(row.refundApprovalAbove as Record<string, string>)
  const { suspendsOnDispute, exchangeMonths } = row
  return { suspendsOnDispute, exchangeMonths, refundApprovalAbove: Object.fromEntries(above.map(([code, minor]) => [code, BigInt(minor)])) }
}

/** Keeps the seller's settings in place of those before. */
export async function savePaymentSettingsRow(ctx: TenantContext, settings: PaymentSettings): Promise<void> {
  const { tenantId, now } = ctx
  const above = Object.entries(settings.refundApprovalAbove).map(([code, minor]) => [code, minor.toString()])
  const data = { ...settings, refundApprovalAbove: Object.fromEntries(above) as Record<string, string>, changedAt: now }
  await ctx.db.paymentSettings.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data })
}
