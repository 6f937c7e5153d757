import { audit } from '#app/db/audit.server.ts'
import { readOwnMeters } from '#app/db/catalog/meters.server.ts'
import {
  findProduct,
  insertProduct,
  updateProductFacts,
  updateProductState,
  updateProductTerms,
  updateProductText,
} from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { PlanOffering, PlanPlaces } from '#app/domain/catalog/plan-offering.ts'
import { changeState, type ProductDraft, type ProductState, type ProductText, problemsOf, specOf } from '#app/domain/catalog/product.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type AddProductInput = {
  readonly draft: ProductDraft
  readonly language: string
  readonly text: ProductText
  /** Of a plan: its size, places and images. */
  readonly offering?: PlanOffering
}
export type AddProductError = 'code-taken' | 'incomplete' | 'name-missing' | 'plan-by-offer'

/**
 * Adds a product, hidden: nobody is offered it before it has prices and somebody publishes it. A plan has a size, places and images; a
 * seller that buys its servers from a parent takes plans over from there, so that an order can go up, and is refused here.
 */
export async function addProduct(
  ctx: TenantContext,
  { draft, language, text, offering }: AddProductInput,
): Promise<Result<{ readonly productId: string }, AddProductError>> {
  const isPlan = draft.kind === 'plan'
  if (isPlan && (await ownTenant(ctx))?.parentTenantId) return err('plan-by-offer')
  const own = await readOwnMeters(ctx)
  if (problemsOf(draft, own).length > 0 || (isPlan && !offering)) return err('incomplete')
  if (text.name === '') return err('name-missing')
  const productId = await insertProduct(ctx, {
    code: draft.code,
    kind: draft.kind,
    productGroup: draft.productGroup ?? null,
    taxKind: draft.taxKind,
    name: { [language]: text.name },
    description: text.description === '' ? {} : { [language]: text.description },
    spec: { ...specOf(draft, own), ...(isPlan ? { ...offering, family: draft.productGroup ?? null } : {}) },
    status: 'hidden',
  })
  if (!productId) return err('code-taken')
  await audit(ctx, {
    action: 'product.added',
    subjectKind: 'product',
    subjectId: productId,
    detail: { code: draft.code, kind: draft.kind },
  })
  return ok({ productId })
}

export type ChangeProductError = 'product-not-found' | 'incomplete'

/** Changes group, tax and terms of a product. Its code and kind stay: subscriptions and prices were made for them. */
export async function changeProduct(
  ctx: TenantContext,
  { productId, draft }: { readonly productId: string; readonly draft: Omit<ProductDraft, 'code' | 'kind'> },
): Promise<Result<null, ChangeProductError>> {
  const product = await findProduct(ctx, productId)
  if (!product) return err('product-not-found')
  const { code, kind } = product
  const own = await readOwnMeters(ctx)
  if (problemsOf({ ...draft, kind }, own).length > 0) return err('incomplete')
  const spec = specOf({ ...draft, code, kind }, own)
  await updateProductFacts(ctx, productId, { productGroup: draft.productGroup ?? null, taxKind: draft.taxKind, spec })
  await audit(ctx, {
    action: 'product.changed',
    subjectKind: 'product',
    subjectId: productId,
    detail: { productGroup: draft.productGroup ?? null, taxKind: draft.taxKind, spec },
  })
  return ok(null)
}

export type PlacePlanError = 'product-not-found' | 'plan-by-offer'

/** Sets where a plan stands and what it starts with; servers that run stay where they are. */
export async function placePlan(
  ctx: TenantContext,
  { productId, places }: { readonly productId: string; readonly places: PlanPlaces },
): Promise<Result<null, PlacePlanError>> {
  const product = await findProduct(ctx, productId)
  if (product?.kind !== 'plan') return err('product-not-found')
  if ((await ownTenant(ctx))?.parentTenantId) return err('plan-by-offer')
  await updateProductTerms(ctx, productId, places)
  const detail = { locations: places.locations.map(({ code }) => code), images: places.images.map(({ code }) => code) }
  await audit(ctx, { action: 'product.placed', subjectKind: 'product', subjectId: productId, detail })
  return ok(null)
}

export type TranslateProductError = 'product-not-found' | 'name-missing'

/** Sets what a product is called and described as in one language. The seller's own language needs a name, the others may go without. */
export async function translateProduct(
  ctx: TenantContext,
  input: { readonly productId: string; readonly language: string; readonly ownLanguage: string; readonly text: ProductText },
): Promise<Result<null, TranslateProductError>> {
  const { productId, language, ownLanguage, text } = input
  if (!(await findProduct(ctx, productId))) return err('product-not-found')
  if (language === ownLanguage && text.name === '') return err('name-missing')
  await updateProductText(ctx, productId, language, text)
  await audit(ctx, { action: 'product.translated', subjectKind: 'product', subjectId: productId, detail: { language, name: text.name } })
  return ok(null)
}

export type MoveProductError = 'product-not-found' | 'state-not-reachable'

/** Publishes, hides or retires a product. Running subscriptions go on in every state. */
export async function moveProduct(
  ctx: TenantContext,
  { productId, state }: { readonly productId: string; readonly state: ProductState },
): Promise<Result<null, MoveProductError>> {
  const product = await findProduct(ctx, productId)
  if (!product) return err('product-not-found')
  if (product.status === state) return ok(null)
  const moved = changeState(product.status, state)
  if (!moved.ok) return moved
  await updateProductState(ctx, productId, state)
  await audit(ctx, {
    action: 'product.state-changed',
    subjectKind: 'product',
    subjectId: productId,
    detail: { from: product.status, to: state },
  })
  return ok(null)
}
