import { isOfMonth } from '#app/db/charges/charge-months.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { chargedMonths, monthToShow } from './months.server.ts'
import type { ChargeList, ChargeListFilter, ChargeRow } from './shape.ts'

type Row = Omit<ChargeRow, 'publicId' | 'description'> & { feeKind: string; meter: string | null }

/**
 * Charges, newest first, each with the price version it was rated by, and their sums per currency: of the month asked for, or of all months
 * of one account. Without either they are of the newest month.
 */
export async function listCharges(ctx: TenantContext, asked: ChargeListFilter): Promise<ChargeList> {
  const months = await chargedMonths(ctx)
  const month = asked.month ?? (asked.accountId ? undefined : await monthToShow(ctx, months))
  const filter = { ...asked, month }
  const hasAny = months.length > 0
  const rows = hasAny ? await readRows(ctx, filter) : []
  const totals = hasAny ? await readTotals(ctx, filter) : []
  const accounts = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 500,
  })
  const product = filter.productId
    ? await ctx.db.product.findFirst({ where: { tenantId: ctx.tenantId, id: filter.productId }, select: { name: true } })
    : null
  return {
    rows: rows.map(({ feeKind, meter, ...row }) => ({ ...row, publicId: toPublicId('charge', row.id), description: meter ?? feeKind })),
    total: totals.reduce((sum, total) => sum + total.charges, 0),
    page: filter.page,
    pageSize,
    hasAny,
    totals: totals.map((total) => fromDecimal(new Decimal(total.amount), total.currency)),
    month: month ?? null,
    months: month === undefined || months.includes(month) ? months : [...months, month].sort().reverse(),
    accounts,
    product: (product?.name ?? null) as ChargeList['product'],
  }
}

/** The charges that `filter` leaves, as `from` and `where` of a query. */
function chargesOf(ctx: TenantContext, { accountId, productId, category, month, invoiced }: ChargeListFilter): Sql {
  // Of one account by charges_tenant_id_account_id_period_start_idx; of a month contract by contract, by its index of billing periods.
  const narrowed = accountId
    ? sql`charges c where c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = ${accountId}::uuid`
    : sql`contracts k join charges c on c.tenant_id = k.tenant_id and c.contract_id = k.id where k.tenant_id = ${ctx.tenantId}::uuid`
  return sql`${narrowed}
    ${month ? sql`and ${isOfMonth(`${month}-01`)}` : sql``}
    ${productId ? sql`and c.product_id = ${productId}::uuid` : sql``}
    ${category ? sql`and c.category = ${category}` : sql``}
    ${invoiced ? sql`and (c.invoice_id is not null) = ${invoiced === 'yes'}` : sql``}`
}

async function readRows(ctx: TenantContext, filter: ChargeListFilter): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    with page as (
      select c.id from ${chargesOf(ctx, filter)} order by c.id desc limit ${pageSize} offset ${offsetOf(filter.page)}
    )
    select c.id, c.account_id as "accountId", a.name as "accountName", c.resource_name as "resourceName", c.category,
      c.class = 'Correction' as "isCorrection", c.fee_kind as "feeKind", c.meter, c.period_start as "periodStart", c.period_end as "periodEnd",
      trim_scale(c.quantity)::text as quantity, c.unit, trim_scale(c.unit_price)::text as "unitPrice", trim_scale(c.amount)::text as amount,
      c.currency, b.name || ' v' || v.number as reason, c.invoice_id as "invoiceId", i.number as "invoiceNumber"
    from page p
    join charges c on c.tenant_id = ${ctx.tenantId}::uuid and c.id = p.id
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    left join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    order by c.id desc`
}

async function readTotals(ctx: TenantContext, filter: ChargeListFilter): Promise<{ currency: string; amount: string; charges: number }[]> {
  return ctx.db.$queryRaw<{ currency: string; amount: string; charges: number }[]>`
    select c.currency, sum(c.amount)::text as amount, count(*)::int as charges
    from ${chargesOf(ctx, filter)}
    group by c.currency order by c.currency`
}
