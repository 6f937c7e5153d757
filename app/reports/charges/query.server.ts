import type { TenantContext } from '#app/db/context.server.ts'
import { type Page, type PageQuery, pageBounds, toPage } from '../page.ts'
import type { ChargeFilter, ChargeRow } from './shape.ts'

/** Charges, newest first, each with the price version and rule it was rated by. */
export async function listCharges(ctx: TenantContext, filter: ChargeFilter & PageQuery): Promise<Page<ChargeRow>> {
  const { before, limit, take } = pageBounds(filter)
  const rows = await ctx.db.$queryRaw<ChargeRow[]>`
    select c.id, c.account_id as "accountId", a.name as "accountName", c.resource_name as "resourceName", c.category, c.class,
      c.fee_kind as "feeKind", c.meter, c.unit, trim_scale(c.quantity)::text as quantity,
      trim_scale(c.included_quantity)::text as "includedQuantity", trim_scale(c.billed_quantity)::text as "billedQuantity",
      trim_scale(c.unit_price)::text as "unitPrice", trim_scale(c.amount)::text as amount, c.currency,
      coalesce(v.number, 0) as "priceVersion", coalesce(b.name, '') as "priceBook", c.reason,
      c.period_start as "periodStart", c.period_end as "periodEnd", c.invoice_id as "invoiceId", i.number as "invoiceNumber"
    from charges c
    join accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
    left join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
    left join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    left join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.id < ${before}::uuid
      and (${filter.accountId ?? null}::uuid is null or c.account_id = ${filter.accountId ?? null}::uuid)
      and (${filter.invoiceId ?? null}::uuid is null or c.invoice_id = ${filter.invoiceId ?? null}::uuid)
      and (not ${filter.isOpen ?? false}::boolean or c.invoice_id is null)
    order by c.id desc
    limit ${take}`
  return toPage(rows, limit)
}
