import type { ChartAccount, ChartKind } from '#app/domain/ledger/chart.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import type { Posting } from '#app/domain/ledger/postings.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** One side: debit positive, credit negative, in minor units. `accountId` names the buyer it concerns. */
export type NewPosting = {
  readonly ledgerAccountId: string
  readonly accountId: string | null
  readonly currency: string
  readonly amountMinor: bigint
}

export type NewEntry = {
  /** The business fact behind the entry; one fact is booked once. */
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly accountId: string | null
  readonly invoiceId: string | null
  readonly occurredAt: Date
  /** The seller's day it counts for; null: the date of the document it books, else the day of `occurredAt`. */
  readonly bookedOn: LocalDate | null
  /** Of a reversal: what it takes back, and why. */
  readonly reversesId: string | null
  readonly reason: string | null
  readonly postings: readonly NewPosting[]
}

/** Ids of the tenant's ledger accounts by code; those of `chart` that are missing are opened. */
export async function ensureLedgerAccounts(ctx: TenantContext, chart: readonly ChartAccount[]): Promise<ReadonlyMap<string, string>> {
  const known = await ledgerAccounts(ctx)
  const missing = chart.filter((line) => !known.has(line.code))
  if (missing.length === 0) return known

  await ctx.db.$executeRaw`
    insert into ledger_accounts (tenant_id, id, code, kind, created_at)
    select ${ctx.tenantId}::uuid, i.id, i.code, i.kind, ${ctx.now}
    from unnest(${missing.map(() => newId())}::uuid[], ${missing.map((line) => line.code)}::text[],
      ${missing.map((line) => line.kind)}::text[]) as i (id, code, kind)
    on conflict (tenant_id, code) do nothing`
  return ledgerAccounts(ctx)
}

async function ledgerAccounts(ctx: TenantContext): Promise<ReadonlyMap<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; code: string }[]>`
    select id, code from ledger_accounts where tenant_id = ${ctx.tenantId}::uuid`
  return new Map(rows.map((row) => [row.code, row.id]))
}

/**
 * Books entries; returns the source keys of those that were not booked before. The database refuses an unbalanced one at commit, and
 * one into a closed period at once.
 */
export async function insertEntries(ctx: TenantContext, entries: readonly NewEntry[]): Promise<ReadonlySet<string>> {
  const text = (pick: (entry: NewEntry) => string | null) => sqlArray(entries, pick)
  const booked = await ctx.db.$queryRaw<{ sourceKey: string }[]>`
    insert into ledger_entries (tenant_id, id, source_key, kind, account_id, invoice_id, occurred_at, created_at, booked_on, posting_count,
      reverses_id, reason)
    select t.tenant_id, e.id, e.source_key, e.kind, e.account_id, e.invoice_id, e.occurred_at, ${ctx.now},
      coalesce(e.booked_on, i.issue_date, (e.occurred_at at time zone t.time_zone)::date), e.posting_count, e.reverses_id, e.reason
    from tenants t
    cross join unnest(${text(() => newId())}::uuid[], ${text((e) => e.sourceKey)}::text[], ${text((e) => e.kind)}::text[],
      ${text((e) => e.accountId)}::uuid[], ${text((e) => e.invoiceId)}::uuid[], ${text((e) => e.occurredAt.toISOString())}::timestamptz[],
      ${text((e) => e.bookedOn)}::date[], ${text((e) => String(e.postings.length))}::int[], ${text((e) => e.reversesId)}::uuid[],
      ${text((e) => e.reason)}::text[]
    ) as e (id, source_key, kind, account_id, invoice_id, occurred_at, booked_on, posting_count, reverses_id, reason)
    left join invoices i on i.tenant_id = t.tenant_id and i.id = e.invoice_id and i.document_type = e.kind
    where t.tenant_id = ${ctx.tenantId}::uuid
    on conflict (tenant_id, source_key) do nothing
    returning source_key as "sourceKey"`
  const keys = new Set(booked.map((row) => row.sourceKey))
  await insertPostings(
    ctx,
    entries.filter((entry) => keys.has(entry.sourceKey)),
  )
  return keys
}

async function insertPostings(ctx: TenantContext, entries: readonly NewEntry[]): Promise<void> {
  const postings = entries.flatMap(({ sourceKey, postings: own }) => own.map((posting) => ({ ...posting, sourceKey })))
  if (postings.length === 0) return
  await ctx.db.$executeRaw`
    insert into ledger_postings (tenant_id, id, entry_id, booked_on, ledger_account_id, account_id, currency, amount_minor)
    select e.tenant_id, i.id, e.id, e.booked_on, i.ledger_account_id, i.account_id, i.currency, i.amount_minor
    from unnest(${sqlArray(postings, (p) => p.sourceKey)}::text[], ${sqlArray(postings, () => newId())}::uuid[],
      ${sqlArray(postings, (p) => p.ledgerAccountId)}::uuid[], ${sqlArray(postings, (p) => p.accountId)}::uuid[],
      ${sqlArray(postings, (p) => p.currency)}::text[], ${sqlArray(postings, (p) => p.amountMinor.toString())}::bigint[]
    ) as i (source_key, id, ledger_account_id, account_id, currency, amount_minor)
    join ledger_entries e on e.tenant_id = ${ctx.tenantId}::uuid and e.source_key = i.source_key`
}

type PostingRow = { code: string; kind: ChartKind; accountId: string | null; currency: string; amountMinor: bigint }

/** The postings of the entry with that source key, in the order they were written; none when it was never booked. */
export async function readEntryPostings(ctx: TenantContext, sourceKey: string): Promise<Posting[]> {
  const rows = await ctx.db.$queryRaw<PostingRow[]>`
    select a.code, a.kind, p.account_id as "accountId", p.currency, p.amount_minor as "amountMinor"
    from ledger_entries e
    join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
    join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.source_key = ${sourceKey} order by p.id`
  return rows.map(({ code, kind, accountId, currency, amountMinor }) => ({
    account: { code, kind },
    accountId,
    amount: money(amountMinor, currency),
  }))
}

/** What a reversal must know of the entry that it takes back. */
export type StoredEntry = {
  readonly id: string
  readonly sourceKey: string
  readonly kind: EntryKind
  readonly accountId: string | null
  readonly invoiceId: string | null
  readonly isReversed: boolean
}

/** One entry without its postings; undefined when the tenant has no such entry. */
export async function readEntry(ctx: TenantContext, id: string): Promise<StoredEntry | undefined> {
  const [row] = await ctx.db.$queryRaw<StoredEntry[]>`
    select e.id, e.source_key as "sourceKey", e.kind, e.account_id as "accountId", e.invoice_id as "invoiceId",
      exists (select 1 from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id) as "isReversed"
    from ledger_entries e where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${id}::uuid`
  return row
}
