import { usualHeldMinutes } from '#app/domain/credit/reservation.ts'
import { usualRetryDays } from '#app/domain/payment-attempt/auto-pay.ts'
import type { TenantContext } from '../context.server.ts'

/** How a seller deals with payments. `refundApprovalAbove`: minor units by currency above which a second person lets money go back. */
export type PaymentSettings = {
  readonly refundApprovalAbove: Readonly<Record<string, bigint>>
  readonly suspendsOnDispute: boolean
  /** How long requests to gateways and their answers are kept. */
  readonly exchangeMonths: number
  /** How long an order holds credit while money or a person's word is awaited. */
  readonly heldMinutes: number
  /** On which days after the due date a failed collection is tried again, in order. */
  readonly retryDays: readonly number[]
  /** Whether fees of dunning are taxed as what was sold; interest never is. */
  readonly taxesDunningFees: boolean
}

const usual: PaymentSettings = {
  refundApprovalAbove: {},
  suspendsOnDispute: false,
  exchangeMonths: 13,
  heldMinutes: usualHeldMinutes,
  retryDays: usualRetryDays,
  taxesDunningFees: false,
}

/** The seller's settings, or the usual ones: nobody else has to look, nothing is stopped, thirteen months are kept. */
export async function readPaymentSettings(ctx: TenantContext): Promise<PaymentSettings> {
  const row = await ctx.db.paymentSettings.findUnique({ where: { tenantId: ctx.tenantId } })
  if (!row) return usual
  const { tenantId: _, changedAt: __, refundApprovalAbove, ...settings } = row
  const above = Object.entries(refundApprovalAbove as Record<string, string>)
  return { ...settings, refundApprovalAbove: Object.fromEntries(above.map(([code, minor]) => [code, BigInt(minor)])) }
}

/** Keeps the seller's settings in place of those before. */
export async function savePaymentSettingsRow(ctx: TenantContext, settings: PaymentSettings): Promise<void> {
  const { tenantId, now } = ctx
  const above = Object.entries(settings.refundApprovalAbove).map(([code, minor]) => [code, minor.toString()])
  const refundApprovalAbove = Object.fromEntries(above) as Record<string, string>
  const data = { ...settings, refundApprovalAbove, retryDays: [...settings.retryDays], changedAt: now }
  await ctx.db.paymentSettings.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data })
}

/** One saving of the settings, as the log keeps it. */
export type SavedSettings = {
  readonly at: Date
  /** Null: the system. */
  readonly by: string | null
  readonly heldMinutes: number | null
  readonly retryDays: readonly number[] | null
  readonly taxesDunningFees: boolean | null
}

/** How the settings were saved, the newest first; at most 50. What an older release did not know is null. */
export function savedPaymentSettings(ctx: TenantContext): Promise<SavedSettings[]> {
  return ctx.db.$queryRaw<SavedSettings[]>`
    select e.at, u.name as by, (e.detail ->> 'heldMinutes')::int as "heldMinutes",
      (select array_agg(d::int order by d::int) from jsonb_array_elements_text(e.detail -> 'retryDays') d) as "retryDays",
      (e.detail ->> 'taxesDunningFees')::boolean as "taxesDunningFees"
    from audit_entries e left join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = 'tenant' and e.subject_id = ${ctx.tenantId}
      and e.action = 'payment-settings.saved'
    order by e.at desc, e.id desc limit 50`
}
