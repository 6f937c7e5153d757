import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { BankFileFormat } from '#app/domain/reconciliation/bank-statement.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { readCursor, writeCursor } from '../ledger/cursor.ts'

/** A statement of the seller's bank account. A list without balances has neither. */
export type StatementRow = {
  readonly id: string
  readonly fileName: string
  readonly format: BankFileFormat
  readonly iban: string
  readonly number: string | null
  readonly fromDay: LocalDate
  readonly toDay: LocalDate
  readonly opening: Money | null
  readonly closing: Money | null
  readonly entryCount: number
  readonly newCount: number
  readonly openCount: number
  readonly importedAt: Date
}

type Row = Omit<StatementRow, 'opening' | 'closing'> & { currency: string; openingMinor: bigint | null; closingMinor: bigint | null }

/** Statements, the newest first, `limit` at a time. A cursor that cannot be read starts at the newest. */
export async function listStatements(
  ctx: TenantContext,
  { cursor, limit }: { cursor: string | null; limit: number },
): Promise<{ readonly rows: StatementRow[]; readonly nextCursor: string | null }> {
  const before = readCursor(cursor)
  const rows = await readRows(ctx, { id: null, before, limit: limit + 1 })
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), nextCursor: rows.length > limit && last ? writeCursor({ bookedOn: last.toDay, id: last.id }) : null }
}

/** One statement; undefined when the tenant has none of that id. */
export async function readStatement(ctx: TenantContext, id: string): Promise<StatementRow | undefined> {
  const [row] = await readRows(ctx, { id, before: null, limit: 1 })
  return row
}

type Wanted = { id: string | null; before: { bookedOn: LocalDate; id: string } | null; limit: number }

async function readRows(ctx: TenantContext, { id, before, limit }: Wanted): Promise<StatementRow[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select s.id, s.file_name as "fileName", s.format, s.iban, s.statement_number as number, s.from_day::text as "fromDay",
      s.to_day::text as "toDay", s.currency, s.opening_minor as "openingMinor", s.closing_minor as "closingMinor",
      s.entry_count as "entryCount", s.new_count as "newCount", s.imported_at as "importedAt",
      (select count(*)::int from bank_entries e where e.tenant_id = s.tenant_id and e.statement_id = s.id and e.state = 'open') as "openCount"
    from bank_statements s
    where s.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or s.id = ${id}::uuid)
      and (${before?.id ?? null}::uuid is null or (s.to_day, s.id) < (${before?.bookedOn ?? null}::date, ${before?.id ?? null}::uuid))
    order by s.to_day desc, s.id desc limit ${limit}`
  return rows.map(({ currency, openingMinor, closingMinor, ...row }) => ({
    ...row,
    opening: openingMinor === null ? null : money(openingMinor, currency),
    closing: closingMinor === null ? null : money(closingMinor, currency),
  }))
}

/** A line of a statement and what became of it. */
export type EntryRow = {
  readonly id: string
  readonly bookedOn: LocalDate
  readonly amount: Money
  readonly text: string
  readonly reference: string | null
  readonly counterpartyName: string | null
  readonly counterpartyIban: string | null
  readonly state: 'open' | 'matched' | 'aside'
  readonly paymentId: string | null
  readonly refundedPaymentId: string | null
  readonly asideReason: string | null
}

type EntryColumns = Omit<EntryRow, 'amount'> & { currency: string; amountMinor: bigint }

const entriesAtMost = 1_000

/** The lines that a statement brought, in the order of its days; at most 1,000. */
export function listStatementEntries(ctx: TenantContext, statementId: string): Promise<EntryRow[]> {
  return readEntries(ctx, { statementId, id: null })
}

/** One line; undefined when the tenant has none of that id. */
export async function readBankEntry(ctx: TenantContext, id: string): Promise<EntryRow | undefined> {
  const [row] = await readEntries(ctx, { statementId: null, id })
  return row
}

async function readEntries(
  ctx: TenantContext,
  { statementId, id }: { statementId: string | null; id: string | null },
): Promise<EntryRow[]> {
  const rows = await ctx.db.$queryRaw<EntryColumns[]>`
    select e.id, e.booked_on::text as "bookedOn", e.currency, e.amount_minor as "amountMinor", e.text, e.reference,
      e.counterparty_name as "counterpartyName", e.counterparty_iban as "counterpartyIban", e.state, e.payment_id as "paymentId",
      r.payment_id as "refundedPaymentId", e.aside_reason as "asideReason"
    from bank_entries e left join payment_refunds r on r.tenant_id = e.tenant_id and r.id = e.refund_id
    where e.tenant_id = ${ctx.tenantId}::uuid and (${statementId}::uuid is null or e.statement_id = ${statementId}::uuid)
      and (${id}::uuid is null or e.id = ${id}::uuid)
    order by e.booked_on, e.id limit ${entriesAtMost}`
  return rows.map(({ currency, amountMinor, counterpartyIban: iban, ...row }) => ({
    ...row,
    text: openField(ctx, 'bank_entries.text', row.id, row.text),
    counterpartyIban: iban && openField(ctx, 'bank_entries.counterparty_iban', row.id, iban),
    amount: money(amountMinor, currency),
  }))
}

/** How many lines nobody decided on. */
export async function countOpenEntries(ctx: TenantContext): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from bank_entries where tenant_id = ${ctx.tenantId}::uuid and state = 'open'`
  return row?.count ?? 0
}
