import { randomBytes } from 'node:crypto'
import type { Cart } from '#app/domain/catalog/cart.ts'
import { type CartHolder, readCart } from '#app/services/orders/change-cart.server.ts'
import { cartCookie, readCookie } from '../request/cookies.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** What is in the cart of the request's browser. */
export async function cartOfRequest(request: Request): Promise<Cart> {
  const { tenantId } = await tenantOf(request)
  return readCart({ tenantId, token: await readCookie(cartCookie(request), request) })
}

/** The holder of the browser's cart, with a new secret for one that has none, and the cookie that keeps it. */
export async function cartHolderOf(request: Request): Promise<{ readonly holder: CartHolder; readonly headers: Record<string, string> }> {
  const { tenantId } = await tenantOf(request)
  const cookie = cartCookie(request)
  const token = (await readCookie(cookie, request)) ?? randomBytes(24).toString('base64url')
  return { holder: { tenantId, token }, headers: { 'Set-Cookie': await cookie.serialize(token) } }
}
