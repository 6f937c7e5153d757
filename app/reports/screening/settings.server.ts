import type { TenantContext } from '#app/db/context.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { type FraudSettings, largeOrderFrom } from '#app/domain/fraud/settings.ts'
import { type Money, money } from '#app/domain/money/money.ts'

export type ScreeningSettings = Omit<FraudSettings, 'largeOrder'> & {
  /** In each currency the seller sells in. */
  readonly largeOrder: readonly Money[]
}

/** How the seller screens. */
export async function readScreeningSettings(ctx: TenantContext): Promise<ScreeningSettings> {
  const { largeOrder, ...settings } = await readFraudSettings(ctx)
  const currencies = await ctx.db.$queryRaw<{ currency: string }[]>`
    select t.currency from tenants t where t.tenant_id = ${ctx.tenantId}::uuid
    union select b.currency from price_books b where b.tenant_id = ${ctx.tenantId}::uuid order by 1`
  return { ...settings, largeOrder: currencies.map(({ currency }) => money(largeOrderFrom({ largeOrder }, currency), currency)) }
}
