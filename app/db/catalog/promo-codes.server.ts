import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type CodeBatch = { readonly promotionId: string; readonly maxRedemptions: number | null; readonly createdAt: Date }

/** Saves codes of a batch that are not taken yet. Returns how many were new. */
export async function insertCodes(ctx: TenantContext, batch: CodeBatch, codes: readonly string[]): Promise<number> {
  return ctx.db.$executeRaw`
    insert into promo_codes (tenant_id, promotion_id, max_redemptions, redeemed, state, created_at, id, code)
    select ${ctx.tenantId}::uuid, ${batch.promotionId}::uuid, ${batch.maxRedemptions}::int, 0, 'active', ${batch.createdAt}, c.*
    from unnest(${sqlArray(codes, () => newId())}::uuid[], ${sqlArray(codes, (code) => code)}::text[]) as c
    on conflict (tenant_id, code) do nothing`
}

/** How many codes of a batch there are: those of one promotion that were asked for at one instant. */
export async function countBatch(ctx: TenantContext, batch: Pick<CodeBatch, 'promotionId' | 'createdAt'>): Promise<number> {
  return ctx.db.promoCode.count({ where: { tenantId: ctx.tenantId, promotionId: batch.promotionId, createdAt: batch.createdAt } })
}

/** Allows or forbids further use of one code. False when the promotion has no such code. */
export async function moveCode(
  ctx: TenantContext,
  code: { promotionId: string; promoCodeId: string; state: 'active' | 'disabled' },
): Promise<boolean> {
  const moved = await ctx.db.promoCode.updateMany({
    where: { tenantId: ctx.tenantId, id: code.promoCodeId, promotionId: code.promotionId },
    data: { state: code.state },
  })
  return moved.count === 1
}

export type CodeRow = {
  readonly id: string
  readonly code: string
  readonly state: 'active' | 'disabled'
  readonly redeemed: number
  readonly maxRedemptions: number | null
  readonly createdAt: Date
}

/** Codes of a promotion in order of id after `afterId`, at most `limit`; `part` is any part of a code. */
export async function listCodes(
  ctx: TenantContext,
  page: { promotionId: string; part: string; afterId: string | null; limit: number },
): Promise<CodeRow[]> {
  return ctx.db.$queryRaw<CodeRow[]>`
    select id, code, state, redeemed, max_redemptions as "maxRedemptions", created_at as "createdAt"
    from promo_codes
    where tenant_id = ${ctx.tenantId}::uuid and promotion_id = ${page.promotionId}::uuid
      and (${page.afterId}::uuid is null or id > ${page.afterId}::uuid) and (${page.part} = '' or strpos(code, ${page.part}) > 0)
    order by id limit ${page.limit}`
}
