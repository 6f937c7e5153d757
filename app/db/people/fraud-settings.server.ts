import type { SignUpScreening } from '#app/domain/fraud/judge-sign-up.ts'
import type { FraudReason } from '#app/domain/fraud/screen.ts'
import { type FraudSettings, type ScreeningScope, usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'

type Amounts = Readonly<Record<string, string>>

/** How the seller screens, or the usual way. */
export async function readFraudSettings(ctx: TenantContext): Promise<FraudSettings> {
  const { tenantId } = ctx
  const row = await ctx.db.fraudSettings.findUnique({ where: { tenantId } })
  if (!row) return usualFraudSettings
  const { weights, scope, signUps, largeOrder, changedAt: _at, changedBy: _by, tenantId: _tenant, ...numbers } = row
  return {
    ...numbers,
    scope: scope as ScreeningScope,
    signUps: signUps as SignUpScreening,
    weights: { ...usualFraudSettings.weights, ...(weights as Partial<Record<FraudReason, number>>) },
    largeOrder: Object.fromEntries(Object.entries(largeOrder as Amounts).map(([currency, minor]) => [currency, BigInt(minor)])),
  }
}

/** Keeps the seller's settings in place of those before. */
export async function saveFraudSettingsRow(ctx: TenantContext, { largeOrder, ...settings }: FraudSettings): Promise<void> {
  const amounts = Object.fromEntries(Object.entries(largeOrder).map(([currency, minor]) => [currency, minor.toString()]))
  const data = { ...settings, largeOrder: amounts, changedBy: actorName(ctx.actor), changedAt: ctx.now }
  const { tenantId } = ctx
  await ctx.db.fraudSettings.upsert({ where: { tenantId }, create: { tenantId, ...data }, update: data })
}
