import { z } from 'zod'
import { languageTag } from '#app/domain/shared/language-tag.ts'
import { Uuid } from '../shared/ids.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { CatalogEntry } from './visible-catalog.ts'

const language = z.string().regex(languageTag, 'invalid')
const decimalText = z.string().regex(/^\d{1,14}(\.\d{1,12})?$/, 'not-a-decimal')
const position = z.number().int().min(0).max(100_000)

/** A price as a fragment of a plan: what one fee of the product costs from the activation on, in the currency of the book. */
const PriceFragment = z.strictObject({
  feeKind: z.enum(['setup', 'recurring', 'renewal', 'cancellation', 'usage']),
  meter: z.string().max(60).nullable().default(null),
  match: z.record(z.string(), z.string()).default({}),
  unitPrice: decimalText,
  cap: decimalText.nullable().default(null),
})

/** One change of a catalog revision. */
export const RevisionChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), productId: Uuid, position }),
  z.strictObject({ kind: z.literal('hide'), productId: Uuid }),
  z.strictObject({ kind: z.literal('show'), productId: Uuid }),
  z.strictObject({ kind: z.literal('move'), productId: Uuid, position }),
  z.strictObject({
    kind: z.literal('text'),
    productId: Uuid,
    language,
    name: z.string().trim().min(1).max(120).optional(),
    description: z.string().trim().max(2_000).optional(),
  }),
  /** The catalog's own prices in the book's currency become those the book has in force at the activation. */
  z.strictObject({ kind: z.literal('price-book'), priceBookId: Uuid }),
  z.strictObject({ kind: z.literal('price'), productId: Uuid, priceBookId: Uuid, fee: PriceFragment }),
  /** The same with the prices of one version, whenever that was or is in force. */
  z.strictObject({ kind: z.literal('price-version'), priceVersionId: Uuid }),
])
export type RevisionChange = z.infer<typeof RevisionChange>
/** The changes of a revision, in the order they are made. */
export const RevisionChanges = z.array(RevisionChange).max(2_000)

/** A product as a revision sees it. */
export type RevisedProduct = {
  readonly id: string
  readonly code: string
  readonly position: number
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
}

/** One price of a product in one of the catalog's books, as decimal text. */
export type RevisedPrice = {
  readonly productId: string
  readonly priceBookId: string
  /** Kind of fee, meter and dimensions as one text. */
  readonly feeKey: string
  readonly currency: string
  readonly unitPrice: string
}

/** Prices that changes take over: those of a book in force, under its id, or of a version, under its. */
export type TakenPrices = {
  readonly id: string
  readonly currency: string
  readonly prices: readonly Omit<RevisedPrice, 'priceBookId' | 'currency'>[]
}

/** A catalog with what is in it: the products of the tenant, the entries of the catalog and its prices; and what changes name beside. */
export type CatalogState = {
  readonly isReference: boolean
  readonly products: readonly RevisedProduct[]
  readonly entries: readonly CatalogEntry[]
  readonly priceBooks: readonly { readonly id: string; readonly currency: string; readonly catalogId: string | null }[]
  readonly prices: readonly RevisedPrice[]
  readonly taken: readonly TakenPrices[]
}

export type RevisionProblem =
  | 'product-not-found'
  | 'already-in-catalog'
  | 'not-in-catalog'
  | 'price-book-not-found'
  | 'nothing-in-text'
  | 'price-version-not-found'
export type RevisionError = { readonly index: number; readonly problem: RevisionProblem }

/** A place of a product in the catalog, and its texts, after some changes. */
type Draft = {
  readonly entries: Map<string, CatalogEntry>
  readonly texts: Map<string, Pick<RevisedProduct, 'name' | 'description'>>
  readonly prices: Map<string, RevisedPrice>
}

/** What a catalog holds after the changes of a revision, without anything being written. */
export type RevisedCatalog = Draft

/**
 * The catalog after `changes`, made one after the other. Refuses a change of what is not there, naming its place in the list;
 * nothing of a refused revision counts.
 */
export function reviseCatalog(
  state: CatalogState,
  changes: readonly RevisionChange[],
): Result<RevisedCatalog, 'refused'> & { readonly at?: RevisionError } {
  const draft = draftOf(state)
  for (const [index, change] of changes.entries()) {
    const problem = apply(state, draft, change)
    if (problem) return { ...err('refused'), at: { index, problem } }
  }
  return ok(draft)
}

