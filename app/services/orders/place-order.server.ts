import { audit } from '#app/db/audit.server.ts'
import { isOfferedTo } from '#app/db/buyer-catalog.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { findOrderable, type OfferedProduct, type ProductOffer, productIdsOf } from '#app/db/offered-products.server.ts'
import { noteOrderOrigin } from '#app/db/order-screenings.server.ts'
import { againOnDuplicate, insertOrder, orderOfKey } from '#app/db/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type OrderedItem, serverPartOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { holdRedemptions } from '../promotions/redeem.server.ts'
import { type CodeProblem, publicProblem, tryCodes } from '../promotions/try-codes.server.ts'
import { orderItems, orderPrice } from './order-price.ts'
import { priceOrder } from './price-order.server.ts'

export type PlaceOrderInput = {
  readonly tenantId: string
  /** The accounts the buyer may act for; `accountId` must be one of them. */
  readonly accountIds: readonly string[]
  readonly accountId: string
  /** Of a plan or a bundle. */
  readonly planCode: string
  /** Codes of the products taken beside it. */
  readonly optionCodes?: readonly string[]
  /** Where the server stands, what it runs and how it is called; without meaning for a bundle that holds no plan. */
  readonly locationCode?: string | undefined
  readonly imageCode?: string | undefined
  readonly name?: string | undefined
  readonly sshKey?: string | undefined
  /** As typed. */
  readonly promoCodes?: readonly string[]
  /** A digest of the network address; none for staff and jobs. */
  readonly addressHash?: string
  /** Made with the form: the same key again finds the first order. */
  readonly idempotencyKey: string
  readonly actor: Actor
}

export type PlaceOrderError =
  | 'account-not-found'
  | 'account-not-active'
  | 'plan-not-found'
  | 'option-not-offered'
  | 'location-not-offered'
  | 'image-not-offered'
  | 'malformed-name'
  | 'malformed-ssh-key'
  | 'no-contract'
  | 'no-price'
  | 'no-tax-rate'
  | CodeProblem

const hostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const sshKeyText =
  /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com) [A-Za-z0-9+/]{60,}={0,2}( [^\r\n]{0,200})?$/

/**
 * Accepts a buyer's order of one server, or of a bundle of services, priced by its own contract; a job fulfils it. Whatever prices a form
 * carried do not count. The buyer's right to the account is proved in the panel scope, the price is read in the seller's. Safe to repeat.
 */
export async function placeOrder(input: PlaceOrderInput): Promise<Result<{ orderId: string }, PlaceOrderError>> {
  if (input.name !== undefined && !hostName.test(input.name)) return err('malformed-name')
  if (input.sshKey && !sshKeyText.test(input.sshKey)) return err('malformed-ssh-key')
  const account = await inPanel(input.tenantId, input.accountIds, ({ db }) =>
    db.account.findUnique({ where: { tenantId_id: { tenantId: input.tenantId, id: input.accountId } }, select: { status: true } }),
  )
  if (!account) return err('account-not-found')
  if (account.status !== 'active') return err('account-not-active')
  const problem = await guardCodes(input)
  if (problem) return err(problem)
  return againOnDuplicate(() => inTenant(input.tenantId, (ctx) => accept(ctx, input), { actor: input.actor }))
}

