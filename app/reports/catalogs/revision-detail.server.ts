import { readCatalogState, readRevision } from '#app/db/catalog/catalog-revisions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type ComparedPrice, compareCatalogs } from '#app/domain/catalog/compare-catalogs.ts'
import {
  type CatalogState,
  draftOf,
  fragmentKey,
  type RevisedCatalog,
  type RevisionChange,
  reviseCatalog,
  takenIdOf,
} from '#app/domain/catalog/revision.ts'
import { readRevisions, readSources } from './query.server.ts'
import type { BookChoice, ChangeRow, RevisedRow, RevisionDetail, VersionChoice } from './shape.ts'

/** One revision with the catalog before and after it; null when there is none. Of one that is active, both are the same. */
export async function readRevisionDetail(ctx: TenantContext, id: string): Promise<RevisionDetail | null> {
  const revision = await readRevision(ctx, id)
  const [overview] = revision ? await readRevisions(ctx, id) : []
  if (!revision || !overview) return null
  const { catalogId, changes, activateAt } = revision
  const state = await readCatalogState(ctx, { catalogId, changes, at: activateAt && activateAt > ctx.now ? activateAt : ctx.now })
  const revised = reviseCatalog(state, changes)
  const sources = await readSources(ctx)
  const inCatalog = new Set(state.priceBooks.map((book) => book.id))
  const versions = await readChoices(ctx, [...inCatalog])
  return {
    ...overview,
    changes: changes.map((change, index) => changeRow(change, index, { state, sources, versions })),
    rows: revised.ok ? changedRows(state, changes, revised.value) : [],
    products: state.products.map(({ id: productId, name }) => ({ id: productId, name })),
    books: sources.filter((book) => inCatalog.has(book.id)),
    sources,
    versions,
  }
}

/** The versions of these books, the newest first. */
function readChoices({ db, tenantId }: TenantContext, bookIds: readonly string[]): Promise<VersionChoice[]> {
  return db.$queryRaw`
    select v.id, b.name, b.currency, v.number, v.valid_from as "validFrom"
    from price_versions v join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where v.tenant_id = ${tenantId}::uuid and v.price_book_id = any (${bookIds}::uuid[]) and v.withdrawn_at is null
    order by v.valid_from desc, v.id limit 50`
}

type Names = { readonly state: CatalogState; readonly sources: readonly BookChoice[]; readonly versions: readonly VersionChoice[] }

function changeRow(change: RevisionChange, index: number, { state, sources, versions }: Names): ChangeRow {
  const product = 'productId' in change ? (state.products.find(({ id }) => id === change.productId)?.name ?? null) : null
  const row = { index, kind: change.kind, product, text: null, position: null, price: null }
  if (change.kind === 'add' || change.kind === 'move') return { ...row, position: change.position }
  if (change.kind === 'text') return { ...row, text: change.name ?? change.description ?? null }
  if (change.kind === 'price-book' || change.kind === 'price-version') {
    const version = versions.find(({ id }) => id === takenIdOf(change))
    const book = sources.find(({ id }) => id === takenIdOf(change))
    return { ...row, text: version ? `${version.name} ${version.number}` : (book?.name ?? null) }
  }
  if (change.kind !== 'price') return row
  const currency = sources.find(({ id }) => id === change.priceBookId)?.currency ?? ''
  return { ...row, price: { feeKey: fragmentKey(change.fee), currency, unitPrice: change.fee.unitPrice } }
}

/** The products the changes speak of, and those whose prices come out otherwise, in the order of the seller's products. */
function changedRows(state: CatalogState, changes: readonly RevisionChange[], after: RevisedCatalog): RevisedRow[] {
  const before = draftOf(state)
  const compared = new Map(compareCatalogs(state.products, before, after).map((product) => [product.productId, product.prices]))
  const named = new Set(changes.flatMap((change) => ('productId' in change ? change.productId : [])))
  return state.products
    .filter(({ id }) => named.has(id) || compared.has(id))
    .map(({ id }) => rowOf(id, { before, after, prices: compared.get(id) ?? [] }))
}

type Sides = { readonly before: RevisedCatalog; readonly after: RevisedCatalog; readonly prices: readonly ComparedPrice[] }

function rowOf(productId: string, { before, after, prices }: Sides): RevisedRow {
  const placeOf = (catalog: RevisedCatalog) => {
    const entry = catalog.entries.get(productId)
    return entry ? { isVisible: entry.isVisible, position: entry.position } : null
  }
  return {
    productId,
    name: before.texts.get(productId)?.name ?? {},
    nameAfter: after.texts.get(productId)?.name ?? {},
    before: placeOf(before),
    after: placeOf(after),
    prices,
  }
}
