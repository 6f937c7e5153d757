import type { OrderedItem } from '#app/domain/catalog/bundle.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import { firstTerm } from '#app/domain/subscription/fixed-term.ts'
import { readRulesOfContract } from '../catalog/contract-price-books.server.ts'
import { applicationOf } from '../cloud/applications.server.ts'
import { changeTags, insertPlace, lockProject, type NewPlace } from '../cloud/projects.server.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { insertSubscriptionItems } from './subscription-items.server.ts'

/** A server as the cloud has it. */
export type OrderedServer = {
  readonly cloudRef: string
  readonly externalId: string
  readonly state: 'building' | 'running' | 'stopped' | 'failed' | 'deleted'
  readonly address: string | null
}

export type FulfilledOrder = {
  readonly orderId: string
  /** None where the order builds no server. */
  readonly server: OrderedServer | null
  /** The subscription one level below that this one feeds; none at the customer's own level. */
  readonly feeds?: { readonly tenantId: string; readonly subscriptionId: string }
}

type AttachedInput = {
  readonly name?: string
  readonly zone?: string
  readonly image?: string
  readonly anchor?: 'anniversary'
  readonly projectId?: string
}

/**
 * Gives an order its subscription, pending until it is activated, and the server that was built for it. A repeat finds both.
 * The subscription names the one below that it feeds.
 */
export async function attachOrder(ctx: TenantContext, { orderId, server, feeds }: FulfilledOrder): Promise<{ subscriptionId: string }> {
  const { tenantId } = ctx
  const order = await ctx.db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } } })
  if (order.subscriptionId) return { subscriptionId: order.subscriptionId }

  const input = order.input as AttachedInput
  const subscriptionId = newId()
  await ctx.db.subscription.createMany({
    data: [
      {
        tenantId,
        id: subscriptionId,
        accountId: order.accountId,
        contractId: order.contractId,
        productId: order.productId,
        orderId: order.id,
        name: input.name ?? 'server',
        state: 'pending',
        billingAnchor: input.anchor ?? null,
        quantity:
          itemsOf(order)
            .find(({ role }) => role === 'main')
            ?.quantity.toFixed() ?? '1',
        startedAt: order.placedAt,
        createdAt: ctx.now,
        feedsTenantId: feeds?.tenantId ?? null,
        feedsSubscriptionId: feeds?.subscriptionId ?? null,
      },
    ],
  })
  const resourceId = server && (await insertServer(ctx, { server, input, subscriptionId, accountId: order.accountId }))
  if (resourceId) await labelPiece(ctx, { orderId, resourceId, accountId: order.accountId })
  await ctx.db.order.updateMany({ where: { tenantId, id: order.id }, data: { resourceId, subscriptionId, state: 'provisioning' } })
  return { subscriptionId }
}

type NewServer = {
  readonly server: OrderedServer
  readonly input: AttachedInput
  readonly subscriptionId: string
  readonly accountId: string
}

async function insertServer(ctx: TenantContext, { server, input, subscriptionId, accountId }: NewServer): Promise<string> {
  const resourceId = newId()
  await ctx.db.resource.createMany({
    data: [
      {
        tenantId: ctx.tenantId,
        id: resourceId,
        accountId,
        subscriptionId,
        cloudRef: server.cloudRef,
        externalId: server.externalId,
        kind: 'server',
        name: input.name ?? 'server',
        state: server.state,
        address: server.address,
        zone: input.zone ?? '',
        spec: { image: input.image ?? '' },
        isManaged: true,
        createdAt: ctx.now,
      },
    ],
  })
  await placeInProject(ctx, { resourceId, accountId, projectId: input.projectId })
  return resourceId
}

/** Labels the server of an application's piece with its name, by which usage and costs find together what was ordered together. */
async function labelPiece(ctx: TenantContext, { orderId, ...server }: { orderId: string; resourceId: string; accountId: string }) {
  const application = await applicationOf(ctx, { orderId })
  if (application) await changeTags(ctx, { ...server, ended: [], begun: [{ key: 'application', value: application.name }] })
}

