import { neverOverdrawn, prepaidBalance } from '#app/domain/ledger/chart.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine, rowsOf } from './examined.server.ts'

/** I1: entries whose postings do not cancel out in a currency, or are not as many as the entry says. */
export function unbalancedEntries(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'ledger_postings'),
    broken: Prisma.sql`
      select e.id::text as id from ledger_entries e
      left join lateral (
        select count(*) as sides, count(*) filter (where balance <> 0) as open, coalesce(sum(postings), 0) as postings from (
          select count(*) as postings, sum(p.amount_minor) as balance from ledger_postings p
          where p.tenant_id = e.tenant_id and p.entry_id = e.id group by p.currency) c
      ) s on true
      where e.tenant_id = ${ctx.tenantId}::uuid and (s.open > 0 or s.postings <> e.posting_count)`,
  })
}

/** I2: daily balances that differ from the postings of their day, and buyers' money that was spent beyond what there was, other than what a bank took back of it afterwards. */
export function wrongBalances(ctx: TenantContext): Promise<Examined> {
  const kept = neverOverdrawn.map(({ code }) => code)
  return examine(ctx, {
    rows: rowsOf(ctx, 'ledger_balances'),
    broken: Prisma.sql`
      with stored as (
        select ledger_account_id, account_id, currency, booked_on, sum(debit_minor) as debit, sum(credit_minor) as credit
        from ledger_balances where tenant_id = ${ctx.tenantId}::uuid group by 1, 2, 3, 4
      ), posted as (
        select ledger_account_id, account_id, currency, booked_on, sum(greatest(amount_minor, 0)) as debit, sum(greatest(-amount_minor, 0)) as credit
        from ledger_postings where tenant_id = ${ctx.tenantId}::uuid group by 1, 2, 3, 4
      ), compared as (
        select ledger_account_id, account_id, currency, booked_on, sum(debit) as debit, sum(credit) as credit from (
          select * from stored
          union all
          select ledger_account_id, account_id, currency, booked_on, -debit, -credit from posted) s
        group by 1, 2, 3, 4 having sum(debit) <> 0 or sum(credit) <> 0
      )
      select concat_ws(' ', a.code, c.account_id, c.currency, c.booked_on) as id
      from compared c join ledger_accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = c.ledger_account_id
      union all
      select concat_ws(' ', a.code, p.account_id, p.currency, 'overdrawn') from posted p
      join ledger_accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = p.ledger_account_id
      where a.code = any (${kept}::text[])
      group by a.code, p.account_id, p.currency
      having sum(p.debit) > sum(p.credit) + case when a.code <> ${prepaidBalance.code} then 0 else coalesce((
        select sum(g.taken_minor) from credit_grants g
        where g.tenant_id = ${ctx.tenantId}::uuid and g.account_id = p.account_id and g.currency = p.currency), 0) end`,
  })
}

/** I6: documents whose total is not what the receivable was posted with, and void ones that were not taken back. */
export function documentsNotAsPosted(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      with posted as (
        select e.invoice_id, sum(p.amount_minor) filter (where e.kind <> 'void') as booked,
          coalesce(sum(p.amount_minor) filter (where e.kind = 'void'), 0) as voided
        from ledger_entries e
        join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
        join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = 'receivable'
        where e.tenant_id = ${ctx.tenantId}::uuid and e.kind in ('invoice', 'debit-note', 'credit-note', 'void')
        group by e.invoice_id
      )
      select i.number as id
      from invoices i
      join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      left join posted p on p.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid
        and (coalesce(p.booked, 0) <> case i.document_type when 'credit-note' then -i.total_minor when 'invoice' then i.total_minor
            when 'debit-note' then i.total_minor else 0 end
          or coalesce(p.voided, 0) <> case when s.status = 'void' then -coalesce(p.booked, 0) else 0 end)`,
  })
}

/** How long after its month began a part may wait to be given to it. */
const releaseHours = 24

/**
 * I2, second half: what is deferred of a kind of revenue that is not what later months earn of it. A month that has just begun may have
 * been given its part or not.
 */
export function deferredNotAsParts(ctx: TenantContext): Promise<Examined> {
  const before = new Date(ctx.now.getTime() - releaseHours * 3_600_000)
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from deferred_parts where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      with months as (
        select date_trunc('month', ${ctx.now} at time zone t.time_zone)::date as this, date_trunc('month', ${before} at time zone t.time_zone)::date as last
        from tenants t where t.tenant_id = ${ctx.tenantId}::uuid
      ), kinds as (
        select p.revenue_kind as kind, p.currency, sum(p.amount_minor) filter (where p.month > m.this) as later,
          sum(p.amount_minor) filter (where p.month > m.last) as just_before
        from deferred_parts p cross join months m where p.tenant_id = ${ctx.tenantId}::uuid group by 1, 2
      ), deferred as (
        select substr(a.code, length('deferred-revenue.') + 1) as kind, b.currency, sum(b.credit_minor - b.debit_minor) as minor
        from ledger_balances b
        join ledger_accounts a on a.tenant_id = b.tenant_id and a.id = b.ledger_account_id and starts_with(a.code, 'deferred-revenue.')
        where b.tenant_id = ${ctx.tenantId}::uuid group by 1, 2
      )
      select concat_ws(' ', 'deferred', coalesce(d.kind, k.kind), coalesce(d.currency, k.currency)) as id
      from kinds k full join deferred d on d.kind = k.kind and d.currency = k.currency
      where coalesce(d.minor, 0) not in (coalesce(k.later, 0), coalesce(k.just_before, 0))`,
  })
}
