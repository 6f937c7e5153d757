import type { PostedTax } from '#app/domain/ledger/postings.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { feesAt, readFees } from '#app/domain/pricing/markup/offered-fee.ts'
import type { SoldDocument, SoldLine } from '#app/domain/settlement/paid-sale.ts'
import type { TaxCategory } from '#app/domain/tax/determine-tax.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/** A document of the child as far as its parent may know it, and what payments cover of it. */
export type PaidDocument = SoldDocument & {
  readonly taxes: readonly PostedTax[]
  readonly currency: string
  /** By payments and topped-up balance that stand, and of that by money the parent holds. */
  readonly paidMinor: bigint
  readonly heldByParentMinor: bigint
}

type DocumentRow = {
  currency: string
  netMinor: bigint
  totalMinor: bigint
  paidMinor: bigint
  heldMinor: bigint
  taxes: { category: TaxCategory; rate: string; taxMinor: string }[]
}

/**
 * A document of this tenant for its parent: no names, no numbers. Paid is what came in for it, also ahead; credit that the seller gave is
 * no money. Undefined when it asks for no money, or is withdrawn.
 */
export async function readPaidDocument(ctx: TenantContext, invoiceId: string): Promise<PaidDocument | undefined> {
  const [row] = await ctx.db.$queryRaw<DocumentRow[]>`
    with money as (
      select payment_id, amount_minor as minor from payment_allocations
      where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and reversed_at is null
      union all
      select t.payment_id, u.amount_minor - u.returned_minor from grant_uses u
      join top_ups t on t.tenant_id = u.tenant_id and t.grant_id = u.grant_id
      where u.tenant_id = ${ctx.tenantId}::uuid and u.invoice_id = ${invoiceId}::uuid)
    select i.currency, i.net_minor as "netMinor", i.total_minor as "totalMinor",
      coalesce((select sum(m.minor) from money m), 0)::bigint as "paidMinor",
      coalesce((select sum(m.minor) from money m
        join payments p on p.tenant_id = i.tenant_id and p.id = m.payment_id and p.held_at = 'receivable-from-parent'), 0)::bigint as "heldMinor",
      (select coalesce(jsonb_agg(jsonb_build_object('category', t.category, 'rate', trim_scale(t.rate)::text, 'taxMinor', t.tax_minor::text)
        order by t.category, t.rate), '[]'::jsonb) from invoice_taxes t where t.tenant_id = i.tenant_id and t.invoice_id = i.id) as taxes
    from invoices i
    where i.tenant_id = ${ctx.tenantId}::uuid and i.id = ${invoiceId}::uuid and i.document_type in ('invoice', 'debit-note')
      and i.total_minor > 0`
  if (!row) return undefined
  const { currency, netMinor, totalMinor, paidMinor, heldMinor, taxes } = row
  return {
    currency,
    net: money(netMinor, currency),
    total: money(totalMinor, currency),
    lines: await soldLines(ctx, invoiceId, currency),
    taxes: taxes.map(({ category, rate, taxMinor }) => ({ category, rate: new Decimal(rate), tax: money(BigInt(taxMinor), currency) })),
    paidMinor,
    heldByParentMinor: heldMinor,
  }
}

type LineRow = {
  feeKind: string
  meter: string | null
  hasAllowance: boolean
  netMinor: bigint
  billedQuantity: string
  unitPrice: string
  startsAt: Date
  offerCode: string | null
  offerCurrency: string | null
  fees: unknown
}

async function soldLines(ctx: TenantContext, invoiceId: string, currency: string): Promise<SoldLine[]> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select coalesce(c.fee_kind, l.kind) as "feeKind", c.meter, l.included_quantity > 0 as "hasAllowance", l.net_minor as "netMinor",
      trim_scale(l.billed_quantity)::text as "billedQuantity", trim_scale(l.unit_price)::text as "unitPrice", l.period_start as "startsAt",
      o.code as "offerCode", o.currency as "offerCurrency", o.fees
    from invoice_lines l
    left join lateral (select c.fee_kind, c.meter, c.product_id from charges c
      where c.tenant_id = l.tenant_id and c.invoice_id = l.invoice_id and c.invoice_line_id = l.id order by c.id limit 1) c on true
    left join parent_offers o on o.tenant_id = l.tenant_id and o.product_id = c.product_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.invoice_id = ${invoiceId}::uuid order by l.position`
  return rows.map((row) => ({
    feeKind: row.feeKind,
    hasAllowance: row.hasAllowance,
    net: toDecimal(money(row.netMinor, currency)),
    buy: buyOf(row, currency),
    productCode: row.offerCode,
  }))
}

/** The parent's price of a line: of as many units as its own price makes of its amount. Null when the parent offers none in that currency. */
function buyOf(row: LineRow, currency: string): Decimal | null {
  if (row.offerCode === null || row.offerCurrency !== currency) return null
  const fee = feesAt(readFees(row.fees), row.startsAt).find(({ feeKind, meter }) => feeKind === row.feeKind && meter === row.meter)
  if (!fee) return null
  const unitPrice = new Decimal(row.unitPrice)
  const units = unitPrice.isZero() ? new Decimal(row.billedQuantity) : toDecimal(money(row.netMinor, currency)).div(unitPrice)
  return units.times(fee.unitPrice)
}

/** A payment that the parent took, and what of it was kept. */
export type HeldPayment = { readonly currency: string; readonly amountMinor: bigint; readonly keptMinor: bigint }

/** A payment of this tenant's customer that its parent took; undefined for any other. */
export async function readHeldPayment(ctx: TenantContext, paymentId: string): Promise<HeldPayment | undefined> {
  const [row] = await ctx.db.$queryRaw<HeldPayment[]>`
    select currency, amount_minor as "amountMinor", amount_minor - refunded_minor as "keptMinor" from payments
    where tenant_id = ${ctx.tenantId}::uuid and id = ${paymentId}::uuid and held_at = 'receivable-from-parent'`
  return row
}

/** The documents that a payment settles or settled. */
export async function documentsOfPayment(ctx: TenantContext, paymentId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select distinct invoice_id as id from payment_allocations
    where tenant_id = ${ctx.tenantId}::uuid and payment_id = ${paymentId}::uuid order by 1 limit 1000`
  return rows.map(({ id }) => id)
}

