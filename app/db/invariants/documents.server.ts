import type { TenantContext } from '../context.server.ts'
import type { SeriesName } from '../documents/number-series.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine, rowsOf } from './examined.server.ts'

/**
 * I5: documents that are not the sum of their lines and taxes, and taxes that are neither the rate of their base nor the part of the
 * gross that the rate makes. What a credit note takes back is judged by I9: its last one takes the remainder.
 */
export function wrongTotals(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      select i.number as id from invoices i
      left join lateral (
        select coalesce(sum(l.net_minor), 0) as net from invoice_lines l where l.tenant_id = i.tenant_id and l.invoice_id = i.id
      ) l on true
      left join lateral (
        select coalesce(sum(t.tax_minor), 0) as tax, coalesce(bool_or(
            t.base_minor <> (select coalesce(sum(x.net_minor), 0) from invoice_lines x
              where x.tenant_id = t.tenant_id and x.invoice_id = t.invoice_id and x.tax_category = t.category and x.tax_rate = t.rate)
            or i.document_type <> 'credit-note' and t.tax_minor not in (round(t.base_minor * t.rate / 100),
              round((t.base_minor + t.tax_minor) * t.rate / (100 + t.rate)))), false) as is_wrong
        from invoice_taxes t where t.tenant_id = i.tenant_id and t.invoice_id = i.id
      ) t on true
      where i.tenant_id = ${ctx.tenantId}::uuid
        and (i.net_minor <> l.net or i.tax_minor <> t.tax or i.total_minor <> i.net_minor + i.tax_minor or t.is_wrong)`,
  })
}

/** I7, first half: series whose numbers are not 1 to n, and counters that stand elsewhere. */
export function brokenNumbers(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      with taken as (
        select document_type, issuer, year, count(*) as documents, count(distinct sequence) as numbers, min(sequence) as first, max(sequence) as last
        from invoices where tenant_id = ${ctx.tenantId}::uuid group by document_type, issuer, year
      )
      select concat_ws(' ', coalesce(t.document_type, n.document_type), coalesce(t.year, n.year)) as id
      from taken t
      full join (select * from number_series where tenant_id = ${ctx.tenantId}::uuid) n
        on n.document_type = t.document_type and n.issuer = t.issuer and n.year = t.year
      where t.first is distinct from 1 and coalesce(n.last_number, 0) > 0 or t.documents <> t.last or t.numbers <> t.documents
        or coalesce(t.last, 0) <> coalesce(n.last_number, 0)`,
  })
}

/** Where a document stands in its series. */
export type SeriesPlace = SeriesName & { readonly sequence: number }
export type PlacedDocument = SeriesPlace & { readonly id: string; readonly number: string }

/** Documents in the order of their series, the next `limit` after `after`. */
export async function nextInSeries(ctx: TenantContext, after: SeriesPlace | null, limit: number): Promise<PlacedDocument[]> {
  return ctx.db.$queryRaw<PlacedDocument[]>`
    select id, number, document_type as "documentType", issuer, year, sequence from invoices
    where tenant_id = ${ctx.tenantId}::uuid and (${after?.documentType ?? null}::text is null
      or (document_type, issuer, year, sequence) > (${after?.documentType ?? null}::text, ${after?.issuer ?? null}::text, ${after?.year ?? null}::int, ${after?.sequence ?? null}::int))
    order by document_type, issuer, year, sequence limit ${limit}`
}

/** I8: contracts with more than one invoice of a run for the same period that counts. */
export function doubleInvoices(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      select concat_ws(' ', i.contract_id, i.document_type, i.period_start) as id
      from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.billing_run_id is not null and s.status <> 'void'
      group by i.contract_id, i.document_type, i.period_start having count(*) > 1`,
  })
}

/** I9: documents of which more was credited than they are over, in all or at one rate, or whose state says another sum. */
export function excessCredits(ctx: TenantContext): Promise<Examined> {
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      with credits as (
        select refers_to_id as invoice_id, sum(total_minor) as total from invoices
        where tenant_id = ${ctx.tenantId}::uuid and document_type = 'credit-note' group by refers_to_id
      ), rates as (
        select distinct n.refers_to_id as invoice_id
        from invoices n join invoice_taxes t on t.tenant_id = n.tenant_id and t.invoice_id = n.id
        where n.tenant_id = ${ctx.tenantId}::uuid and n.document_type = 'credit-note'
        group by n.tenant_id, n.refers_to_id, t.category, t.rate
        having abs(sum(t.tax_minor)) > (select coalesce(abs(sum(x.tax_minor)), 0) from invoice_taxes x
          where x.tenant_id = n.tenant_id and x.invoice_id = n.refers_to_id and x.category = t.category and x.rate = t.rate)
      )
      select i.number as id
      from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      left join credits c on c.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.document_type in ('invoice', 'debit-note')
        and (coalesce(c.total, 0) > i.total_minor or coalesce(c.total, 0) <> s.credited_minor or i.id in (select r.invoice_id from rates r))`,
  })
}

/** I11: documents that nobody took or refused although they are older than a day, and messages that went out twice. */
export function missingDeliveries(ctx: TenantContext): Promise<Examined> {
  const deadline = new Date(ctx.now.getTime() - 24 * 3_600_000)
  return examine(ctx, {
    rows: rowsOf(ctx, 'invoices'),
    broken: Prisma.sql`
      select i.number as id from invoices i
      where i.tenant_id = ${ctx.tenantId}::uuid and i.finalised_at < ${deadline} and not exists (
        select 1 from deliveries d where d.tenant_id = i.tenant_id and d.invoice_id = i.id
          and (d.accepted_at is not null or d.state in ('bounced', 'withheld')))
      union all
      select concat('message ', d.message_key) from deliveries d where d.tenant_id = ${ctx.tenantId}::uuid
      group by d.message_key having count(*) > 1`,
  })
}
