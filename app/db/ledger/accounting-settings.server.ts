import type { AccountNumber, GermanChart } from '#app/domain/accounting-export/account-numbers.ts'
import type { TenantContext } from '../context.server.ts'

/** How a seller's accountant numbers things. `numbers` are those that differ from the chart's, by code of the ledger account. */
export type AccountingSettings = {
  readonly chart: GermanChart
  readonly consultant: number
  readonly client: number
  /** The month that fiscal years begin in, 1 to 12. */
  readonly fiscalMonth: number
  readonly numbers: Readonly<Record<string, AccountNumber>>
}

/** The usual: SKR03, calendar years, and the numbers that DATEV gives to examples. */
const usual: AccountingSettings = { chart: 'skr03', consultant: 1001, client: 1, fiscalMonth: 1, numbers: {} }

/** The seller's settings, or the usual ones. */
export async function readAccountingSettings(ctx: TenantContext): Promise<AccountingSettings> {
  const [row] = await ctx.db.$queryRaw<AccountingSettings[]>`
    select chart, consultant, client, fiscal_month as "fiscalMonth", numbers from accounting_settings where tenant_id = ${ctx.tenantId}::uuid`
  return row ?? usual
}

/** Keeps the seller's settings in place of those before. */
export async function saveAccountingSettingsRow(ctx: TenantContext, settings: AccountingSettings): Promise<void> {
  const { chart, consultant, client, fiscalMonth, numbers } = settings
  await ctx.db.$executeRaw`
    insert into accounting_settings (tenant_id, chart, consultant, client, fiscal_month, numbers, changed_at)
    values (${ctx.tenantId}::uuid, ${chart}, ${consultant}, ${client}, ${fiscalMonth}, ${JSON.stringify(numbers)}::jsonb, ${ctx.now})
    on conflict (tenant_id) do update set chart = excluded.chart, consultant = excluded.consultant, client = excluded.client,
      fiscal_month = excluded.fiscal_month, numbers = excluded.numbers, changed_at = excluded.changed_at`
}

/** Gives every buyer that something is booked for in the month of `monthStart` a number, in the order they became buyers. */
export async function assignDebtorNumbers(ctx: TenantContext, monthStart: string, first: number): Promise<void> {
  await ctx.db.$executeRaw`
    insert into debtor_numbers (tenant_id, account_id, number, assigned_at)
    select ${ctx.tenantId}::uuid, n.id, n.last + row_number() over (order by n.created_at, n.id), ${ctx.now}
    from (
      select a.id, a.created_at,
        (select coalesce(max(number), ${first - 1}::int) from debtor_numbers where tenant_id = ${ctx.tenantId}::uuid) as last
      from accounts a
      where a.tenant_id = ${ctx.tenantId}::uuid
        and exists (
          select 1 from ledger_balances b join ledger_accounts l on l.tenant_id = b.tenant_id and l.id = b.ledger_account_id
          where b.tenant_id = a.tenant_id and b.account_id = a.id and l.code = 'receivable'
            and b.booked_on >= ${monthStart}::date and b.booked_on < (${monthStart}::date + interval '1 month'))
        and not exists (select 1 from debtor_numbers d where d.tenant_id = a.tenant_id and d.account_id = a.id)
    ) n`
}
