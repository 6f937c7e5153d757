import {
  type CatalogState,
  type RevisedPrice,
  type RevisedProduct,
  type RevisionChange,
  RevisionChanges,
  type TakenPrices,
  type TakeOverChange,
  takenIdOf,
} from '#app/domain/catalog/revision.ts'
import { feeKeyOf } from '#app/domain/pricing/markup/offered-fee.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { readPriceRules } from './catalog.server.ts'
import { readCatalogContent } from './catalogs.server.ts'
import { readVersionRules, type VersionRule } from './price-versions.server.ts'

export type RevisionState = 'draft' | 'scheduled' | 'active' | 'discarded'
export type RevisionRow = {
  readonly id: string
  readonly catalogId: string
  readonly number: number
  readonly state: RevisionState
  readonly note: string
  readonly changes: readonly RevisionChange[]
  readonly activateAt: Date | null
  readonly activatedAt: Date | null
}

type Row = Omit<RevisionRow, 'changes'> & { readonly changes: unknown }

/** One revision, kept from others until the transaction ends when `lock` is set. */
export async function readRevision(ctx: TenantContext, id: string, { lock = false } = {}): Promise<RevisionRow | undefined> {
  if (lock)
    await ctx.db.$executeRaw`select id from catalog_revisions where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  const rows = await ctx.db.$queryRaw<Row[]>`
    select id, catalog_id as "catalogId", number, state, note, changes, activate_at as "activateAt", activated_at as "activatedAt"
    from catalog_revisions where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return rows.map(toRevision)[0]
}

function toRevision({ changes, ...row }: Row): RevisionRow {
  return { ...row, changes: RevisionChanges.parse(changes) }
}

/** The scheduled revisions whose instant has come, the earliest first. */
export async function readDueRevisions(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.catalogRevision.findMany({
    where: { tenantId: ctx.tenantId, state: 'scheduled', activateAt: { lte: ctx.now } },
    select: { id: true },
    orderBy: [{ activateAt: 'asc' }, { number: 'asc' }],
    take: 500,
  })
  return rows.map(({ id }) => id)
}

/** Adds an empty draft. Returns its id. */
export async function insertRevision(ctx: TenantContext, catalogId: string, note: string): Promise<string> {
  const { tenantId, now } = ctx
  const id = newId()
  const createdBy = actorName(ctx.actor)
  const last = await ctx.db.catalogRevision.aggregate({ where: { tenantId, catalogId }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  await ctx.db.catalogRevision.createMany({
    data: [{ tenantId, id, catalogId, number, state: 'draft', note, changes: [], createdBy, createdAt: now }],
  })
  return id
}

export type RevisionUpdate = Partial<Pick<RevisionRow, 'state' | 'activateAt' | 'activatedAt' | 'note'>> & {
  readonly changes?: readonly RevisionChange[]
}

/** Changes a revision. */
export async function updateRevision(ctx: TenantContext, id: string, { changes, ...update }: RevisionUpdate): Promise<void> {
  await ctx.db.catalogRevision.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { ...update, ...(changes ? { changes: changes.map((change) => ({ ...change })) } : {}) },
  })
}

export type CatalogStateInput = { readonly catalogId: string; readonly changes: readonly RevisionChange[]; readonly at: Date }

/** A catalog as the changes of a revision meet it at an instant: entries, texts, prices in force, and the prices they take over. */
export async function readCatalogState(ctx: TenantContext, { catalogId, changes, at }: CatalogStateInput): Promise<CatalogState> {
  const { tenantId } = ctx
  const content = await readCatalogContent(ctx, catalogId)
  const products = await ctx.db.product.findMany({
    where: { tenantId, status: { not: 'retired' } },
    select: { id: true, code: true, position: true, name: true, description: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 10_000,
  })
  const books = await ctx.db.priceBook.findMany({
    where: { tenantId, OR: [{ catalogId }, { catalogId: null, isPublic: true }] },
    select: { id: true, currency: true, catalogId: true },
    orderBy: { createdAt: 'asc' },
    take: 200,
  })
  const rules = await readPriceRules(
    ctx,
    books.map(({ id }) => id),
  )
  const prices = rules.flatMap((rule): RevisedPrice[] => {
    const { productId, priceBookId, currency } = rule
    if (productId === null || !isInForce(rule, at.getTime())) return []
    return [{ productId, priceBookId, currency, feeKey: feeKeyOf(rule), unitPrice: rule.unitPrice.toFixed() }]
  })
  const taken = (await readTakenVersions(ctx, changes, at)).map(toTaken)
  return { ...content, products: products as unknown as RevisedProduct[], priceBooks: books, prices, taken }
}

/** The prices that a change takes over, with all that belongs to them; `id` as in `TakenPrices`. */
export type TakenVersion = { readonly id: string; readonly currency: string; readonly rules: readonly VersionRule[] }

/** What the changes take over: of a book the version in force at `at`. Buy lists of partner levels and withdrawn versions are left out. */
export async function readTakenVersions(ctx: TenantContext, changes: readonly RevisionChange[], at: Date): Promise<TakenVersion[]> {
  const wanted = changes.filter((change): change is TakeOverChange => change.kind === 'price-book' || change.kind === 'price-version')
  if (wanted.length === 0) return []
  const ids = wanted.map(takenIdOf)
  const versions = await ctx.db.$queryRaw<{ id: string; versionId: string; currency: string }[]>`
    select case when v.id = any (${ids}::uuid[]) then v.id else b.id end as id, v.id as "versionId", b.currency
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${ctx.tenantId}::uuid and v.withdrawn_at is null and b.partner_level_id is null
      and (v.id = any (${ids}::uuid[])
        or b.id = any (${ids}::uuid[]) and v.valid_from <= ${at} and (v.valid_to is null or v.valid_to > ${at}))
    order by v.id`
  const rules = await readVersionRules(
    ctx,
    versions.map(({ versionId }) => versionId),
  )
  return versions.map(({ id, versionId, currency }) => ({ id, currency, rules: rules.filter((rule) => rule.priceVersionId === versionId) }))
}

function toTaken({ id, currency, rules }: TakenVersion): TakenPrices {
  const prices = rules.flatMap((rule) => {
    const { productId, unitPrice } = rule
    return productId === null ? [] : [{ productId, feeKey: feeKeyOf(rule), unitPrice: unitPrice.toFixed() }]
  })
  return { id, currency, prices }
}
