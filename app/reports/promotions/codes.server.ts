import { type CodeRow, listCodes } from '#app/db/catalog/promo-codes.server.ts'
import { readPromotion } from '#app/db/catalog/promotions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { pageSize } from '../paging.ts'
import { nameIn } from './columns.server.ts'

export type CodeList = {
  /** The promotion's name. */
  readonly promotion: string
  readonly rows: readonly CodeRow[]
  readonly nextCursor: string | null
  readonly total: number
}

export type CodeQuestion = {
  readonly promotionId: string
  readonly part: string
  readonly afterId: string | null
  readonly language: string
}

/** The codes of a promotion, page by page; undefined when the tenant has no such promotion. */
export async function readCodes(ctx: TenantContext, question: CodeQuestion): Promise<CodeList | undefined> {
  const { promotionId, part, afterId } = question
  const known = await readPromotion(ctx, promotionId)
  if (!known) return undefined
  const rows = await listCodes(ctx, { promotionId, part, afterId, limit: pageSize + 1 })
  const shown = rows.slice(0, pageSize)
  return {
    promotion: nameIn(known.promotion.name, question.language),
    rows: shown,
    nextCursor: rows.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    total: await ctx.db.promoCode.count({ where: { tenantId: ctx.tenantId, promotionId } }),
  }
}

/** The next lines of the codes of a promotion as CSV; `lastId` is null when there are no more. Codes are letters, digits and hyphens only. */
export async function csvOfCodes(
  ctx: TenantContext,
  page: { promotionId: string; afterId: string | null },
): Promise<{ text: string; lastId: string | null }> {
  const rows = await listCodes(ctx, { ...page, part: '', limit: 10_000 })
  const lines = rows.map(({ code, state, redeemed, maxRedemptions }) => `${code},${state},${redeemed},${maxRedemptions ?? ''}\r\n`)
  return { text: lines.join(''), lastId: rows.at(-1)?.id ?? null }
}
