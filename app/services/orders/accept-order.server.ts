import { audit } from '#app/db/audit.server.ts'
import { isOfferedTo } from '#app/db/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findOrderable, type OfferedProduct, productIdsOf } from '#app/db/offered-products.server.ts'
import { noteOrderOrigin } from '#app/db/order-screenings.server.ts'
import { insertOrder, orderOfKey } from '#app/db/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { isLimitReached, takeStock } from '#app/db/product-stocks.server.ts'
import { serverPartOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { holdRedemptions } from '../promotions/redeem.server.ts'
import { type CodeProblem, publicProblem } from '../promotions/try-codes.server.ts'
import { orderItems, orderPrice } from './order-price.ts'
import { type PricedOrder, type PriceOrderError, priceOrder } from './price-order.server.ts'

/** What is ordered, as a form says it. */
export type OrderChoice = {
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
  /** The buyer pays before anything is built. */
  readonly paysNow?: boolean
  readonly consent?: OrderConsent | undefined
}

/** What the buyer agreed to with the order: a version of the seller's terms, and that the service begins within the time of withdrawal. */
export type OrderConsent = { readonly termsVersion: number; readonly waivesWithdrawal: boolean }

export type OrderWish = OrderChoice & { readonly accountId: string; readonly key: string }

/** Whose order it is; `guestTokenHash` is of the secret by which a buyer without a sign-in watches it. */
export type OrderPlacer = { readonly placedBy: string | null; readonly isConfirmed: boolean; readonly guestTokenHash?: string }

export type AcceptOrderError =
  | 'plan-not-found'
  | 'location-not-offered'
  | 'image-not-offered'
  | 'malformed-name'
  | 'malformed-ssh-key'
  | 'sold-out'
  | 'limit-reached'
  | PriceOrderError
  | CodeProblem

const hostName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
const sshKeyText =
  /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com) [A-Za-z0-9+/]{60,}={0,2}( [^\r\n]{0,200})?$/

/** What is wrong with the texts of a choice; null when nothing is. */
export function textProblem({ name, sshKey }: Pick<OrderChoice, 'name' | 'sshKey'>): 'malformed-name' | 'malformed-ssh-key' | null {
  if (name !== undefined && !hostName.test(name)) return 'malformed-name'
  return sshKey && !sshKeyText.test(sshKey) ? 'malformed-ssh-key' : null
}

/**
 * Accepts an order in the seller's scope, priced by the account's own contract. An order of somebody whose address is not confirmed is
 * kept and goes on with the confirmation (C2); a job fulfils all others. Safe to repeat: the same key finds the first order.
 */
export async function acceptOrder(
  ctx: TenantContext,
  input: OrderWish,
  placer: OrderPlacer,
): Promise<Result<{ orderId: string }, AcceptOrderError>> {
  const known = await orderOfKey(ctx, input.key)
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
  const { refused } = price.value
  if (refused.length > 0) return err(publicProblem(refused.map(({ reason }) => reason)))
  if (await isLimitReached(ctx, { productId, accountId: input.accountId })) return err('limit-reached')
  const stock = await takeStock(ctx, { productId: planOf(price.value) ?? productId, location: server.value?.zone ?? '' })
  if (!stock.ok) return stock
  const service = { name: await nameOf(ctx, input.accountId, price.value.offer.products.get(productId)) }
  return saveOrder(ctx, {
    ...{ input, productId, placer, price: price.value, stockId: stock.value },
    order: server.value ?? service,
    hasServer: server.value !== null,
  })
}

type NewOrderFacts = {
  readonly stockId: string | null
  readonly input: OrderWish
  readonly productId: string
  readonly price: PricedOrder
  readonly order: ServerInput | { readonly name: string }
  readonly hasServer: boolean
  readonly placer: OrderPlacer
}

async function saveOrder(ctx: TenantContext, facts: NewOrderFacts): Promise<Result<{ orderId: string }, AcceptOrderError>> {
  const { input, productId, price, hasServer, placer } = facts
  const { placedBy, isConfirmed, guestTokenHash = null } = placer
  const { discounted, accepted, contractId, orderNet } = price
  const order = await insertOrder(ctx, {
    accountId: input.accountId,
    contractId,
    productId,
    idempotencyKey: input.key,
    input: { ...facts.order, items: orderItems(price) },
    hasServer,
    currency: orderNet.currency,
    netMinor: discounted.orderNet.minor,
    taxMinor: discounted.orderTax.minor,
    promoCode: accepted.map(({ code }) => code).join(' ') || null,
    price: orderPrice(price),
    ...(placedBy ? { placedBy } : {}),
    awaits: isConfirmed ? null : 'confirmation',
    guestTokenHash,
    stockId: facts.stockId,
    paysNow: input.paysNow === true && discounted.orderTotal.minor > 0n,
    ...consentOf(ctx, input.consent),
  })
  if (order.isNew) {
    const held = await holdRedemptions(ctx, { orderId: order.id, accountId: input.accountId, accepted })
    if (!held.ok) return err('code-not-valid')
    await noteOrderOrigin(ctx, { orderId: order.id, accountId: input.accountId, addressHash: input.addressHash })
    if (isConfirmed) await enqueue(ctx, { name: 'order/placed', data: { tenantId: ctx.tenantId, orderId: order.id } })
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
  { name, locationCode, imageCode, sshKey }: OrderWish,
  { items, offer }: Pick<PricedOrder, 'items' | 'offer'>,
): Result<ServerInput | null, AcceptOrderError> {
  const planId = planOf({ items, offer })
  if (planId === null) return ok(null)
  const { locations, images } = ProductSpec.parse(offer.products.get(planId)?.spec)
  if (!name) return err('malformed-name')
  const location = locations.find(({ code }) => code === locationCode)
  if (!location) return err('location-not-offered')
  const image = images.find(({ code }) => code === imageCode)
  if (!image) return err('image-not-offered')
  return ok({ name, zone: location.code, image: image.code, ...(sshKey ? { sshKey } : {}) })
}

/** The plan that says which server an order builds; null when it builds none. */
function planOf({ items, offer: { products } }: Pick<PricedOrder, 'items' | 'offer'>): string | null {
  return serverPartOf(items, (id) => products.get(id)?.kind === 'plan')
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
export async function optionsOf(ctx: TenantContext, { optionCodes = [] }: Pick<OrderWish, 'optionCodes'>): Promise<string[] | null> {
  const ids = await productIdsOf(ctx, optionCodes)
  return optionCodes.every((code) => ids.has(code)) ? [...ids.values()] : null
}

function consentOf({ now }: TenantContext, consent: OrderConsent | undefined) {
  if (!consent) return {}
  const { termsVersion, waivesWithdrawal } = consent
  return { termsVersion, termsAcceptedAt: now, withdrawalWaivedAt: waivesWithdrawal ? now : null }
}
