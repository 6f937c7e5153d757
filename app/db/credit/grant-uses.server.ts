import { type Money, money } from '#app/domain/money/money.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type NewGrantUse = { readonly grantId: string; readonly accountId: string; readonly invoiceId: string; readonly amount: Money }

/** Saves uses in their order, and takes them off their grants. @throws Error when a grant has less. */
export async function insertGrantUses(ctx: TenantContext, uses: readonly NewGrantUse[]): Promise<void> {
  if (uses.length === 0) return
  const text = (pick: (use: NewGrantUse) => string) => sqlArray(uses, pick)
  await ctx.db.$executeRaw`
    insert into grant_uses (tenant_id, created_at, id, account_id, grant_id, invoice_id, currency, amount_minor)
    select ${ctx.tenantId}::uuid, ${ctx.now}, u.*
    from unnest(${text(() => newId())}::uuid[], ${text((u) => u.accountId)}::uuid[], ${text((u) => u.grantId)}::uuid[],
      ${text((u) => u.invoiceId)}::uuid[], ${text((u) => u.amount.currency)}::text[],
      ${text((u) => u.amount.minor.toString())}::bigint[]) as u`
  // The sums of a grant are checked by the table: one that would be overdrawn ends the transaction.
  await ctx.db.$executeRaw`
    update credit_grants g set used_minor = g.used_minor + u.minor
    from (
      select grant_id, sum(minor) as minor
      from unnest(${text((u) => u.grantId)}::uuid[], ${text((u) => u.amount.minor.toString())}::bigint[]) as n (grant_id, minor)
      group by grant_id) u
    where g.tenant_id = ${ctx.tenantId}::uuid and g.id = u.grant_id`
}

/** What of a grant stands on a document. */
export type StandingUse = { readonly id: string; readonly grantId: string; readonly invoiceId: string; readonly amount: Money }

type Columns = Omit<StandingUse, 'amount'> & { readonly currency: string; readonly minor: bigint }

function useOf({ currency, minor, ...facts }: Columns): StandingUse {
  return { ...facts, amount: money(minor, currency) }
}

/** What of grants stands on a document, in the order of use. */
export async function usesOfInvoice(ctx: TenantContext, invoiceId: string): Promise<StandingUse[]> {
  const rows = await ctx.db.$queryRaw<Columns[]>`
    select id, grant_id as "grantId", invoice_id as "invoiceId", currency, amount_minor - returned_minor as minor from grant_uses
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and returned_minor < amount_minor order by id`
  return rows.map(useOf)
}

/** Gives `minor` units of a use back to its grant, which may be spent again; false when less stands. */
export async function giveUseBack(
  ctx: TenantContext,
  use: { readonly id: string; readonly grantId: string; readonly minor: bigint },
): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update grant_uses set returned_minor = returned_minor + ${use.minor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${use.id}::uuid and returned_minor + ${use.minor} <= amount_minor`
  if (changed !== 1) return false
  await ctx.db.$executeRaw`
    update credit_grants set used_minor = used_minor - ${use.minor}, state = 'active'
    where tenant_id = ${ctx.tenantId}::uuid and id = ${use.grantId}::uuid`
  return true
}
