import { joinProject, joinResource } from '#app/db/charges/charge-places.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

/** One charge of an invoice; decimals as exact texts, amounts before rounding in major units. */
type Row = {
  readonly id: string
  readonly account: string
  readonly resource: string | null
  readonly kind: string
  readonly meter: string | null
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly quantity: string
  readonly includedQuantity: string
  readonly billedQuantity: string
  readonly unit: string
  readonly unitPrice: string
  readonly amount: string
  readonly currency: string
  readonly isCorrection: boolean
  readonly isReRated: boolean
  /** Of a meter that the seller defined: its name as the document had it. */
  readonly meterName: string | null
  readonly project: string | null
}

const pageRows = 5_000

/** The head of the usage detail. */
export const usageHead: readonly string[] = [
  'account',
  'resource',
  'kind',
  'meter',
  'period_start',
  'period_end',
  'quantity',
  'included',
  'billed',
  'unit',
  'unit_price',
  'amount',
  'currency',
  'correction',
  'meter_name',
  'project',
]

/** Some lines of the usage detail; `lastId` is null when there are no more. */
export type UsagePage = { readonly rows: readonly (readonly string[])[]; readonly lastId: string | null }

/** The next charges an invoice was made of as cells, 5,000 at most, in order of id. Instants are UTC. */
export async function readInvoiceUsage(
  ctx: TenantContext,
  { invoiceId, afterId }: { readonly invoiceId: string; readonly afterId: string | null },
): Promise<UsagePage> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select c.id, a.name as account, c.resource_name as resource, c.fee_kind as kind, c.meter, c.period_start as "periodStart",
      c.period_end as "periodEnd", trim_scale(c.quantity)::text as quantity, trim_scale(c.included_quantity)::text as "includedQuantity",
      trim_scale(c.billed_quantity)::text as "billedQuantity", c.unit, trim_scale(c.unit_price)::text as "unitPrice",
      trim_scale(c.amount)::text as amount, c.currency, c.class = 'Correction' as "isCorrection",
      c.rerate_run_id is not null as "isReRated", coalesce(l.description #>> array['ownMeter', 'names', i.language], (
        select n.value from jsonb_each_text(l.description #> '{ownMeter,names}') n order by n.key limit 1)) as "meterName", j.name as project
    from charges c ${joinResource} ${joinProject}
    left join projects j on j.tenant_id = placed.tenant_id and j.id = placed.project_id
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    left join invoice_lines l on l.tenant_id = c.tenant_id and l.id = c.invoice_line_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = ${invoiceId}::uuid
      and (${afterId}::uuid is null or c.id > ${afterId}::uuid)
    order by c.id limit ${pageRows}`
  return { rows: rows.map(cells), lastId: rows.length < pageRows ? null : (rows.at(-1)?.id ?? null) }
}

function cells(row: Row): string[] {
  return [
    row.account,
    row.resource ?? '',
    row.kind,
    row.meter ?? '',
    row.periodStart.toISOString(),
    row.periodEnd.toISOString(),
    row.quantity,
    row.includedQuantity,
    row.billedQuantity,
    row.unit,
    row.unitPrice,
    row.amount,
    row.currency,
    row.isReRated ? 're-rated' : row.isCorrection ? 'yes' : '',
    row.meterName ?? '',
    row.project ?? '',
  ]
}
