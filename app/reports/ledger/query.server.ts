import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { LedgerImbalance, TrialBalanceLine } from './shape.ts'

/** The sum of the tenant's postings per currency, with the number of entries examined: a check that examined nothing proves nothing. */
export async function ledgerImbalance(ctx: TenantContext): Promise<LedgerImbalance[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string; imbalance: string; entries: number }[]>`
    select currency, sum(amount_minor)::text as imbalance, count(distinct entry_id)::int as entries
    from ledger_postings where tenant_id = ${ctx.tenantId}::uuid group by currency order by currency`
  return rows.map((row) => ({ imbalance: money(BigInt(row.imbalance), row.currency), entries: row.entries }))
}

type LineRow = { code: string; kind: TrialBalanceLine['kind']; currency: string; debit: string; credit: string }

/** Every ledger account that was posted to up to and including the day `asOf`, or ever; per currency, in order of code. */
export async function trialBalance(ctx: TenantContext, asOf: LocalDate | null = null): Promise<TrialBalanceLine[]> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select a.code, a.kind, b.currency, sum(b.debit_minor)::text as debit, sum(b.credit_minor)::text as credit
    from ledger_balances b join ledger_accounts a on a.tenant_id = b.tenant_id and a.id = b.ledger_account_id
    where b.tenant_id = ${ctx.tenantId}::uuid and (${asOf}::date is null or b.booked_on <= ${asOf}::date)
    group by a.code, a.kind, b.currency order by b.currency, a.code`
  return rows.map((row) => ({
    code: row.code,
    kind: row.kind,
    debit: money(BigInt(row.debit), row.currency),
    credit: money(BigInt(row.credit), row.currency),
    balance: money(BigInt(row.debit) - BigInt(row.credit), row.currency),
  }))
}
