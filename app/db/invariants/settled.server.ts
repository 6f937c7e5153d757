import { unappliedCash } from '#app/domain/ledger/chart.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine, rowsOf } from './examined.server.ts'

/** Documents of which more or less is settled than payments, roundings, credit, balance and payouts come to, and whose status says something else. */
export function settledOtherwise(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      with allocated as (
        select invoice_id, sum(amount_minor + rounding_minor) as minor from payment_allocations
        where tenant_id = ${ctx.tenantId}::uuid and reversed_at is null group by invoice_id
      ), credited as (
        select invoice_id, sum(amount_minor) as minor from credit_uses
        where tenant_id = ${ctx.tenantId}::uuid and reversed_at is null group by invoice_id
      ), prepaid as (
        select invoice_id, sum(amount_minor - returned_minor) as minor from grant_uses where tenant_id = ${ctx.tenantId}::uuid group by invoice_id
      ), offset_by as (
        select e.invoice_id, -sum(p.amount_minor) as minor from ledger_entries e
        join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
        join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = 'receivable'
        where e.tenant_id = ${ctx.tenantId}::uuid and e.kind = 'settlement' and e.invoice_id is not null group by e.invoice_id
      ), used as (
        select n.refers_to_id as invoice_id, sum(s.paid_minor - coalesce(u.minor, 0)) as minor
        from invoices n join invoice_states s on s.tenant_id = n.tenant_id and s.invoice_id = n.id
        left join (
          select credit_note_id, sum(amount_minor) as minor from credit_uses
          where tenant_id = ${ctx.tenantId}::uuid and reversed_at is null group by credit_note_id) u on u.credit_note_id = n.id
        where n.tenant_id = ${ctx.tenantId}::uuid and n.document_type = 'credit-note' group by n.refers_to_id
      )
      select i.number as id
      from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      left join allocated a on a.invoice_id = i.id
      left join credited c on c.invoice_id = i.id
      left join used u on u.invoice_id = i.id
      left join offset_by o on o.invoice_id = i.id
      left join prepaid w on w.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.document_type in ('invoice', 'debit-note')
        and (s.paid_minor <> s.applied_minor + coalesce(a.minor, 0) + coalesce(c.minor, 0) + coalesce(o.minor, 0)
            + coalesce(w.minor, 0)
          or coalesce(u.minor, 0) <> s.applied_minor
          or (s.status = 'paid') <> (s.paid_minor = s.total_minor and s.status <> 'void')
          or (s.status = 'open' and s.paid_minor > 0) or (s.status = 'partly-paid' and s.paid_minor = 0))`,
  })
}

/** Buyers whose unapplied cash in the books is not what their payments have left, in a currency. */
export function unappliedOtherwise(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from payments where tenant_id = ${ctx.tenantId}::uuid`,
    broken: Prisma.sql`
      select concat_ws(' ', account_id, currency) as id from (
        select p.account_id, p.currency, -p.amount_minor as minor
        from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
        where p.tenant_id = ${ctx.tenantId}::uuid and a.code = ${unappliedCash.code}
        union all
        select account_id, currency, -(amount_minor - allocated_minor - refunded_minor) from payments where tenant_id = ${ctx.tenantId}::uuid) s
      group by account_id, currency having sum(minor) <> 0`,
  })
}
