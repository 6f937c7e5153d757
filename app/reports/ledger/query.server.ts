import type { TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { LedgerImbalance, TrialBalanceLine } from './shape.ts'

/** The sum of the tenant's postings per currency, with the number of entries examined: a check that examined nothing proves nothing. */
export async function ledgerImbalance(ctx: TenantContext): Promise<LedgerImbalance[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string; imbalance: string; entries: number }[]>`
    select currency, sum(amount_minor)::text as imbalance, count(distinct entry_id)::int as entries
    from ledger_postings where tenant_id = ${ctx.tenantId}::uuid group by currency order by currency`
  return rows.map((row) => ({ imbalance: money(BigInt(row.imbalance), row.currency), entries: row.entries }))
}

type LineRow = { code: string; kind: TrialBalanceLine['kind']; currency: string; debit: string; credit: string }

/** Every ledger account that was posted to, per currency, in order of code. */
export async function trialBalance(ctx: TenantContext): Promise<TrialBalanceLine[]> {
  const rows = await ctx.db.$queryRaw<LineRow[]>`
    select a.code, a.kind, p.currency, coalesce(sum(p.amount_minor) filter (where p.amount_minor > 0), 0)::text as debit,
      coalesce(-sum(p.amount_minor) filter (where p.amount_minor < 0), 0)::text as credit
    from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
    where p.tenant_id = ${ctx.tenantId}::uuid
    group by a.code, a.kind, p.currency order by p.currency, a.code`
  return rows.map((row) => ({
    code: row.code,
    kind: row.kind,
    debit: money(BigInt(row.debit), row.currency),
    credit: money(BigInt(row.credit), row.currency),
    balance: money(BigInt(row.debit) - BigInt(row.credit), row.currency),
  }))
}
