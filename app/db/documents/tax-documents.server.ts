import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/**
 * A query of documents as they were booked in a period: each counts on the day of its entry, and counts back on the day it is credited or void.
 * What the parent issued (`issuer`) is the parent's to report. The tax is the buyer's country's where that rate was charged (Monaco's is France's, the Isle of Man's the United Kingdom's).
 */
export const taxedDocuments = (ctx: TenantContext, { from, to }: { readonly from: LocalDate; readonly to: LocalDate }) => Prisma.sql`
  select e.booked_on, e.kind, i.id as invoice_id, i.issuer, i.number, i.account_id, i.buyer, x.category, trim_scale(x.rate)::text as rate, x.reason,
    x.currency::text as currency, x.base_minor * f.sign as base_minor, x.tax_minor * f.sign as tax_minor,
    case when x.reason in ('destination-eu', 'destination-registered')
      then case i.buyer ->> 'country' when 'MC' then 'FR' when 'IM' then 'GB' else i.buyer ->> 'country' end
      else i.seller ->> 'country' end as country
  from ledger_entries e
  join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
  cross join lateral (select * from invoice_taxes t where t.tenant_id = i.tenant_id and t.invoice_id = i.id offset 0) x
  cross join lateral (select case when e.kind in ('credit-note', 'void') then -1 else 1 end as sign) f
  where e.tenant_id = ${ctx.tenantId}::uuid and e.booked_on >= ${from}::date and e.booked_on < ${to}::date
    and e.kind in ('invoice', 'debit-note', 'credit-note', 'void')`
