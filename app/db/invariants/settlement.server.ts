import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/** Payouts above what their items, freed reserves and the tax of their document come to. */
export function payoutsAboveItems(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from payouts where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      select p.id::text as id from payouts p
      where p.tenant_id = ${ctx.tenantId}::uuid and (
        p.released_minor <> (select coalesce(sum(i.amount_minor), 0) from settlement_items i
          where i.tenant_id = p.tenant_id and i.payout_id = p.id)
        or p.freed_minor <> (select coalesce(sum(r.reserve_minor), 0) from payouts r
          where r.tenant_id = p.tenant_id and r.reserve_freed_by = p.id))`,
  })
}

/** Children whose payable in the books is not what was counted for them, less what settled their invoices and what was paid. */
export function payableNotAsCounted(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from settlement_items where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      with booked as (
        select p.account_id, p.currency, -sum(p.amount_minor) as minor from ledger_postings p
        join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = 'payable-to-child'
        where p.tenant_id = ${ctx.tenantId}::uuid group by p.account_id, p.currency
      ), counted as (
        select account_id, currency, sum(minor) as minor from (
          select account_id, currency, amount_minor as minor from settlement_items
          where tenant_id = ${ctx.tenantId}::uuid and (kind in ('collected', 'tax') or kind = 'share' and payout_id is not null)
          union all
          select account_id, currency, tax_minor - offset_minor - case when state = 'paid' then payout_minor else 0 end from payouts
          where tenant_id = ${ctx.tenantId}::uuid
        ) parts group by account_id, currency
      )
      select coalesce(b.account_id, c.account_id)::text as id
      from booked b full join counted c on c.account_id = b.account_id and c.currency = b.currency
      where coalesce(b.minor, 0) <> coalesce(c.minor, 0)`,
  })
}
