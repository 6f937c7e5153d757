import type { GiftBatch, GiftBatchState } from '#app/domain/gift/gift-batch.ts'
import { money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type NewBatch = Omit<GiftBatch, 'createdBy'> & { readonly formKey: string }

/** Saves a batch; false when its form made one before. */
export async function insertBatch(ctx: TenantContext, { amount, ...batch }: NewBatch): Promise<boolean> {
  const saved = await ctx.db.$executeRaw`
    insert into gift_batches (tenant_id, id, name, currency, amount_minor, codes, redeem_until, lasts_days, state, form_key, created_by, created_at)
    values (${ctx.tenantId}::uuid, ${batch.id}::uuid, ${batch.name}, ${amount.currency}, ${amount.minor}, ${batch.codes},
      ${batch.redeemUntil}::date, ${batch.lastsDays}, ${batch.state}, ${batch.formKey}, ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, form_key) do nothing`
  return saved === 1
}

/** Saves the codes of a batch, as digests. */
export async function insertGiftCodes(
  ctx: TenantContext,
  batchId: string,
  codes: readonly { readonly digest: string; readonly ending: string }[],
): Promise<void> {
  await ctx.db.$executeRaw`
    insert into gift_codes (tenant_id, batch_id, id, digest, ending)
    select ${ctx.tenantId}::uuid, ${batchId}::uuid, c.*
    from unnest(${sqlArray(codes, () => newId())}::uuid[], ${sqlArray(codes, ({ digest }) => digest)}::text[],
      ${sqlArray(codes, ({ ending }) => ending)}::text[]) as c`
}

type BatchRow = Omit<GiftBatch, 'amount'> & { readonly currency: string; readonly amountMinor: bigint }

/** A batch, held until the transaction ends; null when the seller has none of that id. */
export async function lockBatch(ctx: TenantContext, id: string): Promise<GiftBatch | null> {
  const [row] = await ctx.db.$queryRaw<BatchRow[]>`
    select id, name, currency, amount_minor as "amountMinor", codes, redeem_until::text as "redeemUntil", lasts_days as "lastsDays", state,
      created_by as "createdBy"
    from gift_batches where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  if (!row) return null
  const { currency, amountMinor, ...batch } = row
  return { ...batch, amount: money(amountMinor, currency) }
}

/** Moves a batch on, and notes who did. */
export async function moveBatch(ctx: TenantContext, id: string, state: GiftBatchState): Promise<void> {
  await ctx.db.giftBatch.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { state, decidedBy: actorName(ctx.actor), decidedAt: ctx.now },
  })
}

/** A code that may be redeemed on `today`, and what it brings; null for anything else. */
export async function findGiftCode(
  ctx: TenantContext,
  digest: string,
  today: LocalDate,
): Promise<{ id: string; batchId: string; name: string; currency: string; amountMinor: bigint; lastsDays: number | null } | null> {
  const [row] = await ctx.db.$queryRaw<
    { id: string; batchId: string; name: string; currency: string; amountMinor: bigint; lastsDays: number | null }[]
  >`
    select c.id, b.id as "batchId", b.name, b.currency, b.amount_minor as "amountMinor", b.lasts_days as "lastsDays"
    from gift_codes c join gift_batches b on b.tenant_id = c.tenant_id and b.id = c.batch_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.digest = ${digest} and c.redeemed_at is null and b.state = 'active'
      and b.redeem_until >= ${today}::date`
  return row ?? null
}

/** Takes a code for an account and the grant it became; false when somebody was faster. */
export async function takeGiftCode(
  ctx: TenantContext,
  { id, accountId, grantId }: { readonly id: string; readonly accountId: string; readonly grantId: string },
): Promise<boolean> {
  const taken = await ctx.db.giftCode.updateMany({
    where: { tenantId: ctx.tenantId, id, redeemedAt: null },
    data: { redeemedBy: accountId, grantId, redeemedAt: ctx.now },
  })
  return taken.count === 1
}