export type SaleKind = 'document' | 'payment'
export type Sale = { readonly id: string; readonly paidMinor: bigint; readonly steps: number; readonly currency: string }
export type SaleKey = {
  readonly accountId: string
  readonly contractId: string
  readonly kind: SaleKind
  /** The child's own id of the document or payment. */
  readonly sourceId: string
  readonly currency: string
}

/** What was counted of a document or payment so far, held until the transaction ends; opened when it is seen first. */
export async function lockSale(ctx: TenantContext, key: SaleKey, newSaleId: string): Promise<Sale> {
  await ctx.db.$executeRaw`
    insert into settlement_sales (tenant_id, id, account_id, contract_id, kind, source_id, currency, paid_minor, steps, created_at)
    values (${ctx.tenantId}::uuid, ${newSaleId}::uuid, ${key.accountId}::uuid, ${key.contractId}::uuid, ${key.kind}, ${key.sourceId}::uuid,
      ${key.currency}, 0, 0, ${ctx.now})
    on conflict (tenant_id, account_id, kind, source_id) do nothing`
  const [sale] = await ctx.db.$queryRaw<[Sale]>`
    select id, paid_minor as "paidMinor", steps, currency from settlement_sales
    where tenant_id = ${ctx.tenantId}::uuid and account_id = ${key.accountId}::uuid and kind = ${key.kind}
      and source_id = ${key.sourceId}::uuid for update`
  return sale
}

/** Notes that `paidMinor` of a sale is counted now. */
export async function noteCounted(
  ctx: TenantContext,
  sale: { readonly id: string; readonly paidMinor: bigint; readonly steps: number },
): Promise<void> {
  await ctx.db.settlementSale.updateMany({
    where: { tenantId: ctx.tenantId, id: sale.id },
    data: { paidMinor: sale.paidMinor, steps: sale.steps },
  })
}

export type Hold = { readonly by: string; readonly reason: string }

/** Holds a sale's money back, or lets it go (null). False when there is no such sale. */
export async function holdSaleRow(ctx: TenantContext, saleId: string, hold: Hold | null): Promise<boolean> {
  const data = { heldAt: hold && ctx.now, heldBy: hold?.by ?? null, holdReason: hold?.reason ?? null }
  return (await ctx.db.settlementSale.updateMany({ where: { tenantId: ctx.tenantId, id: saleId }, data })).count === 1
}

export type DisputedSales = { readonly accountId: string; readonly paymentId: string; readonly invoiceIds: readonly string[] }

/**
 * Holds back what a child's payment and the documents it settled bring, or lets go what is held for `reason`. Sales that are held for
 * anything else stay so. Returns how many.
 */
export async function holdSalesOf(ctx: TenantContext, sales: DisputedSales, hold: Hold & { readonly isHeld: boolean }): Promise<number> {
  const own = { tenantId: ctx.tenantId, accountId: sales.accountId, holdReason: hold.isHeld ? null : hold.reason }
  const sources = [
    { kind: 'payment', sourceId: sales.paymentId },
    { kind: 'document', sourceId: { in: [...sales.invoiceIds] } },
  ]
  const data = hold.isHeld
    ? { heldAt: ctx.now, heldBy: hold.by, holdReason: hold.reason }
    : { heldAt: null, heldBy: null, holdReason: null }
  return (await ctx.db.settlementSale.updateMany({ where: { ...own, OR: sources }, data })).count
}

export type ItemKind = 'payable' | 'collected' | 'share' | 'tax'

/** The terms a sale was counted by first, what its shares came to in full, and the last day money of it is held. */
export type FirstCount = { readonly termsId: string; readonly detail: unknown; readonly releaseOn: LocalDate }

/** How a sale was counted the first time: what comes later follows it. */
export async function firstCountOf(ctx: TenantContext, saleId: string): Promise<FirstCount | undefined> {
  const [row] = await ctx.db.$queryRaw<FirstCount[]>`
    select terms_id as "termsId", detail, (max(release_on) over ())::text as "releaseOn" from settlement_items
    where tenant_id = ${ctx.tenantId}::uuid and sale_id = ${saleId}::uuid order by step, kind limit 1`
  return row
}
