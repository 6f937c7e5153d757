import { audit } from '#app/db/audit.server.ts'
import { type RevisionRow, readCatalogState, readDueRevisions, readRevision, updateRevision } from '#app/db/catalog-revisions.server.ts'
import { saveEntries } from '#app/db/catalogs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertPriceRules } from '#app/db/price-rules.server.ts'
import { draftOf, fragmentKey, type RevisedCatalog, type RevisionChange, reviseCatalog } from '#app/domain/catalog/revision.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { feeKeyOf } from '#app/domain/pricing/markup/offered-fee.ts'
import { type PriceRule, plainRule } from '#app/domain/pricing/price-rule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type PublishVersionError, publishVersion } from '../pricing/publish-version.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/**
 * Lets every scheduled revision of the tenant take effect whose instant has come, each in a transaction of its own. One that
 * cannot any more, since its product went meanwhile, becomes a draft again for somebody to look at.
 */
export async function activateDueRevisions({ inTenant }: TenantProcess<unknown>): Promise<{ activated: number }> {
  let activated = 0
  for (const id of await inTenant(readDueRevisions)) {
    const outcome = await inTenant((ctx) => activateRevision(ctx, id))
    if (outcome.ok) activated += 1
    else await inTenant((ctx) => sendBack(ctx, id, outcome.error))
  }
  return { activated }
}

type PriceChange = Extract<RevisionChange, { kind: 'price' }>
export type ActivateRevisionError = 'revision-not-found' | 'not-due' | 'refused' | PublishVersionError

/** Makes a due revision the catalog: places, texts, price books and prices at once, or nothing. Safe to repeat. */
export async function activateRevision(ctx: TenantContext, revisionId: string): Promise<Result<null, ActivateRevisionError>> {
  const revision = await readRevision(ctx, revisionId, { lock: true })
  if (!revision) return err('revision-not-found')
  if (revision.state === 'active') return ok(null)
  if (revision.state !== 'scheduled' || !revision.activateAt || revision.activateAt > ctx.now) return err('not-due')

  const state = await readCatalogState(ctx, revision.catalogId)
  const revised = reviseCatalog(state, revision.changes)
  if (!revised.ok) return revised
  await saveEntries(ctx, revision.catalogId, changedEntries(draftOf(state), revised.value))
  await saveTexts(ctx, revision.changes, revised.value)
  await attachBooks(ctx, revision)
  const priced = await publishPrices(ctx, revision.changes, revision.activateAt)
  if (!priced.ok) return priced

  await updateRevision(ctx, revisionId, { state: 'active', activatedAt: ctx.now })
  await audit(ctx, { action: 'revision.activated', subjectKind: 'catalog-revision', subjectId: revisionId })
  return ok(null)
}

function changedEntries(before: RevisedCatalog, after: RevisedCatalog) {
  return [...after.entries.values()].filter((entry) => JSON.stringify(entry) !== JSON.stringify(before.entries.get(entry.productId)))
}

async function saveTexts({ db, tenantId }: TenantContext, changes: readonly RevisionChange[], { texts }: RevisedCatalog): Promise<void> {
  const productIds = new Set(changes.flatMap((change) => (change.kind === 'text' ? [change.productId] : [])))
  for (const id of productIds) {
    const text = texts.get(id)
    if (text) await db.product.updateMany({ where: { tenantId, id }, data: { name: text.name, description: text.description } })
  }
}

/** A price book belongs to one catalog. */
async function attachBooks({ db, tenantId }: TenantContext, { catalogId, changes }: RevisionRow): Promise<void> {
  const ids = changes.flatMap((change) => (change.kind === 'price-book' ? [change.priceBookId] : []))
  await db.priceBook.updateMany({ where: { tenantId, id: { in: ids } }, data: { catalogId } })
}

async function publishPrices(
  ctx: TenantContext,
  changes: readonly RevisionChange[],
  validFrom: Date,
): Promise<Result<null, PublishVersionError>> {
  const prices = changes.filter((change) => change.kind === 'price')
  for (const priceBookId of new Set(prices.map((change) => change.priceBookId))) {
    const ofBook = prices.filter((change) => change.priceBookId === priceBookId)
    const published = await publishBook(ctx, { priceBookId, prices: ofBook, validFrom })
    if (!published.ok) return published
  }
  return ok(null)
}

type BookPrices = { readonly priceBookId: string; readonly prices: readonly PriceChange[]; readonly validFrom: Date }

async function publishBook(ctx: TenantContext, { priceBookId, prices, validFrom }: BookPrices): Promise<Result<null, PublishVersionError>> {
  const next = new Map(prices.map((change) => [`${change.productId}|${fragmentKey(change.fee)}`, change]))
  const found = new Set<string>()
  const published = await publishVersion(ctx, {
    priceBookId,
    validFrom,
    note: null,
    change: (rule) => {
      const key = `${rule.productId}|${feeKeyOf(rule)}`
      const change = next.get(key)
      if (!change) return rule
      found.add(key)
      const { unitPrice, cap } = change.fee
      return { ...rule, unitPrice: new Decimal(unitPrice), cap: cap ? new Decimal(cap) : rule.cap }
    },
  })
  if (!published.ok) return published
  const { priceVersionId } = published.value
  const { isPublic } = await ctx.db.priceVersion.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: priceVersionId } },
    select: { isPublic: true },
  })
  const added = [...next].filter(([key]) => !found.has(key)).map(([, change]) => newPrice(change))
  await insertPriceRules(ctx, { priceVersionId, isPublic, rules: added })
  return ok(null)
}

const usualUnit: Readonly<Record<PriceRule['feeKind'], string>> = {
  setup: 'once',
  recurring: 'month',
  renewal: 'once',
  cancellation: 'once',
  usage: 'hour',
}

function newPrice({ productId, fee }: PriceChange): PriceRule {
  const { cap, unitPrice, ...identity } = fee
  return plainRule({
    id: '',
    priceVersionId: '',
    validFrom: new Date(0),
    productId,
    ...identity,
    unit: usualUnit[fee.feeKind],
    unitPrice: new Decimal(unitPrice),
    cap: cap ? new Decimal(cap) : null,
  })
}

async function sendBack(ctx: TenantContext, revisionId: string, reason: string): Promise<void> {
  await updateRevision(ctx, revisionId, { state: 'draft', activateAt: null })
  await audit(ctx, { action: 'revision.sent-back', subjectKind: 'catalog-revision', subjectId: revisionId, detail: { reason } })
}
