import { inTenant } from '#app/db/context.server.ts'
import { deleteCart, deleteOldCarts, lockCart, saveCart } from '#app/db/orders/carts.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { type Cart, cartOf } from '#app/domain/catalog/cart.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'

/** How long a cart waits for its buyer, from the last change on. */
const keepMs = 14 * 24 * 3_600_000

/** Whose cart: a browser's at a store, known by its secret. */
export type CartHolder = { readonly tenantId: string; readonly token: string }

/** What is in a browser's cart; nothing without a secret, and after two weeks without a change. */
export async function readCart({ tenantId, token }: { readonly tenantId: string; readonly token: string | undefined }): Promise<Cart> {
  return token ? inTenant(tenantId, async (ctx) => cartOf(await lockCart(ctx, hashOfToken(token)))) : []
}

/** Changes what is in a browser's cart; two changes at once are made one after the other. */
export function changeCart<E extends string>(
  { tenantId, token }: CartHolder,
  change: (cart: Cart) => Result<Cart, E>,
): Promise<Result<Cart, E>> {
  const tokenHash = hashOfToken(token)
  return inTenant(tenantId, async (ctx) => {
    const changed = change(cartOf(await lockCart(ctx, tokenHash)))
    if (!changed.ok) return changed
    const lines = changed.value.map((line) => ({ ...line }))
    await saveCart(ctx, { tokenHash, lines, expiresAt: new Date(ctx.now.getTime() + keepMs) })
    return ok(changed.value)
  })
}

/** Empties a browser's cart, once it was ordered. */
export async function emptyCart({ tenantId, token }: CartHolder): Promise<void> {
  await inTenant(tenantId, (ctx) => deleteCart(ctx, hashOfToken(token)))
}

/** Forgets the carts of a store that nobody came back to. */
export async function forgetCarts(tenantId: string): Promise<void> {
  await inTenant(tenantId, deleteOldCarts)
}
