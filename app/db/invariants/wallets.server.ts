import { prepaidBalance } from '#app/domain/ledger/chart.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/**
 * Balances that are not the sum of their grants in the books, in a currency; grants of which something else was used than their uses come to;
 * and paid ones that are not what their top-up says.
 */
export function balancesOtherwise(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from credit_grants where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      select concat_ws(' ', account_id, currency) as id from (
        select p.account_id, p.currency, -p.amount_minor as minor
        from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
        where p.tenant_id = ${ctx.tenantId}::uuid and a.code = ${prepaidBalance.code}
        union all
        select account_id, currency, -(amount_minor - used_minor - expired_minor - returned_minor - taken_minor) from credit_grants
        where tenant_id = ${ctx.tenantId}::uuid and state in ('active', 'expired')) s
      group by account_id, currency having sum(minor) <> 0
      union all
      select concat('grant ', g.id) from credit_grants g
      left join (
        select grant_id, sum(amount_minor - returned_minor) as minor from grant_uses where tenant_id = ${ctx.tenantId}::uuid group by grant_id
      ) u on u.grant_id = g.id
      left join top_ups t on t.tenant_id = g.tenant_id and t.grant_id = g.id
      where g.tenant_id = ${ctx.tenantId}::uuid and (coalesce(u.minor, 0) <> g.used_minor
        or (g.kind = 'top-up') <> (t.id is not null) or t.amount_minor <> g.amount_minor or t.returned_minor <> g.returned_minor + g.taken_minor)`,
  })
}