/** Puts a new server in the project it was ordered for, where the account still has that. */
async function placeInProject(
  ctx: TenantContext,
  { projectId, ...server }: Omit<NewPlace, 'projectId'> & { projectId: string | undefined },
) {
  const project = projectId ? await lockProject(ctx, projectId) : null
  if (project?.accountId === server.accountId && project.state === 'active') await insertPlace(ctx, { ...server, projectId: project.id })
}

/** Starts the subscription of an order at `startedAt`, the same instant at every level, and shows its server as it is. Safe to repeat. */
export async function activateOrder(
  ctx: TenantContext,
  orderId: string,
  { address, startedAt }: { address: string | null; startedAt: Date },
): Promise<void> {
  const { tenantId } = ctx
  const order = await ctx.db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } } })
  if (!order.subscriptionId || order.state === 'active') return
  const { accountId, productId, subscriptionId } = order
  const product = await ctx.db.product.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: productId } },
    select: { spec: true, tenant: { select: { timeZone: true } } },
  })
  const { endsWithTerm, ...term } = firstTerm(product.spec, { startedAt, zone: product.tenant.timeZone })
  // What feeds a level below goes on for as long as that one does: it is ended from there.
  const renews = !endsWithTerm || order.childOrderId !== null
  const priceVersionId = await keptVersion(ctx, { subscriptionId, productId, spec: product.spec, at: startedAt })
  await ctx.db.subscription.updateMany({
    where: { tenantId, id: subscriptionId, state: 'pending' },
    data: { state: 'active', startedAt, ...term, renews, pricePolicy: priceVersionId ? 'pinned' : 'newest' },
  })
  const span = { startsAt: startedAt, endsAt: null, priceVersionId, cause: 'order' as const }
  await insertSubscriptionItems(
    ctx,
    itemsOf(order).map((item) => ({ ...item, ...span, subscriptionId, accountId })),
  )
  if (order.resourceId) await ctx.db.resource.updateMany({ where: { tenantId, id: order.resourceId }, data: { state: 'running', address } })
  await ctx.db.order.updateMany({ where: { tenantId, id: orderId }, data: { state: 'active', finishedAt: ctx.now } })
}

type Ordered = { readonly subscriptionId: string; readonly productId: string; readonly spec: unknown; readonly at: Date }

/** The version in force when an order begins, where its plan says that it keeps its prices; null: it follows the newest. */
async function keptVersion(ctx: TenantContext, { subscriptionId, productId, spec, at }: Ordered): Promise<string | null> {
  if ((spec as { pricePolicy?: string } | null)?.pricePolicy !== 'pinned') return null
  const { contractId } = await ctx.db.subscription.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: subscriptionId } },
    select: { contractId: true },
  })
  const own = (await readRulesOfContract(ctx, contractId)).filter((rule) => rule.productId === productId && isInForce(rule, at.getTime()))
  return own.toSorted((a, b) => a.layer - b.layer)[0]?.priceVersionId ?? null
}

type KeptItem = Omit<OrderedItem, 'quantity'> & { readonly quantity: string }

/** What an order consists of, as it was placed: one of its product where it says nothing. */
function itemsOf({ productId, input }: { readonly productId: string; readonly input: unknown }): OrderedItem[] {
  const { items = [{ productId, role: 'main', quantity: '1' }] } = input as { items?: readonly KeptItem[] }
  return items.map((item) => ({ ...item, quantity: new Decimal(item.quantity) }))
}

/** Ends an order that cannot be fulfilled: nothing of it is ever charged. Safe to repeat. */
export async function failOrder(ctx: TenantContext, orderId: string, state: 'failed' | 'refused', failure: string): Promise<void> {
  const { tenantId } = ctx
  const order = await ctx.db.order.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: orderId } } })
  if (order.state === 'active') return
  if (order.subscriptionId) {
    await ctx.db.subscription.updateMany({
      where: { tenantId, id: order.subscriptionId, state: 'pending' },
      data: { state: 'ended', endedAt: order.placedAt },
    })
  }
  if (order.resourceId) await ctx.db.resource.updateMany({ where: { tenantId, id: order.resourceId }, data: { state: 'failed' } })
  await ctx.db.order.updateMany({ where: { tenantId, id: orderId }, data: { state, failure, finishedAt: ctx.now } })
}
