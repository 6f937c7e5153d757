import { audit } from '#app/db/audit.server.ts'
import { findProduct, lockBundles, readBundleItems, replaceBundleItems } from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BundleItem, type BundleProblem, checkBundle } from '#app/domain/catalog/bundle.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ComposeBundleInput = { readonly bundleId: string; readonly members: readonly Omit<BundleItem, 'bundleId' | 'position'>[] }
export type ComposeBundleError = BundleProblem | 'product-not-found'

/**
 * Says what a product contains or offers beside, in this order, from the next order or change on: what runs keeps its parts.
 * Refuses a bundle that would contain itself, be it through others.
 */
export async function composeBundle(
  ctx: TenantContext,
  { bundleId, members }: ComposeBundleInput,
): Promise<Result<null, ComposeBundleError>> {
  await lockBundles(ctx)
  for (const id of [bundleId, ...members.map(({ memberId }) => memberId)])
    if (!(await findProduct(ctx, id))) return err('product-not-found')
  const items = members.map((member, index) => ({ ...member, bundleId, position: index + 1 }))
  const checked = checkBundle(bundleId, items, await readBundleItems(ctx))
  if (!checked.ok) return checked
  await replaceBundleItems(ctx, bundleId, items)
  const detail = { members: items.map(({ memberId, role, quantity }) => ({ memberId, role, quantity: quantity.toFixed() })) }
  await audit(ctx, { action: 'bundle.composed', subjectKind: 'product', subjectId: bundleId, detail })
  return ok(null)
}
