import { type PriceVersionRow, readVersionRules, readVersions, type VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { describeRule } from '#app/domain/pricing/describe-rule.ts'
import type { PriceDescription } from '#app/domain/pricing/models/price-slice.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import type { Names } from './shape.ts'

type Subject = {
  readonly key: string
  /** Null for a price of the rate card. */
  readonly product: Names | null
  readonly feeKind: VersionRule['feeKind']
  readonly meter: string | null
  readonly match: VersionRule['match']
}

/** One price of a version, in words. */
export type ListedPrice = Subject & { readonly sentences: readonly PriceDescription[]; readonly isFree: boolean }

/** One price in two versions; null where a version has none. */
export type ComparedPrice = Subject & {
  readonly before: readonly PriceDescription[] | null
  readonly after: readonly PriceDescription[] | null
}

export type BookHistory = {
  readonly name: string
  readonly currency: string
  /** Those that count, in order of time. */
  readonly versions: readonly PriceVersionRow[]
  /** The version asked for, else the one in force, else the first that will be: with its prices, in the order of the products. */
  readonly listed: { readonly version: PriceVersionRow; readonly prices: readonly ListedPrice[] } | null
  /** What differs between the two versions asked for, or the last two; null where there are no two. */
  readonly compared: { readonly older: string; readonly newer: string; readonly prices: readonly ComparedPrice[] } | null
}

export type AskedVersions = Partial<Record<'version' | 'older' | 'newer', string | undefined>>

/** The prices of a book in words, and what changed from version to version; undefined when there is no such book. */
export async function readBookHistory(ctx: TenantContext, priceBookId: string, asked: AskedVersions): Promise<BookHistory | undefined> {
  const book = await ctx.db.priceBook.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: priceBookId } },
    select: { name: true, currency: true },
  })
  if (!book) return undefined
  const versions = (await readVersions(ctx, [priceBookId])).filter(({ isWithdrawn }) => !isWithdrawn)
  const find = (id: string | undefined) => versions.find((version) => version.id === id)
  const version = find(asked.version) ?? versionAt(versions, ctx.now) ?? versions[0]
  const newer = find(asked.newer) ?? versions.at(-1)
  const older = find(asked.older) ?? versions.at(-2)
  const ids = [version, older, newer].flatMap((one) => one?.id ?? [])
  const describe = await openSubjects(ctx, await readVersionRules(ctx, [...new Set(ids)]))
  const compared = older && newer ? { older: older.id, newer: newer.id, prices: describe.compare(older.id, newer.id, book.currency) } : null
  return { ...book, versions, listed: version ? { version, prices: describe.list(version.id, book.currency) } : null, compared }
}

/** Rules by what they are prices of, in the order of the products, the rate card last. */
async function openSubjects(ctx: TenantContext, rules: readonly VersionRule[]) {
  const products = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId },
    select: { id: true, name: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 10_000,
  })
  const place = new Map(products.map(({ id, name }, index) => [id, { names: name as Names, index }]))
  const indexOf = ({ productId }: VersionRule) => (productId === null ? products.length : (place.get(productId)?.index ?? products.length))
  const ordered = [...rules].sort((a, b) => indexOf(a) - indexOf(b) || feeOrder(a) - feeOrder(b) || (keyOf(a) < keyOf(b) ? -1 : 1))
  const subjectOf = (rule: VersionRule): Subject => {
    const { productId, feeKind, meter, match } = rule
    return { key: keyOf(rule), product: productId === null ? null : (place.get(productId)?.names ?? null), feeKind, meter, match }
  }
  return {
    list: (versionId: string, currency: string): ListedPrice[] =>
      ordered
        .filter(({ priceVersionId }) => priceVersionId === versionId)
        .map((rule) => {
          const sentences = describe(rule, currency)
          return { ...subjectOf(rule), sentences, isFree: sentences[0]?.key === 'models.free' }
        }),
    compare: (older: string, newer: string, currency: string): ComparedPrice[] => {
      const pairs = new Map<string, { before?: VersionRule; after?: VersionRule }>()
      for (const rule of ordered) {
        const side = rule.priceVersionId === older ? 'before' : rule.priceVersionId === newer ? 'after' : undefined
        if (side) pairs.set(keyOf(rule), { ...pairs.get(keyOf(rule)), [side]: rule })
      }
      const said = (rule: VersionRule | undefined) => (rule ? describe(rule, currency) : null)
      return [...pairs.values()].flatMap(({ before, after }) => {
        const rule = after ?? before
        if (!rule || (before && after && isSame(before, after))) return []
        return [{ ...subjectOf(rule), before: said(before), after: said(after) }]
      })
    },
  }
}

/** A plain fee is its amount: how much was used plays no part in it. */
function describe(rule: VersionRule, currency: string): PriceDescription[] {
  const { feeKind, model, unit, unitPrice, intervalUnit } = rule
  if (feeKind === 'usage' || model.kind !== 'per-unit' || unitPrice.isZero()) return describeRule(rule, currency)
  const key = feeKind === 'recurring' && intervalUnit === null ? 'models.per.month' : 'models.once'
  return [{ unit, currency, key, values: { price: { price: unitPrice.toFixed() } } }]
}

const fees = ['setup', 'recurring', 'renewal', 'cancellation', 'usage'] as const satisfies VersionRule['feeKind'][]

function feeOrder({ feeKind }: VersionRule): number {
  return fees.indexOf(feeKind)
}

function keyOf({ productId, feeKind, meter, match }: VersionRule): string {
  return [productId, feeKind, meter, JSON.stringify(match)].join('|')
}

function isSame(a: VersionRule, b: VersionRule): boolean {
  return JSON.stringify(figures(a)) === JSON.stringify(figures(b))
}

function figures({ id: _id, priceVersionId: _version, basis: _basis, productGroup: _group, ...rule }: VersionRule) {
  return rule
}
