import type { ChangeLimits } from '#app/domain/invoice/judge-draft.ts'
import type { TenantContext } from '../context.server.ts'

/** How carefully runs go on by themselves. `approvalAbove`: minor units by currency above which a second person approves. */
export type BillingSettings = ChangeLimits & {
  readonly wildSharePercent: number
  readonly approvalAbove: Readonly<Record<string, bigint>>
}

/** The usual: remarkable from 30 % on, wild from three times as much on, and no limit above which a second person must look. */
const usual: BillingSettings = { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: {} }

type Row = Omit<BillingSettings, 'approvalAbove'> & { readonly approvalAbove: Readonly<Record<string, string>> }

/** The seller's settings, or the usual ones. */
export async function readBillingSettings(ctx: TenantContext): Promise<BillingSettings> {
  const [row] = await ctx.db.$queryRaw<Row[]>`
    select approval_above as "approvalAbove", changed_percent as "changedPercent", wild_percent as "wildPercent",
      wild_share_percent as "wildSharePercent"
    from billing_settings where tenant_id = ${ctx.tenantId}::uuid`
  if (!row) return usual
  return {
    ...row,
    approvalAbove: Object.fromEntries(Object.entries(row.approvalAbove).map(([currency, minor]) => [currency, BigInt(minor)])),
  }
}

/** Keeps the seller's settings in place of those before. */
export async function saveBillingSettingsRow(ctx: TenantContext, settings: BillingSettings): Promise<void> {
  const { approvalAbove, changedPercent, wildPercent, wildSharePercent } = settings
  const limits = JSON.stringify(Object.fromEntries(Object.entries(approvalAbove).map(([currency, minor]) => [currency, minor.toString()])))
  await ctx.db.$executeRaw`
    insert into billing_settings (tenant_id, approval_above, changed_percent, wild_percent, wild_share_percent, changed_at)
    values (${ctx.tenantId}::uuid, ${limits}::jsonb, ${changedPercent}, ${wildPercent}, ${wildSharePercent}, ${ctx.now})
    on conflict (tenant_id) do update set approval_above = excluded.approval_above, changed_percent = excluded.changed_percent,
      wild_percent = excluded.wild_percent, wild_share_percent = excluded.wild_share_percent, changed_at = excluded.changed_at`
}