/** The catalog as it stands, in the form `reviseCatalog` returns. */
export function draftOf({ isReference, products, entries, prices }: CatalogState): RevisedCatalog {
  const known = new Map(entries.map((entry) => [entry.productId, entry]))
  const standing = products.flatMap((product): [string, CatalogEntry][] => {
    const entry =
      known.get(product.id) ?? (isReference ? { productId: product.id, isVisible: true, position: product.position } : undefined)
    return entry ? [[product.id, entry]] : []
  })
  return {
    entries: new Map(standing),
    texts: new Map(products.map(({ id, name, description }) => [id, { name, description }])),
    prices: new Map(prices.map((price) => [priceKey(price), price])),
  }
}

const priceKey = ({ productId, priceBookId, feeKey }: Pick<RevisedPrice, 'productId' | 'priceBookId' | 'feeKey'>) =>
  `${priceBookId}|${productId}|${feeKey}`

function apply(state: CatalogState, draft: Draft, change: RevisionChange): RevisionProblem | undefined {
  if (change.kind === 'price-book' || change.kind === 'price-version') return takeOver(state, draft, change)
  if (!state.products.some(({ id }) => id === change.productId)) return 'product-not-found'
  if (change.kind === 'text') return applyText(draft, change)
  if (change.kind === 'price') return applyPrice(state, draft, change)
  return applyPlace(draft, change)
}

export type TakeOverChange = Extract<RevisionChange, { kind: 'price-book' | 'price-version' }>

/** The book or version whose prices a change takes over. */
export function takenIdOf(change: TakeOverChange): string {
  return change.kind === 'price-book' ? change.priceBookId : change.priceVersionId
}

function takeOver(state: CatalogState, { prices }: Draft, change: TakeOverChange): RevisionProblem | undefined {
  const source = state.taken.find(({ id }) => id === takenIdOf(change))
  if (!source) return `${change.kind}-not-found`
  const { currency } = source
  const priceBookId = pricedBy(state, currency)
  for (const [key, price] of prices) if (price.priceBookId === priceBookId) prices.delete(key)
  for (const price of source.prices) prices.set(priceKey({ ...price, priceBookId }), { ...price, priceBookId, currency })
  return undefined
}

/** The book the catalog's buyers are priced by: its own, else the store's list, whose place an own one would take. */
function pricedBy({ priceBooks }: CatalogState, currency: string): string {
  const inCurrency = priceBooks.filter((book) => book.currency === currency)
  return (inCurrency.find(({ catalogId }) => catalogId !== null) ?? inCurrency[0])?.id ?? `new ${currency}`
}

type PlaceChange = Extract<RevisionChange, { kind: 'add' | 'hide' | 'show' | 'move' }>

function applyPlace({ entries }: Draft, change: PlaceChange): RevisionProblem | undefined {
  const { productId } = change
  const entry = entries.get(productId)
  if (change.kind === 'add') {
    if (entry) return 'already-in-catalog'
    entries.set(productId, { productId, isVisible: true, position: change.position })
    return undefined
  }
  if (!entry) return 'not-in-catalog'
  entries.set(productId, change.kind === 'move' ? { ...entry, position: change.position } : { ...entry, isVisible: change.kind === 'show' })
  return undefined
}

function applyText({ texts }: Draft, change: Extract<RevisionChange, { kind: 'text' }>): RevisionProblem | undefined {
  const text = texts.get(change.productId)
  if (!text) return 'product-not-found'
  if (change.name === undefined && change.description === undefined) return 'nothing-in-text'
  texts.set(change.productId, {
    name: change.name === undefined ? text.name : { ...text.name, [change.language]: change.name },
    description: change.description === undefined ? text.description : { ...text.description, [change.language]: change.description },
  })
  return undefined
}

function applyPrice(
  state: CatalogState,
  { prices }: Draft,
  change: Extract<RevisionChange, { kind: 'price' }>,
): RevisionProblem | undefined {
  const book = state.priceBooks.find(({ id }) => id === change.priceBookId)
  if (!book) return 'price-book-not-found'
  const { productId, priceBookId, fee } = change
  const price = { productId, priceBookId, feeKey: fragmentKey(fee), currency: book.currency, unitPrice: fee.unitPrice }
  prices.set(priceKey(price), price)
  return undefined
}

/** The key of a fragment's fee, as `feeKeyOf` writes it. */
export function fragmentKey({ feeKind, meter, match }: Extract<RevisionChange, { kind: 'price' }>['fee']): string {
  const dimensions = Object.entries(match).map(([name, value]) => `${name}=${value}`)
  return [feeKind, meter ?? '', ...dimensions.sort()].join('|')
}
