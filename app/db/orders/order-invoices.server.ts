import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A subscription whose order is invoiced on its day. */
export type OrderToInvoice = { readonly contractId: string; readonly subscriptionId: string; readonly startedAt: Date }

/** The subscription that an order began, when its contract has orders invoiced; undefined for any other order. */
export async function orderToInvoice(ctx: TenantContext, orderId: string): Promise<OrderToInvoice | undefined> {
  const [row] = await ctx.db.$queryRaw<OrderToInvoice[]>`
    select s.contract_id as "contractId", s.id as "subscriptionId", s.started_at as "startedAt"
    from orders o
    join subscriptions s on s.tenant_id = o.tenant_id and s.id = o.subscription_id
    join contracts c on c.tenant_id = s.tenant_id and c.id = s.contract_id
    where o.tenant_id = ${ctx.tenantId}::uuid and o.id = ${orderId}::uuid and o.state = 'active' and s.state <> 'pending'
      and c.invoices_orders and c.charge_trigger = 'on-usage'`
  return row
}

/** Ties fees to the lines of an invoice by their keys. Returns how many that were: the contract is held since they were charged. */
export function markFeesInvoiced(
  ctx: TenantContext,
  invoiceId: string,
  fees: readonly { readonly sourceKey: string; readonly lineId: string }[],
): Promise<number> {
  return ctx.db.$executeRaw`
    update charges c set invoice_id = ${invoiceId}::uuid, invoice_line_id = f.line_id
    from unnest(${sqlArray(fees, (fee) => fee.sourceKey)}::text[], ${sqlArray(fees, (fee) => fee.lineId)}::uuid[]) as f (source_key, line_id)
    where c.tenant_id = ${ctx.tenantId}::uuid and c.source_key = f.source_key and c.invoice_id is null`
}
