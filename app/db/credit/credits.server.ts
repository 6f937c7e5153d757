import type { CreditedBefore } from '#app/domain/invoice/credit-rests.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { FeeKind } from '#app/domain/pricing/price-rule.ts'
import type { TenantContext } from '../context.server.ts'

type TaxRow = { category: string; rate: string; currency: string; base: string; tax: string }
type LineRow = { lineId: string; currency: string; net: string; quantity: string }

/** What the credit notes of an invoice took of it so far. */
export async function readCredited(ctx: TenantContext, invoiceId: string): Promise<CreditedBefore> {
  const taxes = await ctx.db.$queryRaw<TaxRow[]>`
    select t.category, t.rate::text as rate, t.currency, sum(t.base_minor)::text as base, sum(t.tax_minor)::text as tax
    from invoices n join invoice_taxes t on t.tenant_id = n.tenant_id and t.invoice_id = n.id
    where n.tenant_id = ${ctx.tenantId}::uuid and n.refers_to_id = ${invoiceId}::uuid and n.document_type = 'credit-note'
    group by t.category, t.rate, t.currency`
  const lines = await ctx.db.$queryRaw<LineRow[]>`
    select l.credits_line_id as "lineId", l.currency, sum(l.net_minor)::text as net,
      coalesce(sum(l.billed_quantity) filter (where l.kind <> 'credit'), 0)::text as quantity
    from invoices n join invoice_lines l on l.tenant_id = n.tenant_id and l.invoice_id = n.id
    where n.tenant_id = ${ctx.tenantId}::uuid and n.refers_to_id = ${invoiceId}::uuid and n.document_type = 'credit-note'
      and l.credits_line_id is not null
    group by l.credits_line_id, l.currency`
  return {
    taxes: taxes.map(({ category, rate, currency, base, tax }) => ({
      category,
      rate: new Decimal(rate),
      base: money(BigInt(base), currency),
      tax: money(BigInt(tax), currency),
    })),
    lines: new Map(
      lines.map(({ lineId, currency, net, quantity }) => [lineId, { net: money(BigInt(net), currency), quantity: new Decimal(quantity) }]),
    ),
  }
}

/** By line of an invoice: the kind of fee of the charges it shows, which a corrected line does not say itself. */
export async function feeKindsOfLines(ctx: TenantContext, invoiceId: string): Promise<ReadonlyMap<string, FeeKind>> {
  const rows = await ctx.db.$queryRaw<{ lineId: string; feeKind: FeeKind }[]>`
    select distinct on (invoice_line_id) invoice_line_id as "lineId", fee_kind as "feeKind" from charges
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and invoice_line_id is not null
    order by invoice_line_id, fee_kind`
  return new Map(rows.map((row) => [row.lineId, row.feeKind]))
}

/**
 * Opens the charges of an invoice again, of `lineIds` only where given: the next run charges them anew. It waits for a run that is about to
 * invoice the contract. Returns how many.
 */
export async function releaseCharges(ctx: TenantContext, invoiceId: string, lineIds: readonly string[] | null): Promise<number> {
  await ctx.db.$executeRaw`
    select c.id from contracts c join invoices i on i.tenant_id = c.tenant_id and i.contract_id = c.id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = ${invoiceId}::uuid for no key update of c`
  return ctx.db.$executeRaw`
    update charges set invoice_id = null, invoice_line_id = null
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid
      and (${lineIds}::uuid[] is null or invoice_line_id = any (${lineIds}::uuid[]))`
}

/** Gives fixed discounts back what a void invoice took of them. */
export async function giveDiscountsBack(ctx: TenantContext, invoiceId: string): Promise<void> {
  await ctx.db.$executeRaw`
    update discounts d set remaining_minor = d.remaining_minor + u.amount_minor
    from discount_uses u
    where d.tenant_id = ${ctx.tenantId}::uuid and u.tenant_id = d.tenant_id and u.discount_id = d.id and u.invoice_id = ${invoiceId}::uuid
      and d.method = 'amount'`
}
