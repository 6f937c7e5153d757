import { readCatalogBooks } from '#app/db/catalog/catalog-prices.server.ts'
import { type RevisionRow, readTakenVersions } from '#app/db/catalog/catalog-revisions.server.ts'
import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { readVersionRules, readVersions, type VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readListBooks } from '#app/db/sellers/partner-levels.server.ts'
import { fragmentKey, type RevisionChange, takenIdOf } from '#app/domain/catalog/revision.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { feeKeyOf } from '#app/domain/pricing/markup/offered-fee.ts'
import { type PriceRule, plainRule } from '#app/domain/pricing/price-rule.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { unitOfMeter } from '#app/domain/usage/meters.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'
import { type PublishVersionError, publishFirstVersion, publishVersion } from '../pricing/publish-version.server.ts'
import { toPlanRule } from '../pricing/to-plan-rule.ts'
import { type TakeOverError, takeOverPrices } from './take-over-prices.server.ts'

type PriceChange = Extract<RevisionChange, { kind: 'price' }>
/** What a revision makes of one book: all its prices anew, single ones, or both, the single ones on top. */
type RevisedBook = { readonly currency: string | null; taken: readonly VersionRule[] | null; prices: PriceChange[] }

export type PublishRevisionError = PublishVersionError | TakeOverError
export type RevisedPrices = Pick<RevisionRow, 'catalogId' | 'changes' | 'note'> & { readonly activateAt: Date }

/** Publishes the prices of a revision from its date on, one new version for each book it touches. */
export async function publishRevisedPrices(ctx: TenantContext, revision: RevisedPrices): Promise<Result<null, PublishRevisionError>> {
  const { catalogId, activateAt: validFrom, note } = revision
  const own = await readOwnMeters(ctx)
  for (const [priceBookId, { taken, currency, prices }] of await revisedBooks(ctx, revision)) {
    const published =
      taken && currency
        ? await takeOverPrices(ctx, { catalogId, currency, prices: withChanges(taken, { prices, own }), validFrom, note })
        : await repriceBook(ctx, { priceBookId, prices, own, validFrom, note })
    if (!published.ok) return published
  }
  return ok(null)
}

/** The books the changes touch, by id; one that the catalog still has to open, by its currency. */
async function revisedBooks(ctx: TenantContext, { catalogId, changes, activateAt }: RevisedPrices): Promise<Map<string, RevisedBook>> {
  const sources = new Map((await readTakenVersions(ctx, changes, activateAt)).map((source) => [source.id, source]))
  const own = (await readCatalogBooks(ctx)).filter((book) => book.catalogId === catalogId)
  const { isReference } = await ctx.db.catalog.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: catalogId } },
    select: { isReference: true },
  })
  const lists = isReference ? await readListBooks(ctx) : []
  const bookIn = (currency: string) => [...own, ...lists].find((book) => book.currency === currency)?.id ?? currency
  const books = new Map<string, RevisedBook>()
  for (const change of changes) {
    if (change.kind === 'price') {
      const book = books.get(change.priceBookId) ?? { currency: null, taken: null, prices: [] }
      books.set(change.priceBookId, { ...book, prices: [...book.prices, change] })
    } else if (change.kind === 'price-book' || change.kind === 'price-version') {
      const source = sources.get(takenIdOf(change))
      if (source) books.set(bookIn(source.currency), { currency: source.currency, taken: source.rules, prices: [] })
    }
  }
  return books
}

type Changes = { readonly prices: readonly PriceChange[]; readonly own: OwnMeters }
type Repricing = Changes & { readonly priceBookId: string; readonly validFrom: Date; readonly note: string }

/** The prices of a book with some of them changed; an empty public book begins with these. */
async function repriceBook(ctx: TenantContext, { prices, own, ...opening }: Repricing): Promise<Result<object, PublishVersionError>> {
  const versions = await readVersions(ctx, [opening.priceBookId])
  if (versions.length === 0)
    return ok(await publishFirstVersion(ctx, { ...opening, isPublic: true, prices: withChanges([], { prices, own }) }))
  const standing = versions.filter(({ isWithdrawn }) => !isWithdrawn)
  const former = versionAt(standing, new Date(opening.validFrom.getTime() - 1))
  const changed = new Set(prices.map(keyOfChange))
  const replaced = former ? (await readVersionRules(ctx, [former.id])).filter((rule) => changed.has(keyOfRule(rule))) : []
  const adds = withChanges(replaced, { prices, own })
  return publishVersion(ctx, { ...opening, adds, change: (rule) => (changed.has(keyOfRule(rule)) ? undefined : rule) })
}

const keyOfChange = ({ productId, fee }: PriceChange) => `${productId}|${fragmentKey(fee)}`
const keyOfRule = (rule: VersionRule) => `${rule.productId}|${feeKeyOf(rule)}`

/** The prices with the changes made: a changed one keeps allowance and rhythm, and costs one price a unit from then on. */
function withChanges(rules: readonly VersionRule[], { prices, own }: Changes): NewPriceRule[] {
  const next = new Map(prices.map((change) => [keyOfChange(change), change]))
  const kept = rules.map((rule): NewPriceRule => {
    const change = next.get(keyOfRule(rule))
    next.delete(keyOfRule(rule))
    const plain = toPlanRule(rule)
    if (!change) return { ...plain, basis: rule.basis }
    const { unitPrice, cap } = change.fee
    return { ...plain, model: { kind: 'per-unit' }, unitPrice: new Decimal(unitPrice), cap: cap === null ? rule.cap : new Decimal(cap) }
  })
  return [...kept, ...[...next.values()].map((change) => newPrice(change, own))]
}

const usualUnit: Readonly<Record<PriceRule['feeKind'], string>> = {
  setup: 'once',
  recurring: 'month',
  renewal: 'once',
  cancellation: 'once',
  usage: 'hour',
}

function newPrice({ productId, fee }: PriceChange, own: OwnMeters): NewPriceRule {
  const { cap, unitPrice, ...identity } = fee
  const unit = (fee.meter === null ? undefined : unitOfMeter(fee.meter, own)) ?? usualUnit[fee.feeKind]
  const figures = { unitPrice: new Decimal(unitPrice), cap: cap === null ? null : new Decimal(cap) }
  return plainRule({ id: '', priceVersionId: '', validFrom: new Date(0), productId, ...identity, unit, ...figures })
}
