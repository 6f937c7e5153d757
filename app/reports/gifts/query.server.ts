import type { TenantContext } from '#app/db/context.server.ts'
import type { GiftBatchState } from '#app/domain/gift/gift-batch.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { offsetOf, pageSize } from '../paging.ts'

export type ShownBatch = {
  readonly id: string
  readonly name: string
  readonly amount: Money
  readonly codes: number
  readonly redeemed: number
  readonly redeemUntil: LocalDate
  readonly lastsDays: number | null
  readonly state: GiftBatchState
  readonly createdBy: string
  readonly createdAt: Date
}

type Row = Omit<ShownBatch, 'amount'> & { readonly currency: string; readonly amountMinor: bigint }

/** Batches of gift codes, the newest first; one of them with `id`. */
export async function listGiftBatches(ctx: TenantContext, id: string | null = null): Promise<ShownBatch[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select b.id, b.name, b.currency, b.amount_minor as "amountMinor", b.codes, b.redeem_until::text as "redeemUntil", b.lasts_days as "lastsDays",
      b.state, b.created_by as "createdBy", b.created_at as "createdAt", (
        select count(*) from gift_codes c where c.tenant_id = b.tenant_id and c.batch_id = b.id and c.redeemed_at is not null)::int as redeemed
    from gift_batches b
    where b.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or b.id = ${id}::uuid)
    order by b.created_at desc, b.id desc limit 200`
  return rows.map(({ currency, amountMinor, ...batch }) => ({ ...batch, amount: money(amountMinor, currency) }))
}

export type RedeemedCode = {
  readonly id: string
  readonly ending: string
  readonly accountId: string
  readonly accountName: string
  readonly redeemedAt: Date
}

/** Codes of a batch that were redeemed, the newest first. */
export async function listRedeemedCodes(ctx: TenantContext, batchId: string, page: number) {
  const rows = await ctx.db.$queryRaw<(RedeemedCode & { total: number })[]>`
    select c.id, c.ending, c.redeemed_by as "accountId", a.name as "accountName", c.redeemed_at as "redeemedAt", count(*) over ()::int as total
    from gift_codes c join accounts a on a.tenant_id = c.tenant_id and a.id = c.redeemed_by
    where c.tenant_id = ${ctx.tenantId}::uuid and c.batch_id = ${batchId}::uuid
    order by c.redeemed_at desc, c.id desc limit ${pageSize} offset ${offsetOf(page)}`
  return { rows: rows.map(({ total: _total, ...row }): RedeemedCode => row), total: rows[0]?.total ?? 0, page, pageSize }
}
