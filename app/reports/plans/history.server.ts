import type { TenantContext } from '#app/db/context.server.ts'
import { type PriceVersionRow, readVersionRules, readVersions, type VersionRule } from '#app/db/price-versions.server.ts'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import { describeModel } from '#app/domain/pricing/models/registry.ts'
import { modelOf } from '#app/domain/pricing/price-rule.ts'
import type { Names } from './shape.ts'

/** One price in two versions; null where a version has none. */
export type ComparedPrice = {
  readonly key: string
  readonly product: Names | null
  readonly feeKind: VersionRule['feeKind']
  readonly meter: string | null
  readonly match: VersionRule['match']
  readonly before: readonly PriceDescription[] | null
  readonly after: readonly PriceDescription[] | null
}

export type BookHistory = {
  readonly name: string
  readonly currency: string
  readonly versions: readonly PriceVersionRow[]
  /** What differs between the two versions asked for, or the last two. */
  readonly compared: { readonly older: string; readonly newer: string; readonly prices: readonly ComparedPrice[] } | null
}

/** The versions of a book and, rule by rule, what differs between two of them; undefined when there is no such book. */
export async function readBookHistory(
  ctx: TenantContext,
  priceBookId: string,
  asked: { readonly older?: string | undefined; readonly newer?: string | undefined },
): Promise<BookHistory | undefined> {
  const { tenantId } = ctx
  const book = await ctx.db.priceBook.findUnique({
    where: { tenantId_id: { tenantId, id: priceBookId } },
    select: { name: true, currency: true },
  })
  if (!book) return undefined
  const versions = await readVersions(ctx, [priceBookId])
  const isOfBook = (id: string | undefined) => (versions.some((version) => version.id === id) ? id : undefined)
  const newer = isOfBook(asked.newer) ?? versions.at(-1)?.id
  const older = isOfBook(asked.older) ?? versions.at(-2)?.id
  if (!newer || !older) return { ...book, versions, compared: null }
  return { ...book, versions, compared: { older, newer, prices: await compare(ctx, { older, newer, currency: book.currency }) } }
}

type Pair = { readonly older: string; readonly newer: string; readonly currency: string }

async function compare(ctx: TenantContext, { older, newer, currency }: Pair): Promise<ComparedPrice[]> {
  const rules = await readVersionRules(ctx, [older, newer])
  const products = await ctx.db.product.findMany({ where: { tenantId: ctx.tenantId }, select: { id: true, name: true }, take: 10_000 })
  const names = new Map(products.map(({ id, name }) => [id, name as Names]))
  const byKey = new Map<string, { before?: VersionRule; after?: VersionRule }>()
  for (const rule of rules) {
    const key = [rule.productId, rule.feeKind, rule.meter, JSON.stringify(rule.match)].join('|')
    byKey.set(key, { ...byKey.get(key), [rule.priceVersionId === older ? 'before' : 'after']: rule })
  }
  return [...byKey].flatMap(([key, { before, after }]) => {
    const rule = after ?? before
    if (!rule || (before && after && isSame(before, after))) return []
    const product = rule.productId === null ? null : (names.get(rule.productId) ?? null)
    const { feeKind, meter, match } = rule
    return [{ key, product, feeKind, meter, match, before: sentences(before, currency), after: sentences(after, currency) }]
  })
}

function isSame(a: VersionRule, b: VersionRule): boolean {
  return JSON.stringify(figures(a)) === JSON.stringify(figures(b))
}

function figures({ id: _id, priceVersionId: _version, basis: _basis, productGroup: _group, ...rule }: VersionRule) {
  return rule
}

function sentences(rule: VersionRule | undefined, currency: string): PriceDescription[] | null {
  if (!rule) return null
  const words = { unit: rule.unit, currency }
  const { included, cap, minimum } = rule
  return [
    describeModel(modelOf(rule), words),
    ...(included.gt(0) ? [{ ...words, key: 'models.with.included' as const, values: { included: { quantity: included.toFixed() } } }] : []),
    ...(cap ? [{ ...words, key: 'models.with.cap' as const, values: { cap: { price: cap.toFixed() } } }] : []),
    ...(minimum ? [{ ...words, key: 'models.with.minimum' as const, values: { minimum: { price: minimum.toFixed() } } }] : []),
  ]
}
