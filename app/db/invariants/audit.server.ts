import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/**
 * I16: changes to money and documents that do not have exactly one trace, and traces that name nobody. Of a month that is closed and
 * opened again each closing has its own, and so has each refund of a payment that came back.
 */
export function changesNotAudited(ctx: TenantContext): Promise<Examined> {
  const tenant = Prisma.sql`tenant_id = ${ctx.tenantId}::uuid`
  return examine(ctx, {
    rows: Prisma.sql`select count(*) from audit_entries where ${tenant}`,
    broken: Prisma.sql`
      with changes (action, subject_id, is_repeated) as (
        select concat(i.document_type, '.finalised'), i.id::text, false from invoices i where i.${tenant}
        union all select 'invoice.voided', s.invoice_id::text, false from invoice_states s where s.${tenant} and s.status = 'void'
        union all select 'invoice.uncollectible', s.invoice_id::text, false from invoice_states s
          where s.${tenant} and s.status = 'uncollectible'
        union all select 'ledger-entry.reversed', e.reverses_id::text, false from ledger_entries e
          where e.${tenant} and e.kind = 'reversal' and e.reason is not null
            and not exists (select 1 from ledger_entries o where o.tenant_id = e.tenant_id and o.id = e.reverses_id
              and o.kind in ('allocation', 'rounding', 'write-off', 'refund', 'dispute-loss'))
        union all select 'payment.put-back', r.payment_id::text, true from payment_refunds r where r.${tenant} and r.reversed_at is not null
        union all select 'payment.recorded', p.id::text, false from payments p where p.${tenant}
        union all select 'tax-rate.withdrawn', r.id::text, false from tax_rates r where r.${tenant} and r.withdrawn_at is not null
        union all select 'accounting-period.closed', to_char(p.month, 'YYYY-MM'), true from accounting_periods p
          where p.${tenant} and p.state = 'closed'
      )
      select concat_ws(' ', c.action, c.subject_id) as id
      from changes c
      left join lateral (
        select count(*) as traces from audit_entries a where a.${tenant} and a.action = c.action and a.subject_id = c.subject_id
      ) t on true
      where t.traces = 0 or (t.traces > 1 and not c.is_repeated)
      union all
      select concat('trace ', a.id) from audit_entries a
      where a.${tenant} and coalesce(a.actor ->> 'name', a.actor ->> 'userId', a.actor ->> 'kind', '') = ''`,
  })
}
