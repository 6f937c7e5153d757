import type { TenantContext } from '#app/db/context.server.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'

/** Calendar months as `YYYY-MM`, from the newest that anything was charged in back to the oldest. */
export async function chargedMonths(ctx: TenantContext): Promise<string[]> {
  // Two rows of charges_tenant_id_contract_id_billing_period_invoice_id_idx for each contract, however many charges there are.
  const rows = await ctx.db.$queryRaw<{ month: string }[]>`
    with ends as (
      select (select c.billing_period from charges c where c.tenant_id = k.tenant_id and c.contract_id = k.id order by c.billing_period limit 1) as first,
        (select c.billing_period from charges c where c.tenant_id = k.tenant_id and c.contract_id = k.id order by c.billing_period desc limit 1) as last
      from contracts k where k.tenant_id = ${ctx.tenantId}::uuid
    )
    select to_char(m, 'YYYY-MM') as month
    from (select date_trunc('month', min(first)) as first, max(last) as last from ends) e, generate_series(e.first, e.last, interval '1 month') m
    order by 1 desc`
  return rows.map(({ month }) => month)
}

/** The month to begin with: the newest that has begun for the seller; undefined without any. Fees in advance may be of months to come. */
export async function monthToShow(ctx: TenantContext, months: readonly string[]): Promise<string | undefined> {
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const today = localDateOf(ctx.now, timeZone)
  return months.find((month) => `${month}-01` <= today) ?? months.at(-1)
}
