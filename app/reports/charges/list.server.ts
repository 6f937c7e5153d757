import { isOfMonth } from '#app/db/charge-months.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { sql } from '#app/db/sql.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { ChargeList, ChargeListFilter, ChargeRow } from './shape.ts'

type Row = Omit<ChargeRow, 'publicId' | 'description'> & { feeKind: string; meter: string | null }

/** Charges, newest first, each with the price version it was rated by, and their sums per currency. */
export async function listCharges(ctx: TenantContext, filter: ChargeListFilter): Promise<ChargeList> {
  const rows = await readRows(ctx, filter)
  const totals = await readTotals(ctx, filter)
  const months = await ctx.db.$queryRaw<{ month: string }[]>`
    select distinct to_char(c.billing_period, 'YYYY-MM') as month from charges c where c.tenant_id = ${ctx.tenantId}::uuid order by 1 desc`
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
    hasAny: months.length > 0,
    totals: totals.map((total) => fromDecimal(new Decimal(total.amount), total.currency)),
    months: months.map((row) => row.month),
    accounts,
    product: (product?.name ?? null) as ChargeList['product'],
  }
}

async function readRows(ctx: TenantContext, filter: ChargeListFilter): Promise<Row[]> {
  const { accountId = null, productId = null, category = null, month = null, invoiced = null } = filter
  return ctx.db.$queryRaw<Row[]>`
    select c.id, c.account_id as "accountId", a.name as "accountName", c.resource_name as "resourceName", c.category,
      c.class = 'Correction' as "isCorrection", c.fee_kind as "feeKind", c.meter, c.period_start as "periodStart", c.period_end as "periodEnd",
      trim_scale(c.quantity)::text as quantity, c.unit, trim_scale(c.unit_price)::text as "unitPrice", trim_scale(c.amount)::text as amount,
      c.currency, b.name || ' v' || v.number as reason, c.invoice_id as "invoiceId", i.number as "invoiceNumber"
    from charges c
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    left join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    where c.tenant_id = ${ctx.tenantId}::uuid
      and (${accountId}::uuid is null or c.account_id = ${accountId}::uuid)
      and (${productId}::uuid is null or c.product_id = ${productId}::uuid)
      and (${category}::text is null or c.category = ${category})
      and ${month === null ? sql`true` : isOfMonth(`${month}-01`)}
      and (${invoiced}::text is null or (c.invoice_id is not null) = (${invoiced} = 'yes'))
    order by c.id desc
    limit ${pageSize} offset ${offsetOf(filter.page)}`
}

async function readTotals(ctx: TenantContext, filter: ChargeListFilter): Promise<{ currency: string; amount: string; charges: number }[]> {
  const { accountId = null, productId = null, category = null, month = null, invoiced = null } = filter
  return ctx.db.$queryRaw<{ currency: string; amount: string; charges: number }[]>`
    select c.currency, sum(c.amount)::text as amount, count(*)::int as charges
    from charges c
    where c.tenant_id = ${ctx.tenantId}::uuid
      and (${accountId}::uuid is null or c.account_id = ${accountId}::uuid)
      and (${productId}::uuid is null or c.product_id = ${productId}::uuid)
      and (${category}::text is null or c.category = ${category})
      and ${month === null ? sql`true` : isOfMonth(`${month}-01`)}
      and (${invoiced}::text is null or (c.invoice_id is not null) = (${invoiced} = 'yes'))
    group by c.currency order by c.currency`
}
