import type { TenantContext } from '#app/db/context.server.ts'
import type { ChartKind } from '#app/domain/ledger/chart.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { type Position, readCursor, writeCursor } from './cursor.ts'
import type { AccountSheet, SheetRow } from './shape.ts'

export type SheetFilter = {
  readonly code: string
  readonly currency: string
  /** One buyer's part of the account; null: all of it. */
  readonly accountId: string | null
  /** Both included; null: from the beginning, to the end. */
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly cursor: string | null
}

type Row = Omit<SheetRow, 'amount' | 'balance'> & { minor: bigint }
type Place = SheetFilter & { readonly ledgerAccountId: string }

const pageSize = 50

/** Postings of one account in one currency, newest first, with the balance after each. Undefined when the tenant has no such account. */
export async function readAccountSheet(ctx: TenantContext, filter: SheetFilter): Promise<AccountSheet | undefined> {
  const [account] = await ctx.db.$queryRaw<{ id: string; kind: ChartKind }[]>`
    select id, kind from ledger_accounts where tenant_id = ${ctx.tenantId}::uuid and code = ${filter.code}`
  if (!account) return undefined
  const place = { ...filter, ledgerAccountId: account.id }
  const rows = await readRows(ctx, place, readCursor(filter.cursor))
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const sum = (minor: bigint) => money(minor, filter.currency)
  return {
    kind: account.kind,
    before: sum(filter.from ? await balanceBefore(ctx, place, filter.from) : 0n),
    after: sum(await balanceUpTo(ctx, place, filter.to)),
    rows: withBalances(page, last ? await balanceUnder(ctx, place, last) : 0n, filter.currency),
    nextCursor: rows.length > pageSize && last ? writeCursor(last) : null,
  }
}

function readRows(ctx: TenantContext, { ledgerAccountId, currency, accountId, from, to }: Place, after: Position | null): Promise<Row[]> {
  return ctx.db.$queryRaw<Row[]>`
    select p.id, p.entry_id as "entryId", p.booked_on::text as "bookedOn", e.kind, p.account_id as "accountId", c.name as "buyerName",
      e.invoice_id as "invoiceId", i.number as document, p.amount_minor as minor
    from ledger_postings p
    join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
    left join accounts c on c.tenant_id = p.tenant_id and c.id = p.account_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where p.tenant_id = ${ctx.tenantId}::uuid and p.ledger_account_id = ${ledgerAccountId}::uuid and p.currency = ${currency}
      and (${accountId}::uuid is null or p.account_id = ${accountId}::uuid)
      and (${from}::date is null or p.booked_on >= ${from}::date) and (${to}::date is null or p.booked_on <= ${to}::date)
      and (${after?.id ?? null}::uuid is null or (p.booked_on, p.id) < (${after?.bookedOn ?? null}::date, ${after?.id ?? null}::uuid))
    order by p.booked_on desc, p.id desc limit ${pageSize + 1}`
}

/** What the account came to before `day`, by its daily sums. */
async function balanceBefore(ctx: TenantContext, place: Place, day: LocalDate): Promise<bigint> {
  return sumOf(
    await ctx.db.$queryRaw<{ minor: string }[]>`
      select coalesce(sum(debit_minor - credit_minor), 0)::text as minor from ledger_balances
      where tenant_id = ${ctx.tenantId}::uuid and ledger_account_id = ${place.ledgerAccountId}::uuid and currency = ${place.currency}
        and (${place.accountId}::uuid is null or account_id = ${place.accountId}::uuid) and booked_on < ${day}::date`,
  )
}

/** What the account comes to at the end of `day`, or by now. */
async function balanceUpTo(ctx: TenantContext, place: Place, day: LocalDate | null): Promise<bigint> {
  return sumOf(
    await ctx.db.$queryRaw<{ minor: string }[]>`
      select coalesce(sum(debit_minor - credit_minor), 0)::text as minor from ledger_balances
      where tenant_id = ${ctx.tenantId}::uuid and ledger_account_id = ${place.ledgerAccountId}::uuid and currency = ${place.currency}
        and (${place.accountId}::uuid is null or account_id = ${place.accountId}::uuid) and (${day}::date is null or booked_on <= ${day}::date)`,
  )
}

/** What the account came to before the posting at `position`: the days before it, and what came earlier on its day. */
async function balanceUnder(ctx: TenantContext, place: Place, position: Position): Promise<bigint> {
  const sameDay = sumOf(
    await ctx.db.$queryRaw<{ minor: string }[]>`
      select coalesce(sum(amount_minor), 0)::text as minor from ledger_postings
      where tenant_id = ${ctx.tenantId}::uuid and ledger_account_id = ${place.ledgerAccountId}::uuid and currency = ${place.currency}
        and (${place.accountId}::uuid is null or account_id = ${place.accountId}::uuid)
        and booked_on = ${position.bookedOn}::date and id < ${position.id}::uuid`,
  )
  return (await balanceBefore(ctx, place, position.bookedOn)) + sameDay
}

function sumOf(rows: readonly { minor: string }[]): bigint {
  return BigInt(rows[0]?.minor ?? 0)
}

/** Adds up from the oldest row, which stands last. */
function withBalances(rows: readonly Row[], under: bigint, currency: string): SheetRow[] {
  let balance = under
  return rows
    .toReversed()
    .map(({ minor, ...row }) => {
      balance += minor
      return { ...row, amount: money(minor, currency), balance: money(balance, currency) }
    })
    .toReversed()
}
