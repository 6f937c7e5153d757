import { createHash } from 'node:crypto'
import { clock } from '#app/config/clock.server.ts'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { may } from '#app/domain/tenancy/permissions.ts'
import { limitVelocity } from '#app/services/fraud/limit-velocity.server.ts'
import type { OrderLine } from '#app/services/orders/order-choice.ts'
import { orderOfForm, type PlaceOrderError, placeOrder } from '#app/services/orders/place-order.server.ts'
import { type WeighedOrder, type WeighOrderInput, weighOrder } from '#app/services/orders/weigh-order.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { addressHashOf, addressOf } from '../store/order-quote.server.ts'
import { mayWithdraw, termsVersionOf } from '../store/terms.server.ts'
import { type Asker, type Refused, refused } from './answer.server.ts'
import { linesOfItems } from './order-lines.server.ts'
import type { OrderWish } from './order-schemas.ts'
import { type ProblemCode, problemCodes } from './problems.server.ts'

/** What is wrong with what is asked for is told by its place; everything else by a code of its own. */
const placeOf: Partial<Record<PlaceOrderError, string>> = {
  'plan-not-found': '/items',
  'location-not-offered': '/items',
  'image-not-offered': '/items',
  'malformed-name': '/items',
  'malformed-ssh-key': '/items',
  'private-ssh-key': '/items',
  'ssh-key-kind': '/items',
  'weak-ssh-key': '/items',
  'ssh-key-gone': '/items',
  'sold-out': '/items',
  'code-not-valid': '/promo_codes',
  'code-not-combinable': '/promo_codes',
  'too-many-tries': '/promo_codes',
}

/** Why nothing is ordered or priced, as the API says it. */
export function refusedOrder(error: PlaceOrderError): Refused {
  const pointer = placeOf[error]
  if (pointer) return refused('invalid-request', [{ pointer, code: error }])
  return refused((problemCodes as readonly string[]).includes(error) ? (error as ProblemCode) : 'invalid-request')
}

type Ordering = Asker & { readonly body: OrderWish }
type ReadyOrder = Omit<WeighOrderInput, 'accountId'> & { readonly weighed: WeighedOrder; readonly methodId: string | null }

const isRefused = (result: object): result is Refused => 'ok' in result

/**
 * Places an order as the checkout does, once for a key: a repeat finds the first order. It is judged before: terms, the price that was agreed
 * to, and whether it can be paid as asked. The order is committed when this returns, before the answer is kept.
 */
export async function placeByApi(
  request: Request,
  call: Ordering,
): Promise<{ readonly orderId: string; readonly methodId: string | null } | Refused> {
  const { tenantId, client, body } = call
  const { accountId } = client
  const idempotencyKey = keyOf(request, client.keyId)
  const known = await orderOfForm({ tenantId, accountId, idempotencyKey })
  if (known) return { orderId: known, methodId: methodOf(body) }
  const ready = await readyOrder(request, call)
  if (isRefused(ready)) return ready
  const addressHash = ready.addressHash
  const tooMany = await inTenant(tenantId, (ctx) => limitVelocity(ctx, { kind: 'order', accountId, addressHash }))
  if (tooMany) return refused('too-many-requests', undefined, retryAfter(tooMany))
  const [first = { planCode: '' }, ...further] = ready.lines
  const placed = await placeOrder({
    tenantId,
    accountId,
    accountIds: client.accountIds,
    idempotencyKey,
    ...first,
    further,
    actor: { kind: 'user', userId: client.userId, apiKeyId: client.keyId },
    promoCodes: ready.promoCodes,
    addressHash,
    address: addressOf(request),
    paysNow: body.payment.way !== 'account',
    agreedMinor: ready.weighed.total.minor,
    consent: body.terms_version === undefined ? undefined : { termsVersion: body.terms_version, waivesWithdrawal: body.waives_withdrawal },
  })
  return placed.ok ? { ...placed.value, methodId: ready.methodId } : refusedOrder(placed.error)
}

function keyOf(request: Request, keyId: string): string {
  const key = createHash('sha256').update(request.headers.get('idempotency-key') ?? '')
  return `api:${keyId}:${key.digest('hex')}`
}

function methodOf({ payment }: OrderWish): string | null {
  return (payment.way === 'saved' && fromPublicId('payment-method', payment.method_id)) || null
}

function retryAfter(at: Date): Record<string, string> {
  return { 'Retry-After': String(Math.max(1, Math.ceil((at.getTime() - clock.now().getTime()) / 1_000))) }
}

async function readyOrder(request: Request, call: Ordering): Promise<ReadyOrder | Refused> {
  const { body, client, tenantId } = call
  const terms = await termsVersionOf(request)
  if (terms !== body.terms_version) return refused('invalid-request', [{ pointer: '/terms_version', code: 'not-current' }])
  const asked = { addressHash: addressHashOf(request, tenantId), promoCodes: body.promo_codes }
  const lines = await inTenant(tenantId, (ctx) => linesOfItems(ctx, { items: body.items, accountId: client.accountId }))
  if (isRefused(lines)) return lines
  const weighed = await inTenant(tenantId, (ctx) =>
    weighOrder(ctx, { ...asked, lines: lines as readonly OrderLine[], accountId: client.accountId }),
  )
  if (!weighed.ok) return refusedOrder(weighed.error)
  const methodId = methodOf(body)
  const problem = problemOf(call, weighed.value, methodId)
  return problem ?? { ...asked, lines: lines as readonly OrderLine[], weighed: weighed.value, methodId }
}

/** Why an order that has a price is not placed; null when nothing speaks against it. */
function problemOf(
  { body, client }: Ordering,
  { tried, total, later, buyer, methods }: WeighedOrder,
  methodId: string | null,
): Refused | null {
  const { payment, agreed_total: agreed } = body
  if (tried.problem) return refusedOrder(tried.problem)
  if (agreed && (BigInt(agreed.minor) !== total.minor || agreed.currency !== total.currency)) return refused('amount-changed')
  if (mayWithdraw(buyer) && !body.waives_withdrawal)
    return refused('invalid-request', [{ pointer: '/waives_withdrawal', code: 'required' }])
  if (payment.way === 'account' && !later?.hasRoom) return refused('no-credit')
  if (payment.way !== 'saved') return null
  if (!may(client.rights, 'payment:write')) return refused('permission-missing')
  return methods.some(({ id }) => id === methodId) ? null : refused('invalid-request', [{ pointer: '/payment/method_id', code: 'unknown' }])
}
