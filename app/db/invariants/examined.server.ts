import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'

/** What a check looked at and found: the number of rows, the number of violations, and what the first of them are. */
export type Examined = { readonly examined: number; readonly violations: number; readonly ids: readonly string[] }

/** How many violations are named. */
export const idsAtMost = 20

/** Counts `rows` and what is `broken`, both queries of one tenant; `broken` has one column, `id`, as text. */
export async function examine(ctx: TenantContext, { rows, broken }: { rows: Prisma.Sql; broken: Prisma.Sql }): Promise<Examined> {
  const [row] = await ctx.db.$queryRaw<{ examined: bigint; violations: bigint; ids: string[] }[]>`
    with broken as materialized (${broken})
    select (${rows})::bigint as examined, (select count(*) from broken) as violations,
      array(select b.id from broken b order by b.id limit ${idsAtMost}) as ids`
  return { examined: Number(row?.examined ?? 0), violations: Number(row?.violations ?? 0), ids: row?.ids ?? [] }
}

/** How many rows of a tenant `table` has. */
export function rowsOf(
  ctx: TenantContext,
  table: 'charges' | 'invoices' | 'ledger_balances' | 'ledger_postings' | 'usage_records',
): Prisma.Sql {
  const counts = {
    charges: Prisma.sql`select count(*) from charges where tenant_id = ${ctx.tenantId}::uuid`,
    invoices: Prisma.sql`select count(*) from invoices where tenant_id = ${ctx.tenantId}::uuid`,
    ledger_balances: Prisma.sql`select count(*) from ledger_balances where tenant_id = ${ctx.tenantId}::uuid`,
    ledger_postings: Prisma.sql`select count(*) from ledger_postings where tenant_id = ${ctx.tenantId}::uuid`,
    usage_records: Prisma.sql`select count(*) from usage_records where tenant_id = ${ctx.tenantId}::uuid`,
  }
  return counts[table]
}
