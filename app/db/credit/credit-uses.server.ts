import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** What of a credit note settles another document. */
export type CreditUse = {
  readonly id: string
  readonly creditNoteId: string
  readonly invoiceId: string
  readonly amount: Money
  readonly isReversed: boolean
}

/** Saves the use of a credit note. Returns its id. */
export async function insertCreditUse(
  ctx: TenantContext,
  use: Omit<CreditUse, 'id' | 'isReversed'> & { accountId: string },
): Promise<string> {
  const id = newId()
  await ctx.db.$executeRaw`
    insert into credit_uses (tenant_id, id, account_id, credit_note_id, invoice_id, currency, amount_minor, used_by, created_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${use.accountId}::uuid, ${use.creditNoteId}::uuid, ${use.invoiceId}::uuid,
      ${use.amount.currency}, ${use.amount.minor}, ${actorName(ctx.actor)}, ${ctx.now})`
  return id
}

/** One use of a credit note; undefined when the tenant has none of that id. */
export async function readCreditUse(ctx: TenantContext, id: string): Promise<CreditUse | undefined> {
  const [row] = await ctx.db.$queryRaw<(Omit<CreditUse, 'amount'> & { currency: string; amountMinor: bigint })[]>`
    select id, credit_note_id as "creditNoteId", invoice_id as "invoiceId", currency, amount_minor as "amountMinor",
      reversed_at is not null as "isReversed"
    from credit_uses where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  if (!row) return undefined
  const { currency, amountMinor, ...facts } = row
  return { ...facts, amount: money(amountMinor, currency) }
}

/** Notes that the use of a credit note is taken back; false when it was before. */
export async function markCreditUseReversed(ctx: TenantContext, id: string, reason: string): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update credit_uses set reversed_at = ${ctx.now}, reversed_by = ${actorName(ctx.actor)}, reversal_reason = ${reason}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and reversed_at is null`
  return changed === 1
}

/** What is left of a credit note. */
export type OpenCredit = { readonly id: string; readonly accountId: string; readonly number: string; readonly left: Money }

/** Credit notes of buyers, in a currency, that are not used up, oldest first; they are held until the transaction ends. */
export async function lockOpenCredits(ctx: TenantContext, accountIds: readonly string[], currency: string): Promise<OpenCredit[]> {
  const rows = await ctx.db.$queryRaw<(Omit<OpenCredit, 'left'> & { minor: bigint; issuedOn: string })[]>`
    select i.id, i.account_id as "accountId", i.number, i.issue_date::text as "issuedOn", s.total_minor - s.paid_minor as minor
    from invoice_states s join invoices i on i.tenant_id = s.tenant_id and i.id = s.invoice_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = any (${[...accountIds]}::uuid[]) and s.status = 'issued'
      and s.paid_minor < s.total_minor and i.document_type = 'credit-note' and i.currency = ${currency}
    order by s.invoice_id for update of s`
  return rows
    .toSorted((a, b) => a.issuedOn.localeCompare(b.issuedOn) || a.number.localeCompare(b.number))
    .map(({ minor, issuedOn: _, ...facts }) => ({ ...facts, left: money(minor, currency) }))
}

/** Saves uses of credit notes that are held, and takes them off what is left of each. The table refuses more than there is. */
export async function spendCredits(
  ctx: TenantContext,
  uses: readonly (Pick<CreditUse, 'creditNoteId' | 'invoiceId' | 'amount'> & { readonly accountId: string })[],
): Promise<void> {
  if (uses.length === 0) return
  const text = (pick: (use: (typeof uses)[number]) => string) => sqlArray(uses, pick)
  await ctx.db.$executeRaw`
    insert into credit_uses (tenant_id, used_by, created_at, id, account_id, credit_note_id, invoice_id, currency, amount_minor)
    select ${ctx.tenantId}::uuid, ${actorName(ctx.actor)}, ${ctx.now}, u.*
    from unnest(${text(() => newId())}::uuid[], ${text((u) => u.accountId)}::uuid[], ${text((u) => u.creditNoteId)}::uuid[],
      ${text((u) => u.invoiceId)}::uuid[], ${text((u) => u.amount.currency)}::text[],
      ${text((u) => u.amount.minor.toString())}::bigint[]) as u`
  await ctx.db.$executeRaw`
    update invoice_states s set paid_minor = s.paid_minor + u.minor, changed_at = ${ctx.now}
    from (
      select id, sum(minor) as minor
      from unnest(${text((u) => u.creditNoteId)}::uuid[], ${text((u) => u.amount.minor.toString())}::bigint[]) as n (id, minor) group by id) u
    where s.tenant_id = ${ctx.tenantId}::uuid and s.invoice_id = u.id`
}

/** Uses of credit notes that stand on a document, the newest first. */
export async function creditUsesOn(ctx: TenantContext, invoiceId: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from credit_uses
    where tenant_id = ${ctx.tenantId}::uuid and invoice_id = ${invoiceId}::uuid and reversed_at is null order by id desc`
  return rows.map(({ id }) => id)
}
