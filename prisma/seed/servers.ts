import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { demoId, tenantOf } from './accounts.ts'
import { customers } from './customers.ts'
import type { SeededSeller, Slug } from './sellers.ts'

type Sellers = ReadonlyMap<Slug, SeededSeller>

/** One level's view of a customer's servers: whose they are there. */
type Hop = { readonly slug: Slug; readonly accountId: string }

export type SeededServer = {
  readonly name: string
  /** Key of the customer it belongs to. */
  readonly customer: string
  /** Code of its plan; without one it is charged by the rate card. */
  readonly plan: string | undefined
  readonly startedAt: Date
  readonly deletedAt: Date | null
  readonly cloudRef: string
  readonly externalId: string
  readonly address: string | null
  readonly zone: string
  readonly isManaged: boolean
}

/** A server that runs already, with its subscription, at every level from the provider down to its customer. Safe to repeat. */
export async function seedServer(sellers: Sellers, server: SeededServer): Promise<void> {
  const path = pathOf(sellers, server.customer)
  for (const [level, { slug, accountId }] of path.entries())
    await inTenant(tenantOf(sellers, slug), async (ctx) => {
      const productId = server.plan && sellers.get(slug)?.products.get(server.plan)
      const below = path[level + 1]?.slug
      const feeds = below
        ? { feedsTenantId: tenantOf(sellers, below), feedsSubscriptionId: demoId('subscription', below, server.name) }
        : {}
      if (productId) await insertSubscription(ctx, { server, slug, accountId, productId, feeds })
      await insertResource(ctx, { server, slug, accountId })
    })
}

/** Whose a customer's servers are, from the provider down to the customer. */
export function pathOf(sellers: Sellers, key: string): Hop[] {
  const customer = customers.find((candidate) => candidate.key === key)
  if (!customer) return []
  const path: Hop[] = [{ slug: customer.seller, accountId: demoId('account', customer.key) }]
  for (let slug = customer.seller; slug !== 'meridian'; ) {
    const parent: Slug = slug === 'nakhla' ? 'lakeside' : 'meridian'
    path.unshift({ slug: parent, accountId: sellers.get(slug)?.parentAccountId ?? '' })
    slug = parent
  }
  return path
}

type Placed = { readonly server: SeededServer; readonly slug: Slug; readonly accountId: string }
type Subscribed = Placed & { readonly productId: string; readonly feeds: object }

async function insertSubscription(ctx: TenantContext, { server, slug, accountId, productId, feeds }: Subscribed): Promise<void> {
  const { db, tenantId, now } = ctx
  const { name, startedAt } = server
  const id = demoId('subscription', slug, name)
  const [contract] = await db.$queryRaw<{ id: string }[]>`
    select c.id from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
    where a.tenant_id = ${tenantId}::uuid and a.id = ${accountId}::uuid order by c.account_id = a.id desc limit 1`
  const subscription = { contractId: contract?.id ?? '', productId, name, state: 'active', startedAt, createdAt: now, ...feeds }
  await db.subscription.createMany({ data: [{ tenantId, id, accountId, ...subscription }], skipDuplicates: true })
  const item = { role: 'main', quantity: '1', startsAt: startedAt, cause: 'order', createdBy: 'seed', createdAt: now }
  await db.subscriptionItem.createMany({
    data: [{ ...item, tenantId, id: demoId('item', slug, name), subscriptionId: id, accountId, productId }],
    skipDuplicates: true,
  })
}

async function insertResource({ db, tenantId }: TenantContext, { server, slug, accountId }: Placed): Promise<void> {
  const { name, plan, startedAt, deletedAt, cloudRef, externalId, address, zone, isManaged } = server
  const facts = { kind: 'server', name, state: deletedAt ? 'deleted' : 'running', address, zone, spec: { image: 'debian-12' } }
  const subscriptionId = plan ? demoId('subscription', slug, name) : null
  const times = { createdAt: startedAt, deletedAt }
  await db.resource.createMany({
    data: [
      { tenantId, id: demoId('resource', slug, name), accountId, subscriptionId, cloudRef, externalId, isManaged, ...facts, ...times },
    ],
    skipDuplicates: true,
  })
}
