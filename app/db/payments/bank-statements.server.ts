import { createHash } from 'node:crypto'
import type { BankFileFormat, BankStatement } from '#app/domain/reconciliation/bank-statement.ts'
import { entryKeys } from '#app/domain/reconciliation/bank-statement.ts'
import type { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sealField } from '../sealing/sealed-fields.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type NewStatement = {
  readonly fileHash: string
  /** The place of the statement in its file, from 1. */
  readonly part: number
  readonly fileName: string
  readonly format: BankFileFormat
  readonly statement: BankStatement & { readonly account: string }
}

/** A statement that was taken, and how many of its entries were new; nothing when that part of the file was taken before. */
export type TakenStatement = { readonly id: string; readonly entries: number; readonly added: number }

/** A key as it is stored: it says all of an entry, its hash nothing. */
function hashed({ tenantId }: TenantContext, key: string): string {
  return createHash('sha256').update(`${tenantId}:${key}`).digest('hex')
}

/** Which of these entries are kept already, from whatever file. */
export async function countKnownEntries(ctx: TenantContext, keys: readonly string[]): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: bigint }[]>`
    select count(*) from bank_entries where tenant_id = ${ctx.tenantId}::uuid and entry_key = any (${keys.map((key) => hashed(ctx, key))}::text[])`
  return Number(row?.count ?? 0)
}

/** Whether that part of a file was taken before. */
export async function isStatementKnown(ctx: TenantContext, fileHash: string, part: number): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from bank_statements where tenant_id = ${ctx.tenantId}::uuid and file_hash = ${fileHash} and part = ${part}`
  return rows.length > 0
}

/** Saves a statement and those of its entries that no other file brought. Nothing when the same part of the same file is there. */
export async function insertStatement(ctx: TenantContext, facts: NewStatement): Promise<TakenStatement | undefined> {
  const { statement } = facts
  const id = newId()
  // Whoever takes a file of this account waits for the other: the number of new entries is told on the statement.
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('bank:' || ${ctx.tenantId}::uuid, 0))`
  if (await isStatementKnown(ctx, facts.fileHash, facts.part)) return undefined
  const keys = entryKeys(statement.account, statement.entries)
  const added = keys.length - (await countKnownEntries(ctx, keys))
  await ctx.db.$executeRaw`
    insert into bank_statements (tenant_id, id, file_hash, part, file_name, format, iban, statement_number, currency, from_day, to_day,
      opening_minor, closing_minor, entry_count, new_count, imported_by, imported_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${facts.fileHash}, ${facts.part}, ${facts.fileName}, ${facts.format}, ${statement.account},
      ${statement.number}, ${statement.currency}, ${statement.fromDay}::date, ${statement.toDay}::date,
      ${statement.balances?.opening.minor ?? null}, ${statement.balances?.closing.minor ?? null}, ${keys.length}, ${added},
      ${actorName(ctx.actor)}, ${ctx.now})`
  await insertEntries(ctx, id, { statement, keys })
  return { id, entries: keys.length, added }
}

async function insertEntries(
  ctx: TenantContext,
  statementId: string,
  { statement, keys }: { statement: BankStatement; keys: readonly string[] },
): Promise<void> {
  const rows = statement.entries.map((entry, place) => {
    const id = newId()
    const { iban } = entry.counterparty
    const sealed = {
      text: sealField(ctx, 'bank_entries.text', id, entry.text),
      iban: iban && sealField(ctx, 'bank_entries.counterparty_iban', id, iban),
    }
    return { ...entry, id, key: hashed(ctx, keys[place] ?? ''), sealed }
  })
  const text = (pick: (row: (typeof rows)[number]) => string | null) => sqlArray(rows, pick)
  await ctx.db.$executeRaw`
    insert into bank_entries (tenant_id, id, statement_id, entry_key, booked_on, currency, amount_minor, reference, text, counterparty_name,
      counterparty_iban, bank_reference, state)
    select ${ctx.tenantId}::uuid, e.id, ${statementId}::uuid, e.entry_key, e.booked_on, e.currency, e.amount_minor, e.reference, e.text, e.name,
      e.iban, e.bank_reference, 'open'
    from unnest(${text((e) => e.id)}::uuid[], ${text((e) => e.key)}::text[], ${text((e) => e.bookedOn)}::date[],
      ${text((e) => e.amount.currency)}::text[], ${text((e) => e.amount.minor.toString())}::bigint[], ${text((e) => e.reference)}::text[],
      ${text((e) => e.sealed.text)}::text[], ${text((e) => e.counterparty.name)}::text[], ${text((e) => e.sealed.iban)}::text[],
      ${text((e) => e.bankReference)}::text[]
    ) as e (id, entry_key, booked_on, currency, amount_minor, reference, text, name, iban, bank_reference)
    on conflict (tenant_id, entry_key) do nothing`
}

/** The columns of the bank's lists, as they were named for that account; null when never. */
export async function readCsvMapping(ctx: TenantContext, iban: string): Promise<unknown> {
  const [row] = await ctx.db.$queryRaw<{ mapping: unknown }[]>`
    select mapping from bank_csv_mappings where tenant_id = ${ctx.tenantId}::uuid and iban = ${iban}`
  return row?.mapping ?? null
}

/** Keeps the columns of the bank's lists for that account. */
export async function saveCsvMapping(ctx: TenantContext, iban: string, mapping: CsvMapping): Promise<void> {
  await ctx.db.$executeRaw`
    insert into bank_csv_mappings (tenant_id, iban, mapping, changed_at)
    values (${ctx.tenantId}::uuid, ${iban}, ${JSON.stringify(mapping)}::jsonb, ${ctx.now})
    on conflict (tenant_id, iban) do update set mapping = excluded.mapping, changed_at = excluded.changed_at`
}
