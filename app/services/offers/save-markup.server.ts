import { audit } from '#app/db/audit.server.ts'
import { deleteMarkupRule, type NewMarkup, saveMarkupRules } from '#app/db/catalog/markup.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type SaveMarkupInput = { readonly priceBookId: string; readonly rules: readonly NewMarkup[] }
export type SaveMarkupError = 'book-not-found' | 'product-not-found' | 'rate-missing' | 'amount-missing' | 'no-rule'

/** Keeps mark-ups of a book, each in the place of one with the same scope. Prices that stand do not move: applying them does that. */
export async function saveMarkup(ctx: TenantContext, { priceBookId, rules }: SaveMarkupInput): Promise<Result<null, SaveMarkupError>> {
  const { tenantId } = ctx
  if (rules.length === 0) return err('no-rule')
  if (rules.some(({ method, rate }) => method === 'percent' && rate === null)) return err('rate-missing')
  if (rules.some(({ method, amount }) => method !== 'percent' && amount === null)) return err('amount-missing')
  if ((await ctx.db.priceBook.count({ where: { tenantId, id: priceBookId } })) === 0) return err('book-not-found')
  const productIds = [...new Set(rules.flatMap(({ productId }) => productId ?? []))]
  if ((await ctx.db.product.count({ where: { tenantId, id: { in: productIds } } })) < productIds.length) return err('product-not-found')

  await saveMarkupRules(ctx, priceBookId, rules)
  const detail = {
    rules: rules.map(({ method, rate, amount, rounding }) => [method, rate?.toFixed() ?? amount?.toFixed() ?? '', rounding]),
  }
  await audit(ctx, { action: 'markup.saved', subjectKind: 'price-book', subjectId: priceBookId, detail })
  return ok(null)
}

/** Takes a mark-up away. Prices made with it stay until they are made again. */
export async function removeMarkup(ctx: TenantContext, markupRuleId: string): Promise<Result<null, 'not-found'>> {
  if (!(await deleteMarkupRule(ctx, markupRuleId))) return err('not-found')
  await audit(ctx, { action: 'markup.removed', subjectKind: 'markup-rule', subjectId: markupRuleId })
  return ok(null)
}
