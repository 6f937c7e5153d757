import type { TenantContext } from '#app/db/context.server.ts'
import { type BillingSettings, readBillingSettings } from '#app/db/documents/billing-settings.server.ts'

/** How carefully the seller's runs go on by themselves, and the currencies it has contracts in. */
export async function readRunSettings(ctx: TenantContext): Promise<{ settings: BillingSettings; currencies: string[] }> {
  const settings = await readBillingSettings(ctx)
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    select t.currency from tenants t where t.tenant_id = ${ctx.tenantId}::uuid
    union select b.currency from price_books b where b.tenant_id = ${ctx.tenantId}::uuid`
  const known = new Set([...rows.map((row) => row.currency), ...Object.keys(settings.approvalAbove)])
  return { settings, currencies: [...known].sort() }
}
