import type { TenantContext } from '#app/db/context.server.ts'
import { readAccountingSettings } from '#app/db/ledger/accounting-settings.server.ts'
import { type AccountNumber, type LedgerCode, proposedNumber } from '#app/domain/accounting-export/account-numbers.ts'
import type { BookedEntry, BookedPosting } from '#app/domain/accounting-export/booked-entry.ts'
import { money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

/** Which entries leave: those of a month, of one currency or of all. */
export type EntryScope = { readonly monthStart: string; readonly currency: string | null }

/** The number of a ledger account; `debtor` is that of the buyer it concerns. */
export type Numbering = (account: LedgerCode, debtor: number | null) => AccountNumber

/** How the seller's accounts are numbered: its own numbers before the chart's; what a buyer owes has the buyer's. */
export async function readNumbering(ctx: TenantContext): Promise<Numbering> {
  const { chart, numbers } = await readAccountingSettings(ctx)
  return (account, debtor) => {
    const own = numbers[account.code] ?? proposedNumber(chart, account)
    return account.code === 'receivable' && debtor !== null ? { ...own, number: String(debtor) } : own
  }
}

type Row = {
  id: string
  bookedOn: string
  kind: string
  document: string | null
  buyer: string | null
  reason: string | null
  code: string
  accountKind: LedgerCode['kind']
  currency: string
  minor: bigint
  postingBuyer: string | null
  debtor: number | null
}

type Place = { readonly bookedOn: string; readonly id: string }
export type EntryPage = { readonly entries: readonly BookedEntry[]; readonly last: Place | null }

const entriesAtOnce = 1_000

/** The next entries of a month in order of day and id, at most 1,000, with their sides in order: debits first, then by account. */
export async function nextEntries(
  ctx: TenantContext,
  { monthStart, currency }: EntryScope,
  { numbering, after }: { readonly numbering: Numbering; readonly after: Place | null },
): Promise<EntryPage> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    with page as materialized (
      select e.* from ledger_entries e
      where e.tenant_id = ${ctx.tenantId}::uuid and e.booked_on >= ${monthStart}::date
        and e.booked_on < (${monthStart}::date + interval '1 month')::date
        and (${after?.id ?? null}::uuid is null or (e.booked_on, e.id) > (${after?.bookedOn ?? null}::date, ${after?.id ?? null}::uuid))
      order by e.booked_on, e.id limit ${entriesAtOnce}
    )
    select e.id, e.booked_on::text as "bookedOn", e.kind, i.number as document, b.name as buyer, e.reason, l.code, l.kind as "accountKind",
      p.currency, p.amount_minor as minor, c.name as "postingBuyer", d.number as debtor
    from page e
    join ledger_postings p on p.tenant_id = e.tenant_id and p.entry_id = e.id
    join ledger_accounts l on l.tenant_id = p.tenant_id and l.id = p.ledger_account_id
    left join accounts b on b.tenant_id = e.tenant_id and b.id = e.account_id
    left join accounts c on c.tenant_id = p.tenant_id and c.id = p.account_id
    left join debtor_numbers d on d.tenant_id = p.tenant_id and d.account_id = p.account_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    order by e.booked_on, e.id, p.currency, p.amount_minor < 0, l.code, p.id`
  const entries = toEntries(rows, numbering)
  const last = entries.at(-1)
  return {
    entries: currency === null ? entries : entries.flatMap((entry) => inCurrency(entry, currency)),
    last: last && entries.length === entriesAtOnce ? last : null,
  }
}

function toEntries(rows: readonly Row[], numbering: Numbering): BookedEntry[] {
  const entries: (BookedEntry & { readonly postings: BookedPosting[] })[] = []
  for (const { code, accountKind, currency, minor, postingBuyer, debtor, ...entry } of rows) {
    if (entries.at(-1)?.id !== entry.id) entries.push({ ...entry, postings: [] })
    const { number, taxKey } = numbering({ code, kind: accountKind }, debtor)
    const current = entries.at(-1)
    invariant(current, 'an entry was begun')
    current.postings.push({ code, number, taxKey, buyer: postingBuyer, amount: money(minor, currency) })
  }
  return entries
}

/** The part of an entry in one currency, which balances by itself; nothing when it has none. */
function inCurrency(entry: BookedEntry, currency: string): BookedEntry[] {
  const postings = entry.postings.filter(({ amount }) => amount.currency === currency)
  return postings.length > 0 ? [{ ...entry, postings }] : []
}
