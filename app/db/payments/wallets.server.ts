import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** The balance of a buyer in one currency. */
export type WalletRow = { readonly id: string; readonly accountId: string; readonly currency: string }

/** The wallet of an account in a currency, opened when it has none, and held until the transaction ends: one change of it waits for the other. */
export async function lockWallet(ctx: TenantContext, accountId: string, currency: string): Promise<WalletRow> {
  await ctx.db.$executeRaw`
    insert into wallets (tenant_id, id, account_id, currency, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${accountId}::uuid, ${currency}, ${ctx.now})
    on conflict (tenant_id, account_id, currency) do nothing`
  const [row] = await lockWallets(ctx, [accountId], currency)
  if (!row) throw new Error(`account ${accountId} has no wallet in ${currency}`)
  return row
}

/** The wallets of accounts in a currency, held until the transaction ends, in the order of their ids; those that have none are left out. */
export function lockWallets(ctx: TenantContext, accountIds: readonly string[], currency: string): Promise<WalletRow[]> {
  return ctx.db.$queryRaw<WalletRow[]>`
    select id, account_id as "accountId", currency from wallets
    where tenant_id = ${ctx.tenantId}::uuid and account_id = any (${[...accountIds]}::uuid[]) and currency = ${currency}
    order by id for update`
}

/** Holds the wallet that settled a part of a document, before its state is held; nothing where none did. */
export async function lockWalletOfInvoice(ctx: TenantContext, invoiceId: string): Promise<void> {
  await ctx.db.$queryRaw`
    select w.id from wallets w
    where w.tenant_id = ${ctx.tenantId}::uuid and w.id in (
      select g.wallet_id from grant_uses u join credit_grants g on g.tenant_id = u.tenant_id and g.id = u.grant_id
      where u.tenant_id = ${ctx.tenantId}::uuid and u.invoice_id = ${invoiceId}::uuid)
    order by w.id for update`
}

/** Holds the wallet that a payment was put into, before the payment is held; nothing where it settles documents. */
export async function lockWalletOfPayment(ctx: TenantContext, paymentId: string): Promise<void> {
  await ctx.db.$queryRaw`
    select w.id from wallets w
    where w.tenant_id = ${ctx.tenantId}::uuid and w.id in (
      select g.wallet_id from top_ups t join credit_grants g on g.tenant_id = t.tenant_id and g.id = t.grant_id
      where t.tenant_id = ${ctx.tenantId}::uuid and t.payment_id = ${paymentId}::uuid)
    order by w.id for update`
}

/** What staff may give alone, in minor units of the seller's currency; null when nobody else is asked. */
export async function readApprovalLimit(ctx: TenantContext): Promise<bigint | null> {
  const [row] = await ctx.db.$queryRaw<{ minor: bigint | null }[]>`
    select approval_above_minor as minor from wallet_settings where tenant_id = ${ctx.tenantId}::uuid`
  return row?.minor ?? null
}

/** Keeps what staff may give alone. */
export async function saveApprovalLimit(ctx: TenantContext, minor: bigint | null, changedBy: string): Promise<void> {
  await ctx.db.$executeRaw`
    insert into wallet_settings (tenant_id, approval_above_minor, changed_by, changed_at)
    values (${ctx.tenantId}::uuid, ${minor}, ${changedBy}, ${ctx.now})
    on conflict (tenant_id) do update set approval_above_minor = excluded.approval_above_minor, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at`
}
