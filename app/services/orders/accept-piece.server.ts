import { audit } from '#app/db/audit.server.ts'
import { isOfferedTo } from '#app/db/catalog/buyer-catalog.server.ts'
import { findOrderable, type OfferedProduct, productIdsOf } from '#app/db/catalog/offered-products.server.ts'
import { isLimitReached, takeStock } from '#app/db/catalog/product-stocks.server.ts'
import { isProjectStopped } from '#app/db/charges/budget-stops.server.ts'
import { lockProject } from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { noteOrderOrigin } from '#app/db/orders/order-screenings.server.ts'
import { insertOrder } from '#app/db/orders/orders.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { appPortsOf } from '#app/domain/apps/app-ports.ts'
import type { ApplicationProblem } from '#app/domain/apps/composition.ts'
import { serverPartOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { anchorOfSale, areUnitsOffered, longestNote, type ServiceSale } from '#app/domain/catalog/service-sale.ts'
import type { SshKeyProblem } from '#app/domain/cloud/ssh-key.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { holdRedemptions } from '../promotions/redeem.server.ts'
import type { CodeProblem } from '../promotions/try-codes.server.ts'
import { judgeTrial } from './judge-trial.server.ts'
import type { OrderConsent, OrderLine, OrderManner } from './order-choice.ts'
import { orderItems, orderPrice } from './order-price.ts'
import { imageForServer, keyForServer } from './own-things.server.ts'
import { type PricedOrder, type PriceOrderError, priceOrder } from './price-order.server.ts'

/** One piece of an order: one of one thing, with what holds for the whole of it. */
export type PieceWish = OrderLine &
  Omit<OrderManner, 'agreedMinor' | 'byTransfer'> & {
    readonly accountId: string
    readonly key: string
    /** The first piece of the same order; null for that one itself. */
    readonly leadId: string | null
  }

/** Whose order it is; `guestTokenHash` is of the secret by which a buyer without a sign-in watches it. */
export type OrderPlacer = { readonly placedBy: string | null; readonly isConfirmed: boolean; readonly guestTokenHash?: string }

export type AcceptOrderError =
  | 'plan-not-found'
  | 'location-not-offered'
  | 'image-not-offered'
  | 'malformed-name'
  | SshKeyProblem
  | 'ssh-key-gone'
  | 'sold-out'
  | 'limit-reached'
  | 'trial-used'
  | 'trial-limit'
  | 'too-many-pieces'
  | 'units-not-offered'
  | 'amount-changed'
  | 'transfer-not-offered'
  | 'project-not-offered'
  | 'project-stopped'
  | 'network-not-offered'
  | ApplicationProblem
  | PriceOrderError
  | CodeProblem

/** A piece that was accepted: what it costs the first time, in minor units, and what became of the codes. */
export type AcceptedPiece = {
  readonly orderId: string
  readonly totalMinor: bigint
  readonly currency: string
  readonly accepted: readonly string[]
  readonly refused: PricedOrder['refused']
}

/** Accepts one piece, priced by the account's own contract: a code that gives it nothing is told, and left out. */
export async function acceptPiece(
  ctx: TenantContext,
  input: PieceWish,
  placer: OrderPlacer,
): Promise<Result<AcceptedPiece, AcceptOrderError>> {
  const product = await findOrderable(ctx, input.planCode)
  if (!product || !(await isOfferedTo(ctx, { accountId: input.accountId, product }))) return err('plan-not-found')
  const { id: productId, sale } = product
  if (!areUnitsOffered(sale, input.units)) return err('units-not-offered')
  const options = await optionsOf(ctx, input)
  if (!options) return err('option-not-offered')
  const { accountId, leadId, promoCodes: codes = [], units } = input
  const price = await priceOrder(ctx, { accountId, productId, units, options, codes, leadId })
  if (!price.ok) return price
  const server = await serverOf(ctx, { wish: input, price: price.value, userId: placer.placedBy })
  if (!server.ok) return server
  const project = await projectProblem(ctx, input)
  if (project) return err(project)
  if (server.value && !(await isNetworkOffered(ctx, { accountId, server: server.value }))) return err('network-not-offered')
  const beyond = await whyNoMore(ctx, { productId, accountId, price: price.value })
  if (beyond) return err(beyond)
  const stock = await takeStock(ctx, { productId: planOf(price.value) ?? productId, location: server.value?.zone ?? '' })
  if (!stock.ok) return stock
  const service = { name: await nameOf(ctx, accountId, price.value.offer.products.get(productId)), ...serviceFacts(sale, input) }
  const saved = await saveOrder(ctx, {
    input,
    productId,
    placer,
    price: price.value,
    stockId: stock.value,
    order: server.value ?? service,
    hasServer: server.value !== null,
  })
  if (!saved.ok) return saved
  const { accepted, refused, discounted } = price.value
  return ok({
    ...saved.value,
    totalMinor: discounted.orderTotal.minor,
    currency: discounted.orderTotal.currency,
    accepted: accepted.map(({ code }) => code),
    refused,
  })
}

type NewOrderFacts = {
  readonly stockId: string | null
  readonly input: PieceWish
  readonly productId: string
  readonly price: PricedOrder
  readonly order: ServerInput | ServiceInput
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
    hasApps: hasServer && appsOf(price, facts.order),
    currency: orderNet.currency,
    netMinor: discounted.orderNet.minor,
    taxMinor: discounted.orderTax.minor,
    promoCode: accepted.map(({ code }) => code).join(' ') || null,
    price: orderPrice(price),
    ...(placedBy ? { placedBy } : {}),
    awaits: isConfirmed ? null : 'confirmation',
    guestTokenHash: input.leadId ? null : guestTokenHash,
    leadOrderId: input.leadId,
    stockId: facts.stockId,
    paysNow: input.paysNow === true && discounted.orderTotal.minor > 0n,
    ...consentOf(ctx, input.consent),
  })
  if (order.isNew) {
    const held = await holdRedemptions(ctx, { orderId: order.id, accountId: input.accountId, accepted })
    if (!held.ok) return err('code-not-valid')
    const { accountId, addressHash, address, leadId } = input
    if (leadId === null) await noteOrderOrigin(ctx, { orderId: order.id, accountId, addressHash, address })
    if (isConfirmed && input.leadId === null)
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

type ServerInput = {
  readonly name: string
  readonly zone: string
  readonly image: string
  /** Of a private image; `image` is its name. */
  readonly imageId?: string
  readonly sshKey?: string
  readonly projectId?: string
  readonly networkId?: string
}

type ServiceInput = { readonly name: string; readonly note?: string; readonly anchor?: 'anniversary' }

/** What an order keeps of a service that is ordered by itself, beside its units. */
function serviceFacts(sale: ServiceSale | null, { note }: Pick<PieceWish, 'note'>): Omit<ServiceInput, 'name'> {
  const [anchor, text] = [anchorOfSale(sale), note?.trim().slice(0, longestNote)]
  return { ...(anchor ? { anchor } : {}), ...(sale && text ? { note: text } : {}) }
}

type ServerWish = { readonly wish: PieceWish; readonly price: Pick<PricedOrder, 'items' | 'offer'>; readonly userId: string | null }

/** The server the order asks for, where its plan is offered in that place with that image; null when the order builds none. */
async function serverOf(
  ctx: TenantContext,
  { wish, price: { items, offer }, userId }: ServerWish,
): Promise<Result<ServerInput | null, AcceptOrderError>> {
  const planId = planOf({ items, offer })
  if (planId === null) return ok(null)
  const { name, locationCode, imageCode, projectId, networkId, accountId } = wish
  const { locations, images, diskGib } = ProductSpec.parse(offer.products.get(planId)?.spec)
  if (!name) return err('malformed-name')
  const location = locations.find(({ code }) => code === locationCode)
  if (!location) return err('location-not-offered')
  const offered = images.find(({ code }) => code === imageCode)
  const own = offered ? null : await imageForServer(ctx, { id: imageCode ?? '', accountId, zone: location.code, diskGib })
  if (!offered && !own) return err('image-not-offered')
  const key = await keyForServer(ctx, { ...wish, userId })
  if (!key.ok) return key
  return ok({
    name,
    zone: location.code,
    image: offered?.code ?? own?.name ?? '',
    ...(own ? { imageId: own.id } : {}),
    ...(key.value ? { sshKey: key.value } : {}),
    ...(projectId ? { projectId } : {}),
    ...(networkId ? { networkId } : {}),
  })
}

/** The plan that says which server an order builds; null when it builds none. */
function planOf({ items, offer: { products } }: Pick<PricedOrder, 'items' | 'offer'>): string | null {
  return serverPartOf(items, (id) => products.get(id)?.kind === 'plan')
}

type OneMore = { readonly productId: string; readonly accountId: string; readonly price: Pick<PricedOrder, 'items' | 'offer'> }

/** Why an account may have no more of a product: it has as many as one customer may, or as its trial allows. Null where it may. */
async function whyNoMore(ctx: TenantContext, { productId, accountId, price: { items, offer } }: OneMore) {
  if (await isLimitReached(ctx, { productId, accountId })) return 'limit-reached'
  const size = ProductSpec.safeParse(offer.products.get(planOf({ items, offer }) ?? '')?.spec)
  const asked = size.success ? { vcpus: size.data.cpuNumber, diskGib: size.data.diskGib } : null
  return judgeTrial(ctx, { accountId, productId, spec: offer.products.get(productId)?.spec, asked })
}

/** Why the server may not go into the project that was chosen; null where it may, or none was. */
async function projectProblem(ctx: TenantContext, { accountId, projectId }: PieceWish) {
  if (!projectId) return null
  const project = await lockProject(ctx, projectId)
  if (project?.accountId !== accountId || project.state !== 'active') return 'project-not-offered'
  return (await isProjectStopped(ctx, projectId)) ? 'project-stopped' : null
}

/** Whether the network that was chosen is the buyer's own, and ready, where the server will stand; true where none was. */
async function isNetworkOffered({ db, tenantId }: TenantContext, { accountId, server }: { accountId: string; server: ServerInput }) {
  const { networkId: id, zone } = server
  if (!id) return true
  return (await db.resource.count({ where: { tenantId, id, accountId, kind: 'network', state: 'ready', zone } })) > 0
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
export async function optionsOf(ctx: TenantContext, { optionCodes = [] }: Pick<OrderLine, 'optionCodes'>): Promise<string[] | null> {
  const ids = await productIdsOf(ctx, optionCodes)
  return optionCodes.every((code) => ids.has(code)) ? [...ids.values()] : null
}

/** Whether apps come with the server that are called before it is handed over. */
function appsOf({ items, offer: { products } }: Pick<PricedOrder, 'items' | 'offer'>, order: NewOrderFacts['order']): boolean {
  const sources = items.flatMap(({ productId }) => products.get(productId) ?? [])
  return appPortsOf(sources, 'image' in order && !order.imageId ? order.image : undefined).length > 0
}

function consentOf({ now }: TenantContext, consent: OrderConsent | undefined) {
  if (!consent) return {}
  const { termsVersion, waivesWithdrawal } = consent
  return { termsVersion, termsAcceptedAt: now, withdrawalWaivedAt: waivesWithdrawal ? now : null }
}
