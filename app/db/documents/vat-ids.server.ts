import { nextCheckAt } from '#app/domain/tax/vat-id-schedule.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import type { VatIdStatus } from '../people/accounts.server.ts'
import { sealField } from '../sealing/sealed-fields.server.ts'

/** An id to ask a register about, and who asks. */
export type VatIdToCheck = { readonly accountId: string; readonly vatId: string; readonly requesterVatId: string | null }

type HistoryRow = VatIdToCheck & {
  readonly outcome: 'valid' | 'invalid' | null
  readonly answeredAt: Date | null
  readonly failures: number
  readonly lastFailure: Date | null
}

/**
 * Ids with one of `prefixes` that a register is to be asked about now, longest waiting first, at most `limit`: new ones, those it did not
 * answer about, and those it was asked about long ago.
 */
export async function dueVatIds(
  ctx: TenantContext,
  { prefixes, limit }: { readonly prefixes: readonly string[]; readonly limit: number },
): Promise<VatIdToCheck[]> {
  const rows = await ctx.db.$queryRaw<HistoryRow[]>`
    select a.id as "accountId", a.vat_id as "vatId", t.vat_id as "requesterVatId", answered.outcome, answered.checked_at as "answeredAt",
      missed.failures, missed.last as "lastFailure"
    from accounts a
    join tenants t on t.tenant_id = a.tenant_id
    left join lateral (
      select c.outcome, c.checked_at from vat_id_checks c
      where c.tenant_id = a.tenant_id and c.account_id = a.id and c.vat_id = a.vat_id and c.outcome <> 'unavailable'
      order by c.checked_at desc, c.id desc limit 1) answered on true
    cross join lateral (
      select count(*)::int as failures, max(c.checked_at) as last from vat_id_checks c
      where c.tenant_id = a.tenant_id and c.account_id = a.id and c.vat_id = a.vat_id and c.outcome = 'unavailable'
        and c.checked_at > coalesce(answered.checked_at, '-infinity')) missed
    where a.tenant_id = ${ctx.tenantId}::uuid and a.status = 'active' and left(a.vat_id, 2) = any (${prefixes}::text[])
    order by coalesce(missed.last, answered.checked_at) nulls first, a.id`
  return rows
    .filter((row) => isDue(row, ctx.now))
    .slice(0, limit)
    .map(({ accountId, vatId, requesterVatId }) => ({ accountId, vatId, requesterVatId }))
}

function isDue({ outcome, answeredAt, failures, lastFailure }: HistoryRow, now: Date): boolean {
  const answer = outcome && answeredAt ? { outcome, at: answeredAt } : null
  const next = nextCheckAt({ answer, failures, lastFailure })
  return next === null || next <= now
}

/** The id of one account and who asks about it; null when the account has none. */
export async function vatIdToCheck(ctx: TenantContext, accountId: string): Promise<VatIdToCheck | null> {
  const [row] = await ctx.db.$queryRaw<VatIdToCheck[]>`
    select a.id as "accountId", a.vat_id as "vatId", t.vat_id as "requesterVatId"
    from accounts a join tenants t on t.tenant_id = a.tenant_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid and a.vat_id is not null`
  return row ?? null
}

export type VatIdCheckRow = VatIdToCheck & {
  readonly register: string
  readonly outcome: 'valid' | 'invalid' | 'unavailable'
  /** Why there was no answer. */
  readonly problem: string | null
  readonly consultationNumber: string | null
  readonly registeredName: string | null
  readonly registeredAddress: string | null
  /** As received. */
  readonly answer: string
}

/** Keeps what a register said, for good. */
export async function insertVatIdCheck(ctx: TenantContext, row: VatIdCheckRow): Promise<void> {
  const id = newId()
  const registeredAddress = row.registeredAddress && sealField(ctx, 'vat_id_checks.registered_address', id, row.registeredAddress)
  const answer = sealField(ctx, 'vat_id_checks.answer', id, row.answer)
  await ctx.db.vatIdCheck.createMany({ data: [{ tenantId: ctx.tenantId, id, ...row, registeredAddress, answer, checkedAt: ctx.now }] })
}

/** Notes what a register answered about the id of an account; not when the account has another one by now. */
export async function setVatIdStatus(
  ctx: TenantContext,
  { accountId, vatId, status }: { readonly accountId: string; readonly vatId: string; readonly status: 'valid' | 'invalid' },
): Promise<void> {
  await ctx.db.account.updateMany({
    where: { tenantId: ctx.tenantId, id: accountId, vatId },
    data: { vatIdStatus: status, vatIdCheckedAt: ctx.now },
  })
}

/** Gives an account another VAT id, or none. */
export async function setVatId(
  ctx: TenantContext,
  { accountId, vatId, status }: { readonly accountId: string; readonly vatId: string | null; readonly status: VatIdStatus },
): Promise<void> {
  const data = { vatId, vatIdStatus: status, vatIdCheckedAt: status === 'none' ? null : ctx.now }
  await ctx.db.account.updateMany({ where: { tenantId: ctx.tenantId, id: accountId }, data })
}
