import { audit } from '#app/db/audit.server.ts'
import { readPriceRules, type StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import { insertVersion, type PriceVersionRow, readVersions, repinItems, withdrawVersion } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  insertLevelBook,
  type LevelBookRow,
  type ListBookRow,
  lockPartnerLevels,
  readLevelBooks,
  readLevelDiscounts,
  readListBooks,
  readPartnerLevels,
  readProductGroups,
  shortenVersion,
} from '#app/db/sellers/partner-levels.server.ts'
import type { LevelDiscount } from '#app/domain/partner-level/level-discount.ts'
import { type LevelVersion, type NeededVersion, planLevelBook } from '#app/domain/partner-level/plan-level-book.ts'

export type RefreshInput = {
  /** The list that changed; without it every list. */
  readonly priceBookId?: string
  /** From when on it changed; without it, from now on. An empty book begins with its list. */
  readonly from?: Date
}

/**
 * Lets the buy lists of all partner levels follow the public lists and the levels' discounts: opens books that are missing and
 * publishes versions where prices differ. Nothing happens where they already say the same. Returns how many versions are new.
 */
export async function refreshLevelBooks(ctx: TenantContext, input: RefreshInput = {}): Promise<number> {
  const levels = (await readPartnerLevels(ctx)).filter(({ status }) => status === 'active')
  const lists = (await readListBooks(ctx)).filter(({ id }) => input.priceBookId === undefined || id === input.priceBookId)
  if (levels.length === 0 || lists.length === 0) return 0

  await lockPartnerLevels(ctx)
  const known = await readLevelBooks(ctx)
  const pairs: BookPair[] = []
  for (const level of levels) {
    for (const list of lists) {
      const found = known.find((book) => book.levelId === level.id && book.currency === list.currency)
      pairs.push({ list, book: found ?? (await insertLevelBook(ctx, level, list.currency)) })
    }
  }
  const facts = await readBooks(ctx, pairs)
  const discounts = await readLevelDiscounts(ctx)
  let added = 0
  for (const pair of pairs) {
    const own = discounts.filter(({ levelId }) => levelId === pair.book.levelId)
    added += await refreshBook(ctx, { pair, facts, discounts: own, from: input.from ?? ctx.now })
  }
  return added
}

type BookPair = { readonly list: ListBookRow; readonly book: LevelBookRow }
type BookFacts = ReadonlyMap<string, readonly LevelVersion[]>

/** The standing versions of every book at hand, with their prices. */
async function readBooks(ctx: TenantContext, pairs: readonly BookPair[]): Promise<BookFacts> {
  const ids = [...new Set(pairs.flatMap(({ list, book }) => [list.id, book.id]))]
  const groups = await readProductGroups(ctx)
  const rules = new Map<string, StoredPriceRule[]>()
  for (const rule of await readPriceRules(ctx, ids)) {
    const own = rules.get(rule.priceVersionId)
    if (own) own.push(rule)
    else rules.set(rule.priceVersionId, [rule])
  }
  const toVersion = ({ id, validFrom, validTo }: PriceVersionRow): LevelVersion => ({
    id,
    validFrom,
    validTo,
    prices: (rules.get(id) ?? []).map((rule) => ({ ...rule, productGroup: groups.get(rule.productId ?? '') ?? null })),
  })
  const versions = (await readVersions(ctx, ids)).filter(({ isWithdrawn }) => !isWithdrawn)
  return new Map(ids.map((id) => [id, versions.filter(({ priceBookId }) => priceBookId === id).map(toVersion)]))
}

type BookRefresh = {
  readonly pair: BookPair
  readonly facts: BookFacts
  readonly discounts: readonly LevelDiscount[]
  readonly from: Date
}

async function refreshBook(ctx: TenantContext, { pair, facts, discounts, from }: BookRefresh): Promise<number> {
  const [list, standing] = [facts.get(pair.list.id) ?? [], facts.get(pair.book.id) ?? []]
  const first = list.reduce((least, { validFrom }) => (validFrom < least ? validFrom : least), from)
  const plan = planLevelBook({ list, discounts, standing, from: standing.length === 0 ? first : from })
  if (plan.ends) await shortenVersion(ctx, plan.ends.id, plan.ends.validTo)
  for (const id of plan.withdraws) await withdrawVersion(ctx, id)
  for (const version of plan.adds) await publish(ctx, pair, version)
  return plan.adds.length
}

async function publish(ctx: TenantContext, { list, book }: BookPair, version: NeededVersion): Promise<void> {
  const { validFrom, validTo, supersedesId, prices } = version
  const number = (await readVersions(ctx, [book.id])).reduce((most, row) => Math.max(most, row.number), 0) + 1
  const facts = { priceBookId: book.id, number, isPublic: false, validFrom, validTo, note: null, supersedesId }
  const priceVersionId = await insertVersion(ctx, facts)
  const rules = prices.map(({ percent, productGroup: _, ...price }) => ({ ...price, basis: { level: { percent: percent.toFixed() } } }))
  await insertPriceRules(ctx, { priceVersionId, isPublic: false, rules })
  if (supersedesId) await repinItems(ctx, { from: supersedesId, to: priceVersionId })
  const detail = { priceBookId: book.id, listBookId: list.id, supersedesId }
  await audit(ctx, { action: 'price-version.followed', subjectKind: 'price-version', subjectId: priceVersionId, detail })
}
