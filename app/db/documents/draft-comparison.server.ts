import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import type { TenantContext } from '../context.server.ts'

export type PreviousInvoice = { readonly id: string; readonly total: Money }

/** Of each contract the last invoice that a run made for a time before its period. */
export async function previousInvoices(
  ctx: TenantContext,
  due: readonly { readonly contractId: string; readonly period: LocalPeriod }[],
): Promise<ReadonlyMap<string, PreviousInvoice>> {
  if (due.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<{ contractId: string; id: string; currency: string; totalMinor: bigint }[]>`
    select d.contract_id as "contractId", p.id, p.currency, p.total_minor as "totalMinor"
    from unnest(${due.map((each) => each.contractId)}::uuid[], ${due.map((each) => each.period.start)}::date[]) as d (contract_id, starts_on)
    cross join lateral (
      select i.id, i.currency, i.total_minor from invoices i
      join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id and s.status <> 'void'
      where i.tenant_id = ${ctx.tenantId}::uuid and i.contract_id = d.contract_id and i.document_type = 'invoice'
        and i.billing_run_id is not null and i.period_end <= d.starts_on
      order by i.period_end desc, i.id desc limit 1
    ) p`
  return new Map(rows.map((row) => [row.contractId, { id: row.id, total: money(row.totalMinor, row.currency) }]))
}

/** Of each payer the reasons for which usage of it or its departments waits in quarantine, from windows before `until`. */
export async function quarantineOfPayers(
  ctx: TenantContext,
  payerIds: readonly string[],
  until: Date,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await ctx.db.$queryRaw<{ payerId: string; reasons: string[] }[]>`
    select case when a.id = any (${payerIds}::uuid[]) then a.id else a.parent_account_id end as "payerId", array_agg(distinct q.reason) as reasons
    from usage_quarantine q
    join usage_records r on r.tenant_id = q.tenant_id and r.id = q.usage_record_id
    join accounts a on a.tenant_id = r.tenant_id and a.id = r.account_id
    where q.tenant_id = ${ctx.tenantId}::uuid and q.state = 'open' and q.window_start < ${until}
      and (a.id = any (${payerIds}::uuid[]) or a.parent_account_id = any (${payerIds}::uuid[]))
    group by 1`
  return new Map(rows.map((row) => [row.payerId, row.reasons]))
}
