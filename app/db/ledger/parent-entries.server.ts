import { payableToParent } from '#app/domain/ledger/chart.ts'
import type { StatementKind, StatementSpan } from '#app/domain/statement/statement.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** An entry of the parent that this tenant's books mirror under `sourceKey`. */
export type NewParentEntry = {
  readonly parentEntryId: string
  readonly sourceKey: string
  readonly kind: StatementKind
  readonly bookedOn: LocalDate
  readonly parentDocumentId: string | null
  readonly text: string | null
  readonly currency: string
}

/** Notes entries of the parent beside the ones that mirror them, which are booked before. */
export async function insertParentEntries(ctx: TenantContext, entries: readonly NewParentEntry[]): Promise<void> {
  const column = (pick: (entry: NewParentEntry) => string | null) => sqlArray(entries, pick)
  await ctx.db.$executeRaw`
    insert into parent_entries (tenant_id, created_at, id, parent_entry_id, source_key, kind, booked_on, parent_document_id, text, currency)
    select ${ctx.tenantId}::uuid, ${ctx.now}, e.*
    from unnest(${column(() => newId())}::uuid[], ${column((e) => e.parentEntryId)}::uuid[], ${column((e) => e.sourceKey)}::text[],
      ${column((e) => e.kind)}::text[], ${column((e) => e.bookedOn)}::date[], ${column((e) => e.parentDocumentId)}::uuid[],
      ${column((e) => e.text)}::text[], ${column((e) => e.currency)}::text[]) as e
    on conflict (tenant_id, source_key) do nothing`
}

/** Which of the parent's entries are mirrored already. */
export async function knownParentEntries(ctx: TenantContext, parentEntryIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.parentEntry.findMany({
    where: { tenantId: ctx.tenantId, parentEntryId: { in: [...parentEntryIds] } },
    select: { parentEntryId: true },
    take: parentEntryIds.length,
  })
  return new Set(rows.map((row) => row.parentEntryId))
}

/** An entry of the parent as this tenant's own books have it: `owedMinor` is what it adds to what is owed to the parent. */
export type ParentEntryRow = {
  readonly id: string
  readonly entryId: string
  readonly date: LocalDate
  readonly kind: StatementKind
  readonly number: string | null
  readonly text: string | null
  readonly documentId: string | null
  readonly owedMinor: bigint
}

/** Mirrored entries of the days and currency of `span`, in the parent's order. */
export function readParentEntries(ctx: TenantContext, { currency, start, end }: StatementSpan, limit: number): Promise<ParentEntryRow[]> {
  return ctx.db.$queryRaw<ParentEntryRow[]>`
    select m.parent_entry_id as id, e.id as "entryId", m.booked_on::text as date, m.kind, d.number, m.text, m.parent_document_id as "documentId",
      (select -coalesce(sum(p.amount_minor), 0)::bigint from ledger_postings p
        join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = ${payableToParent.code}
        where p.tenant_id = e.tenant_id and p.entry_id = e.id and p.currency = m.currency) as "owedMinor"
    from parent_entries m
    join ledger_entries e on e.tenant_id = m.tenant_id and e.source_key = m.source_key
    left join parent_documents d on d.tenant_id = m.tenant_id and d.parent_document_id = m.parent_document_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.currency = ${currency} and m.booked_on >= ${start}::date and m.booked_on < ${end}::date
    order by m.booked_on, m.parent_entry_id limit ${limit}`
}

/** What this tenant owed its parent before a day of the parent's, in minor units, by its own books. */
export async function owedToParent(
  ctx: TenantContext,
  { currency, before }: { readonly currency: string; readonly before: LocalDate },
): Promise<bigint> {
  const [row] = await ctx.db.$queryRaw<{ owed: bigint }[]>`
    select -coalesce(sum(p.amount_minor), 0)::bigint as owed
    from parent_entries m
    join ledger_entries e on e.tenant_id = m.tenant_id and e.source_key = m.source_key
    join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id and p.currency = m.currency
    join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and a.code = ${payableToParent.code}
    where m.tenant_id = ${ctx.tenantId}::uuid and m.currency = ${currency} and m.booked_on < ${before}::date`
  return row?.owed ?? 0n
}

/** The currencies in which the parent ever charged this tenant, in order. */
export async function parentCurrencies(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string }[]>`
    select distinct currency from parent_entries where tenant_id = ${ctx.tenantId}::uuid order by currency limit 200`
  return rows.map(({ currency }) => currency)
}
