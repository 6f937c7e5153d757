import { payableToParent } from '#app/domain/ledger/chart.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'

/** What this tenant's own books say of an entry of its parent. */
export type MirroredFacts = { readonly owedMinor: bigint; readonly currency: string; readonly bookedOn: LocalDate }

/** The same, by the parent's entry; none where an entry is not mirrored. */
export async function mirroredFacts(ctx: TenantContext, parentEntryIds: readonly string[]): Promise<ReadonlyMap<string, MirroredFacts>> {
  const rows = await ctx.db.$queryRaw<(MirroredFacts & { parentEntryId: string })[]>`
    select m.parent_entry_id as "parentEntryId", m.currency, m.booked_on::text as "bookedOn", (
      select -coalesce(sum(p.amount_minor), 0)::bigint from ledger_entries e
      join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id and p.currency = m.currency
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = ${payableToParent.code}
      where e.tenant_id = m.tenant_id and e.source_key = m.source_key) as "owedMinor"
    from parent_entries m
    where m.tenant_id = ${ctx.tenantId}::uuid and m.parent_entry_id = any (${parentEntryIds}::uuid[])
    order by m.parent_entry_id`
  return new Map(rows.map(({ parentEntryId, ...facts }) => [parentEntryId, facts]))
}

/** Every entry of the parent that this tenant says it mirrors. */
export function mirroredEntries(ctx: TenantContext): Promise<{ parentEntryId: string; sourceKey: string }[]> {
  return ctx.db.$queryRaw`
    select m.parent_entry_id as "parentEntryId", m.source_key as "sourceKey" from parent_entries m
    where m.tenant_id = ${ctx.tenantId}::uuid order by m.parent_entry_id limit 1000000`
}
