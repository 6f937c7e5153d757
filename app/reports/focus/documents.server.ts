import type { TenantContext } from '#app/db/context.server.ts'
import type { FocusDocument } from '#app/domain/focus/rows-of-document.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'

/** Which documents a file holds: those of a billing month, of all buyers or of one. */
export type FocusScope = {
  /** First day of the month. */
  readonly monthStart: string
  /** The payer; null for every one that the reader sees. */
  readonly accountId: string | null
}

/** A document with what its rows are written in. */
export type FocusDocumentRow = { readonly document: FocusDocument; readonly language: string }

type Row = {
  id: string
  accountId: string
  number: string
  documentType: FocusDocument['documentType']
  sellerName: string
  buyerName: string
  buyerKind: string
  language: string
  periodStart: Date
  periodEnd: Date
  isCorrection: boolean
  currency: string
  netMinor: bigint
  /** What its charges come to in major units, and the lines they stand on, net and with tax, in minor units. */
  charged: string | null
  lineNet: string | null
  lineGross: string | null
}

const pageSize = 100

/**
 * The next documents of a billing month after `afterId`, at most 100, in order of id. An invoice belongs to the month in which its period
 * begins; a credit or debit note to the month of its date, and corrects when what it changes belongs to an earlier one. Void documents,
 * pro-formas and documents in the buyer's name are left out.
 */
export async function focusDocuments(ctx: TenantContext, scope: FocusScope, afterId: string | null): Promise<FocusDocumentRow[]> {
  const { monthStart, accountId } = scope
  const rows = await ctx.db.$queryRaw<Row[]>`
    with page as materialized (
      select i.*, t.time_zone,
        case when i.document_type = 'invoice' then i.period_start else ${monthStart}::date end as starts_on,
        case when i.document_type = 'invoice' then i.period_end else (${monthStart}::date + interval '1 month')::date end as ends_on
      from invoices i
      join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
      join tenants t on t.tenant_id = i.tenant_id
      where i.tenant_id = ${ctx.tenantId}::uuid and s.status <> 'void'
        and ((i.document_type = 'invoice' and i.period_start >= ${monthStart}::date and i.period_start < (${monthStart}::date + interval '1 month'))
          or (i.document_type in ('debit-note', 'credit-note')
            and i.issue_date >= ${monthStart}::date and i.issue_date < (${monthStart}::date + interval '1 month')))
        and (${accountId}::uuid is null or i.account_id = ${accountId}::uuid)
        and (${afterId}::uuid is null or i.id > ${afterId}::uuid)
      order by i.id limit ${pageSize}
    ), charged as (
      select c.invoice_id, c.invoice_line_id, sum(c.amount) as amount
      from charges c
      where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = any (array(select id from page)) and c.invoice_line_id is not null
      group by c.invoice_id, c.invoice_line_id
    ), sums as (
      select n.invoice_id, sum(n.amount)::text as charged, sum(l.net_minor)::text as net,
        sum(l.net_minor * (1 + l.tax_rate / 100))::text as gross
      from charged n join invoice_lines l on l.tenant_id = ${ctx.tenantId}::uuid and l.id = n.invoice_line_id
      group by n.invoice_id
    )
    select p.id, p.account_id as "accountId", p.number, p.document_type as "documentType", p.seller ->> 'legalName' as "sellerName",
      p.buyer ->> 'name' as "buyerName", p.buyer ->> 'kind' as "buyerKind", p.language,
      p.starts_on::timestamp at time zone p.time_zone as "periodStart", p.ends_on::timestamp at time zone p.time_zone as "periodEnd",
      p.document_type <> 'invoice' and coalesce(r.period_start < p.starts_on, false) as "isCorrection", p.currency,
      p.net_minor as "netMinor", s.charged, s.net as "lineNet", s.gross as "lineGross"
    from page p
    left join invoices r on r.tenant_id = p.tenant_id and r.id = p.refers_to_id
    left join sums s on s.invoice_id = p.id
    order by p.id`
  return rows.map((row) => ({ language: row.language, document: toDocument(row) }))
}

function toDocument(row: Row): FocusDocument {
  const { id, number, documentType, sellerName, isCorrection } = row
  return {
    id,
    number,
    documentType,
    sellerName,
    isCorrection,
    buyer: { id: toPublicId('account', row.accountId), name: row.buyerName, kind: row.buyerKind },
    period: { start: row.periodStart, end: row.periodEnd },
    net: money(row.netMinor, row.currency),
    isTaxInclusive: isTaxInclusive(row),
  }
}

/** Whether prices held tax follows from what charges and lines come to: a buyer does not see the price book. */
function isTaxInclusive({ charged, lineNet, lineGross, currency }: Row): boolean {
  if (charged === null || lineNet === null || lineGross === null) return false
  const unit = toDecimal(money(1n, currency))
  const off = (minor: string) => new Decimal(minor).times(unit).minus(charged).abs()
  return off(lineGross).lt(off(lineNet))
}

/** Whether the invoices of a billing month were made of more than `most` charges; counts no further than that. */
export async function hasMoreCharges(ctx: TenantContext, { monthStart, accountId }: FocusScope, most: number): Promise<boolean> {
  const [row] = await ctx.db.$queryRaw<{ charges: number }[]>`
    select count(*)::int as charges from (
      select 1 from invoices i join charges c on c.tenant_id = i.tenant_id and c.invoice_id = i.id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.document_type = 'invoice' and i.period_start >= ${monthStart}::date
        and i.period_start < (${monthStart}::date + interval '1 month')
        and (${accountId}::uuid is null or i.account_id = ${accountId}::uuid)
      limit ${most + 1}
    ) counted`
  return (row?.charges ?? 0) > most
}
