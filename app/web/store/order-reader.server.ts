import { createHmac } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { appSecret } from '#app/config/env.server.ts'
import { type Actor, systemActor } from '#app/domain/shared/actor.ts'
import { guestOrderOf } from '#app/services/orders/guest-order.server.ts'
import { inPanel, type TenantContext } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { guestOrderCookie, readCookie } from '../request/cookies.server.ts'
import { isUuid } from '../request/form-fields.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

/** Who looks at one order: a member of its account, or whoever placed it without a sign-in, in the same browser. */
export type OrderReader = {
  readonly tenantId: string
  readonly orderId: string
  readonly accountIds: readonly string[]
  readonly actor: Actor
  readonly isGuest: boolean
  /** Whether it may act on the order, too. */
  readonly mayWrite: boolean
}

/** The reader of an order. @throws a redirect to sign-in for anybody else, 404 for no order, 403 without the right. */
export async function orderReaderOf(
  request: Request,
  id: string | undefined,
  permission: 'order:read' | 'order:write' | 'payment:write' = 'order:read',
): Promise<OrderReader> {
  const orderId = orNotFound(isUuid(id) ? id : null)
  const guest = await guestOf(request, orderId)
  if (guest) return guest
  const { tenantId, membership, actor, can } = await customerOf(request, permission)
  return { tenantId, orderId, accountIds: membership.accountIds, actor, isGuest: false, mayWrite: can('order:write') }
}

/** Runs `work` with the rows of the reader's account only. */
export function asOrderReader<T>(reader: OrderReader, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  return inPanel(reader.tenantId, reader.accountIds, work, { actor: reader.actor })
}

async function guestOf(request: Request, orderId: string): Promise<OrderReader | null> {
  const token = await readCookie(guestOrderCookie(request), request)
  if (!token) return null
  const { tenantId } = await tenantOf(request)
  const order = await guestOrderOf(tenantId, token)
  if (order?.id !== orderId) return null
  return { tenantId, orderId, accountIds: [order.accountId], actor: systemActor('guest order'), isGuest: true, mayWrite: true }
}

/** The address that shows a guest's order without a sign-in, for whoever holds it; null where the browser holds none. */
export async function statusLinkOf(request: Request, orderId: string): Promise<string | null> {
  const token = await readCookie(guestOrderCookie(request), request)
  return token ? new URL(`/order/${orderId}?status=${token}`, request.url).toString() : null
}

/** Keeps the secret of a status link in the browser, and goes on to the order without it. @throws the redirect; nothing for another address. */
export async function openByStatusLink(request: Request, orderId: string | undefined): Promise<void> {
  const token = new URL(request.url).searchParams.get('status')
  if (!token || token.length > 100 || !isUuid(orderId)) return
  const { tenantId } = await tenantOf(request)
  const order = await guestOrderOf(tenantId, token)
  if (order?.id !== orderId) return
  throw redirect(`/order/${orderId}`, { headers: { 'Set-Cookie': await keepGuestOrder(request, token) } })
}

/** The secret of a guest's order: it follows from the form, so that a form that is sent twice gives the same. */
export async function guestTokenOf(request: Request, idempotencyKey: string): Promise<string> {
  const { tenantId } = await tenantOf(request)
  return createHmac('sha256', appSecret()).update(`guest order/${tenantId}/${idempotencyKey}`).digest('base64url')
}

/** The cookie by which a guest's browser keeps its order. */
export function keepGuestOrder(request: Request, token: string): Promise<string> {
  return guestOrderCookie(request).serialize(token)
}
