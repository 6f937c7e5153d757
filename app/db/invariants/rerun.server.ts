import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { TaxBehaviour } from '#app/domain/tax/tax-lines.ts'
import type { TenantContext } from '../context.server.ts'

/** An invoice of a run whose charges are all still its own, and whether its prices include tax. */
export type SampledInvoice = { readonly id: string; readonly number: string; readonly behaviour: TaxBehaviour }

/**
 * At most `limit` invoices of billing runs, spread over all there are and the same ones each time. Void ones and those with credits are left
 * out: their charges may have moved on.
 */
export function sampleInvoices(ctx: TenantContext, limit: number): Promise<SampledInvoice[]> {
  return ctx.db.$queryRaw<SampledInvoice[]>`
    select i.id, i.number, b.tax_behaviour as behaviour
    from invoices i
    join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id and s.status <> 'void' and s.credited_minor = 0
    join contracts c on c.tenant_id = i.tenant_id and c.id = i.contract_id
    join price_books b on b.tenant_id = c.tenant_id and b.id = c.price_book_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.billing_run_id is not null and i.document_type = 'invoice'
    order by md5(i.id::text) limit ${limit}`
}

/** What the charges of one line come to, and what earlier invoices took and showed of the same thing. */
export type LineCharges = {
  readonly lineId: string
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly amount: Decimal
  readonly charges: number
  readonly before: { readonly amount: Decimal; readonly shown: Money } | null
}

type Row = Record<'lineId' | 'quantity' | 'includedQuantity' | 'billedQuantity' | 'unitPrice' | 'amount' | 'currency', string> & {
  charges: number
  beforeAmount: string | null
  beforeShown: string | null
}

/** The charges of an invoice, added up by line. Of usage the same thing is told as the billing tells it: user, subscription, price, tier, month. */
export async function chargesOfLines(ctx: TenantContext, invoiceId: string): Promise<LineCharges[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    with own as (
      select c.*, case when c.fee_kind = 'usage'
        then concat_ws('|', c.account_id, coalesce(c.subscription_id::text, '-'), c.meter, c.price_rule_id, c.billing_period, c.tier)
        else c.source_key end as key
      from charges c where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = ${invoiceId}::uuid and c.invoice_line_id is not null
    ), lines as (
      select invoice_line_id, min(key) as key, min(contract_id::text)::uuid as contract_id, min(billing_period) as billing_period, min(fee_kind) as fee_kind,
        sum(quantity) as quantity, sum(included_quantity) as included, sum(billed_quantity) as billed, min(unit_price) as unit_price,
        sum(amount) as amount, min(currency::text) as currency, count(*)::int as charges
      from own group by invoice_line_id
    ), earlier as (
      select l.invoice_line_id, c.invoice_line_id as shown_on, sum(c.amount) as amount
      from lines l
      join invoices i on i.tenant_id = ${ctx.tenantId}::uuid and i.id = ${invoiceId}::uuid
      join charges c on c.tenant_id = i.tenant_id and c.contract_id = l.contract_id and c.billing_period = l.billing_period and c.fee_kind = 'usage'
        and concat_ws('|', c.account_id, coalesce(c.subscription_id::text, '-'), c.meter, c.price_rule_id, c.billing_period, c.tier) = l.key
      join invoices o on o.tenant_id = c.tenant_id and o.id = c.invoice_id and (o.finalised_at, o.sequence) < (i.finalised_at, i.sequence)
      where l.fee_kind = 'usage'
      group by l.invoice_line_id, c.invoice_line_id
    )
    select l.invoice_line_id as "lineId", l.quantity::text, l.included::text as "includedQuantity", l.billed::text as "billedQuantity",
      l.unit_price::text as "unitPrice", l.amount::text, l.currency, l.charges,
      (select sum(e.amount)::text from earlier e where e.invoice_line_id = l.invoice_line_id) as "beforeAmount",
      (select coalesce(sum(n.net_minor), 0)::text from earlier e
       left join invoice_lines n on n.tenant_id = ${ctx.tenantId}::uuid and n.id = e.shown_on
       where e.invoice_line_id = l.invoice_line_id) as "beforeShown"
    from lines l`
  return rows.map(({ lineId, charges, currency, beforeAmount, beforeShown, ...numbers }) => ({
    lineId,
    charges,
    quantity: new Decimal(numbers.quantity),
    includedQuantity: new Decimal(numbers.includedQuantity),
    billedQuantity: new Decimal(numbers.billedQuantity),
    unitPrice: new Decimal(numbers.unitPrice),
    amount: new Decimal(numbers.amount),
    before: beforeAmount === null ? null : { amount: new Decimal(beforeAmount), shown: money(BigInt(beforeShown ?? '0'), currency) },
  }))
}

/** How many usage charges of invoices have a price per unit without limits, and ids of those that are not quantity times the price they name. */
export async function ratedOtherwise(
  ctx: TenantContext,
  invoiceIds: readonly string[],
): Promise<{ readonly rated: number; readonly ids: string[] }> {
  const [row] = await ctx.db.$queryRaw<{ rated: number; ids: string[] }[]>`
    with plain as (
      select c.id, c.amount = round(c.billed_quantity * p.unit_price, 12) as is_kept
      from charges c join price_rules p on p.tenant_id = c.tenant_id and p.id = c.price_rule_id
      where c.tenant_id = ${ctx.tenantId}::uuid and c.invoice_id = any (${invoiceIds}::uuid[]) and c.fee_kind = 'usage' and c.rerate_run_id is null
        and p.model = 'per-unit' and p.cap is null and p.minimum is null and p.quantity_step is null
    )
    select count(*)::int as rated, coalesce(array_agg(id::text order by id) filter (where not is_kept), '{}') as ids from plain`
  return row ?? { rated: 0, ids: [] }
}
