import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

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
