import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, money } from '#app/domain/money/money.ts'

/** What an account owes and is about to owe, in the currency of the contract it is charged to. */
export type Balances = {
  readonly servers: number
  /** Rated for the account itself and not invoiced, net. */
  readonly accrued: Money
  /** Open invoices less what was paid on them, tax included; and the part of it that is past its date. */
  readonly due: Money
  readonly overdue: Money
}

type Row = {
  id: string
  currency: string
  servers: number
  accrued: string
  dueMinor: bigint
  overdueMinor: bigint
}

/** Balances of many accounts in one statement, by account id. Charges in another currency than the contract's are not counted. */
export async function readBalances(ctx: TenantContext, accountIds: readonly string[]): Promise<ReadonlyMap<string, Balances>> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select a.id, coalesce(k.currency, e.currency, t.currency) as currency, servers.n as servers, own.amount as accrued,
      open.due as "dueMinor", open.overdue as "overdueMinor"
    from accounts a
    join tenants t on t.tenant_id = a.tenant_id
    left join contracts k on k.tenant_id = a.tenant_id and k.account_id = a.id
    left join contracts e on e.tenant_id = a.tenant_id and e.account_id = a.parent_account_id
    cross join lateral (
      select count(*)::int as n from resources r
      where r.tenant_id = a.tenant_id and r.account_id = a.id and r.kind = 'server' and r.state <> 'deleted') servers
    cross join lateral (
      select coalesce(sum(c.amount), 0)::text as amount from charges c
      where c.tenant_id = a.tenant_id and c.account_id = a.id and c.invoice_id is null
        and c.currency = coalesce(k.currency, e.currency, t.currency)) own
    cross join lateral (
      select coalesce(sum(i.total_minor - s.paid_minor), 0)::bigint as due,
        coalesce(sum(i.total_minor - s.paid_minor) filter (where i.due_date < (${ctx.now} at time zone t.time_zone)::date), 0)::bigint as overdue
      from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      where i.tenant_id = a.tenant_id and i.account_id = a.id and s.status in ('open', 'partly-paid', 'overdue')
        and i.currency = coalesce(k.currency, e.currency, t.currency)) open
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = any (${[...accountIds]}::uuid[])`
  return new Map(rows.map((row) => [row.id, toBalances(row)]))
}

function toBalances({ currency, servers, accrued, dueMinor, overdueMinor }: Row): Balances {
  return {
    servers,
    accrued: fromDecimal(new Decimal(accrued), currency),
    due: money(dueMinor, currency),
    overdue: money(overdueMinor, currency),
  }
}
