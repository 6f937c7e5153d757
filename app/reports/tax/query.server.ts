import type { TenantContext } from '#app/db/context.server.ts'
import { taxedDocuments } from '#app/db/documents/tax-documents.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { RecapitulativeLine, TaxCheckLine, TaxDocument, TaxDocumentFilter, TaxPeriod, TaxReport, TaxReportLine } from './shape.ts'

/** The most lines, buyers and documents that are shown or written to a file. */
const most = 1_000

type LineRow = Omit<TaxReportLine, 'base' | 'tax'> & { readonly currency: string; readonly baseMinor: bigint; readonly taxMinor: bigint }

/** Tax of a period by country, category and rate, what was sold under reverse charge by buyer, and whether the books agree. */
export async function readTaxReport(ctx: TenantContext, period: TaxPeriod): Promise<TaxReport> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select country, category, rate, reason, currency, sum(base_minor)::bigint as "baseMinor", sum(tax_minor)::bigint as "taxMinor",
      count(distinct invoice_id)::int as documents
    from (${taxedDocuments(ctx, period)}) d
    where issuer = 'own'
    group by country, category, rate, reason, currency
    order by currency, country, category desc, rate::numeric desc, reason
    limit ${most}`
  const lines = rows.map(({ currency, baseMinor, taxMinor, ...line }) => ({
    ...line,
    base: money(baseMinor, currency),
    tax: money(taxMinor, currency),
  }))
  return { period, lines, recapitulative: await readRecapitulative(ctx, period), checks: await readChecks(ctx, period) }
}

type BuyerRow = Omit<RecapitulativeLine, 'base'> & { readonly currency: string; readonly baseMinor: bigint }

async function readRecapitulative(ctx: TenantContext, period: TaxPeriod): Promise<RecapitulativeLine[]> {
  const rows = await ctx.db.$queryRaw<BuyerRow[]>`
    select account_id as "accountId", buyer ->> 'vatId' as "vatId", max(buyer ->> 'name') as name, currency, sum(base_minor)::bigint as "baseMinor"
    from (${taxedDocuments(ctx, period)}) d
    where issuer = 'own' and reason = 'reverse-charge-eu'
    group by account_id, buyer ->> 'vatId', currency
    order by currency, name, account_id
    limit ${most}`
  return rows.map(({ currency, baseMinor, ...line }) => ({ ...line, base: money(baseMinor, currency) }))
}

type CheckRow = {
  readonly category: string
  readonly rate: string
  readonly currency: string
  readonly documents: bigint
  readonly booked: bigint
  readonly corrections: bigint
}

/** The tax of all documents, whoever issued them, beside what stands on the accounts of tax payable, by category and rate. */
async function readChecks(ctx: TenantContext, period: TaxPeriod): Promise<TaxCheckLine[]> {
  const rows = await ctx.db.$queryRaw<CheckRow[]>`
    with documents as (
      select category, rate, currency, sum(tax_minor)::bigint as minor from (${taxedDocuments(ctx, period)}) d group by category, rate, currency
    ), booked as (
      select split_part(a.code, '.', 2) as category, substring(a.code from '^tax-payable\\.[A-Z]+\\.(.*)$') as rate, p.currency::text as currency,
        coalesce(-sum(p.amount_minor) filter (where e.kind in ('invoice', 'debit-note', 'credit-note', 'void')), 0)::bigint as minor,
        coalesce(-sum(p.amount_minor) filter (where e.kind not in ('invoice', 'debit-note', 'credit-note', 'void')), 0)::bigint as other
      from ledger_accounts a
      join ledger_postings p on p.tenant_id = a.tenant_id and p.ledger_account_id = a.id
        and p.booked_on >= ${period.from}::date and p.booked_on < ${period.to}::date
      join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
      where a.tenant_id = ${ctx.tenantId}::uuid and a.code like 'tax-payable.%'
      group by 1, 2, 3
    )
    select coalesce(d.category, b.category) as category, coalesce(d.rate, b.rate) as rate, coalesce(d.currency, b.currency) as currency,
      coalesce(d.minor, 0)::bigint as documents, coalesce(b.minor, 0)::bigint as booked, coalesce(b.other, 0)::bigint as corrections
    from documents d full join booked b on b.category = d.category and b.rate = d.rate and b.currency = d.currency
    order by 3, 1 desc, 2
    limit ${most}`
  return rows.map(({ category, rate, currency, documents, booked, corrections }) => ({
    category,
    rate,
    documents: money(documents, currency),
    booked: money(booked, currency),
    corrections: money(corrections, currency),
  }))
}

type DocumentRow = Omit<TaxDocument, 'base' | 'tax'> & { readonly currency: string; readonly baseMinor: bigint; readonly taxMinor: bigint }

/** The documents behind one line of the report, by number. */
export async function readTaxDocuments(ctx: TenantContext, period: TaxPeriod, filter: TaxDocumentFilter): Promise<TaxDocument[]> {
  const rows = await ctx.db.$queryRaw<DocumentRow[]>`
    select invoice_id as "invoiceId", number, booked_on::text as "bookedOn", buyer ->> 'name' as buyer, kind, currency,
      base_minor::bigint as "baseMinor", tax_minor::bigint as "taxMinor"
    from (${taxedDocuments(ctx, period)}) d
    where issuer = 'own' and country = ${filter.country} and category = ${filter.category} and rate = ${filter.rate} and reason = ${filter.reason}
      and currency = ${filter.currency}
    order by booked_on, number, kind
    limit ${most}`
  return rows.map(({ currency, baseMinor, taxMinor, ...row }) => ({
    ...row,
    base: money(baseMinor, currency),
    tax: money(taxMinor, currency),
  }))
}
