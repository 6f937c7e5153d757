import type { TenantContext } from '#app/db/context.server.ts'
import { inIndexOrder } from '#app/db/index-order.server.ts'
import type { EntryKind } from '#app/domain/ledger/entry-kind.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { readCursor, writeCursor } from './cursor.ts'
import type { Journal, JournalEntry } from './shape.ts'

/** What of the journal is wanted; null filters nothing. `from` and `to` are both included. */
export type JournalFilter = {
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly code: string | null
  readonly accountId: string | null
  /** Part of the buyer's name. */
  readonly buyer: string | null
  readonly kind: EntryKind | null
  readonly document: string | null
}
export type JournalPage = { readonly cursor: string | null; readonly limit: number }

/** A typed text that stands for itself inside a pattern. */
function likePattern(text: string | null): string {
  return (text ?? '').replaceAll(/[\\%_]/g, '\\$&')
}

type Row = Omit<JournalEntry, 'amounts'> & { amounts: Readonly<Record<string, string>> }

/** Entries, newest first, `limit` at a time. A cursor that cannot be read starts at the newest. */
export async function listEntries(ctx: TenantContext, filter: JournalFilter, { cursor, limit }: JournalPage): Promise<Journal> {
  const before = readCursor(cursor)
  const rows = await inIndexOrder(
    ctx,
    () => ctx.db.$queryRaw<Row[]>`
    select e.id, e.booked_on::text as "bookedOn", e.kind, e.account_id as "accountId", c.name as "buyerName", e.invoice_id as "invoiceId",
      i.number as document, d.amounts,
      (select true from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id limit 1) is not null as "isReversed"
    from ledger_entries e
    left join accounts c on c.tenant_id = e.tenant_id and c.id = e.account_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    left join lateral (
      select jsonb_object_agg(s.currency, s.debit::text order by s.currency) as amounts from (
        select p.currency, sum(p.amount_minor) filter (where p.amount_minor > 0) as debit from ledger_postings p
        where p.tenant_id = e.tenant_id and p.entry_id = e.id group by p.currency) s
    ) d on true
    where e.tenant_id = ${ctx.tenantId}::uuid
      and (${filter.from}::date is null or e.booked_on >= ${filter.from}::date) and (${filter.to}::date is null or e.booked_on <= ${filter.to}::date)
      and (${filter.kind}::text is null or e.kind = ${filter.kind}) and (${filter.document}::text is null or i.number = ${filter.document})
      and (${filter.code}::text is null or exists (
        select 1 from ledger_postings p join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
        where p.tenant_id = e.tenant_id and p.entry_id = e.id and a.code = ${filter.code}))
      and (${filter.accountId}::uuid is null or e.account_id = ${filter.accountId}::uuid or exists (
        select 1 from ledger_postings p
        where p.tenant_id = e.tenant_id and p.entry_id = e.id and p.account_id = ${filter.accountId}::uuid))
      and (${filter.buyer}::text is null or c.name ilike '%' || ${likePattern(filter.buyer)} || '%')
      and (${before?.id ?? null}::uuid is null
        or (e.booked_on, e.id) < (${before?.bookedOn ?? null}::date, ${before?.id ?? null}::uuid))
    order by e.booked_on desc, e.id desc limit ${limit + 1}`,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ amounts, ...row }) => ({
      ...row,
      amounts: Object.entries(amounts).map(([currency, minor]) => money(BigInt(minor), currency)),
    })),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
  }
}

type LineRow = {
  bookedOn: string
  entryId: string
  kind: string
  document: string | null
  buyer: string | null
  code: string
  currency: string
  minor: bigint
  reason: string | null
}

/** A posting as the journal's file shows it. */
export type JournalLine = Omit<LineRow, 'minor' | 'currency'> & { readonly amount: ReturnType<typeof money> }

/** The postings of the entries that a filter lets through, entry by entry, and where the next page begins. */
export async function listJournalLines(
  ctx: TenantContext,
  filter: JournalFilter,
  page: JournalPage,
): Promise<{ readonly lines: JournalLine[]; readonly nextCursor: string | null }> {
  const { rows, nextCursor } = await listEntries(ctx, filter, page)
  const lines = await ctx.db.$queryRaw<LineRow[]>`
    select e.booked_on::text as "bookedOn", e.id as "entryId", e.kind, i.number as document, c.name as buyer, a.code, p.currency,
      p.amount_minor as minor, e.reason
    from ledger_postings p
    join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
    join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id
    left join accounts c on c.tenant_id = p.tenant_id and c.id = coalesce(p.account_id, e.account_id)
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.entry_id = any (${rows.map(({ id }) => id)}::uuid[])
    order by e.booked_on desc, e.id desc, (p.amount_minor > 0) desc, a.code, p.id`
  return { lines: lines.map(({ minor, currency, ...line }) => ({ ...line, amount: money(minor, currency) })), nextCursor }
}

/** The codes of the accounts that were opened in the tenant's books, in order. */
export async function listLedgerCodes(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ code: string }[]>`
    select code from ledger_accounts where tenant_id = ${ctx.tenantId}::uuid order by code limit 500`
  return rows.map(({ code }) => code)
}

/** The name of a buyer; undefined when the tenant has no such account. */
export async function readAccountName(ctx: TenantContext, accountId: string): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ name: string }[]>`
    select name from accounts where tenant_id = ${ctx.tenantId}::uuid and id = ${accountId}::uuid`
  return row?.name
}