async function accept(ctx: TenantContext, input: PlaceOrderInput): Promise<Result<{ orderId: string }, PlaceOrderError>> {
  const known = await orderOfKey(ctx, keyOf(input))
  if (known) return ok({ orderId: known.id })
  const product = await findOrderable(ctx, input.planCode)
  if (!product || !(await isOfferedTo(ctx, { accountId: input.accountId, product }))) return err('plan-not-found')
  const productId = product.id
  const options = await optionsOf(ctx, input)
  if (!options) return err('option-not-offered')
  const price = await priceOrder(ctx, { accountId: input.accountId, productId, options, codes: input.promoCodes ?? [] })
  if (!price.ok) return price
  const server = serverOf(input, price.value)
  if (!server.ok) return server
  const { discounted, accepted, refused } = price.value
  if (refused.length > 0) return err(publicProblem(refused.map(({ reason }) => reason)))
  const order = await insertOrder(ctx, {
    accountId: input.accountId,
    contractId: price.value.contractId,
    productId,
    idempotencyKey: keyOf(input),
    input: {
      ...(server.value ?? { name: await nameOf(ctx, input.accountId, price.value.offer.products.get(productId)) }),
      items: orderItems(price.value),
    },
    hasServer: server.value !== null,
    currency: price.value.orderNet.currency,
    netMinor: discounted.orderNet.minor,
    taxMinor: discounted.orderTax.minor,
    promoCode: accepted.map(({ code }) => code).join(' ') || null,
    price: orderPrice(price.value),
    ...(input.actor.kind === 'user' ? { placedBy: input.actor.userId } : {}),
  })
  if (order.isNew) {
    const held = await holdRedemptions(ctx, { orderId: order.id, accountId: input.accountId, accepted })
    if (!held.ok) return err('code-not-valid')
    await noteOrderOrigin(ctx, { orderId: order.id, accountId: input.accountId, addressHash: input.addressHash })
    await enqueue(ctx, { name: 'order/placed', data: { tenantId: ctx.tenantId, orderId: order.id } })
    await audit(ctx, {
      action: 'order.placed',
      subjectKind: 'order',
      subjectId: order.id,
      detail: { plan: input.planCode, options: [...(input.optionCodes ?? [])], name: input.name },
    })
  }
  return ok({ orderId: order.id })
}

type ServerInput = { readonly name: string; readonly zone: string; readonly image: string; readonly sshKey?: string }

/** The server the order asks for, where its plan is offered in that place with that image; null when the order builds none. */
function serverOf(
  { name, locationCode, imageCode, sshKey }: PlaceOrderInput,
  { items, offer: { products } }: { readonly items: readonly OrderedItem[]; readonly offer: ProductOffer },
): Result<ServerInput | null, PlaceOrderError> {
  const planId = serverPartOf(items, (id) => products.get(id)?.kind === 'plan')
  if (planId === null) return ok(null)
  const { locations, images } = ProductSpec.parse(products.get(planId)?.spec)
  if (!name) return err('malformed-name')
  const location = locations.find(({ code }) => code === locationCode)
  if (!location) return err('location-not-offered')
  const image = images.find(({ code }) => code === imageCode)
  if (!image) return err('image-not-offered')
  return ok({ name, zone: location.code, image: image.code, ...(sshKey ? { sshKey } : {}) })
}

/** What a service is called that has no name of its own: as its product, in the buyer's language. */
async function nameOf(ctx: TenantContext, accountId: string, product: OfferedProduct | undefined): Promise<string> {
  const account = await ctx.db.account.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { language: true },
  })
  return product?.name[account.language] ?? product?.name.en ?? product?.code ?? ''
}

/** The products that were taken; null when one of them does not exist. */
async function optionsOf(ctx: TenantContext, { optionCodes = [] }: PlaceOrderInput): Promise<string[] | null> {
  const ids = await productIdsOf(ctx, optionCodes)
  return optionCodes.every((code) => ids.has(code)) ? [...ids.values()] : null
}

function keyOf({ accountId, idempotencyKey }: PlaceOrderInput): string {
  return `form:${accountId}:${idempotencyKey}`
}

/**
 * Codes are tried in a transaction of their own first: a refused order rolls back, and a failed try must stay counted. A repeat is
 * not tried again: what its order redeemed is no longer there.
 */
async function guardCodes(input: PlaceOrderInput): Promise<CodeProblem | null> {
  const { tenantId, accountId, planCode, promoCodes = [], addressHash = 'none' } = input
  if (promoCodes.length === 0) return null
  return inTenant(tenantId, async (ctx) => {
    const known = await orderOfKey(ctx, keyOf(input))
    const product = await ctx.db.product.findUnique({ where: { tenantId_code: { tenantId, code: planCode } }, select: { id: true } })
    const options = await optionsOf(ctx, input)
    if (known || !product || !options) return null
    const tried = await tryCodes(ctx, { accountId, productId: product.id, options, codes: promoCodes, addressHash })
    return tried.ok ? tried.value.problem : null
  })
}
