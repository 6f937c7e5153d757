import { sealSecret } from '#app/config/secret-box.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { cloudSecretRow } from '#app/wiring.server.ts'
import {
  type AccountName,
  apiAccounts,
  cloudAccounts,
  domains,
  projects,
  servers,
  type WorldServer,
  zones,
} from '#tests/support/cloudstack-emulator/world.ts'
import { demoId, tenantOf } from './accounts.ts'
import { customers } from './customers.ts'
import type { SeededSeller, Slug } from './sellers.ts'

export const cloudStackConnectionId = demoId('cloud', 'cloudstack')
const simulatorConnectionId = demoId('cloud', 'simulator')
const hourMs = 3_600_000

type Sellers = ReadonlyMap<Slug, SeededSeller>
/** One level's view of a customer's servers: whose they are there. */
type Hop = { readonly slug: Slug; readonly accountId: string }

/** The provider's clouds, who owns what in them at every level, and the servers that run there already. Safe to repeat. */
export async function seedCloud(sellers: Sellers, { endpoint, monthStart }: { endpoint: string; monthStart: Date }): Promise<void> {
  await inTenant(tenantOf(sellers, 'meridian'), (ctx) => connectClouds(ctx, endpoint))
  await seedMappings(sellers)
  for (const server of servers) {
    const path = pathOf(sellers, server.account)
    if (path.length > 0) await seedServer(sellers, { server, path, monthStart })
  }
}

async function connectClouds(ctx: TenantContext, endpoint: string): Promise<void> {
  const { tenantId } = ctx
  const secret = sealSecret(apiAccounts.root.secretKey, cloudSecretRow(cloudStackConnectionId))
  const credentials = { apiKey: apiAccounts.root.apiKey, secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId }
  await ctx.db.cloudConnection.createMany({
    data: [
      {
        tenantId,
        id: cloudStackConnectionId,
        name: 'Frankfurt',
        adapter: 'cloudstack',
        endpoint,
        billedServerMeter: 'running',
        createdAt: ctx.now,
        ...credentials,
      },
      {
        tenantId,
        id: simulatorConnectionId,
        name: 'Simulator',
        adapter: 'simulator',
        endpoint: 'simulator:',
        billedServerMeter: 'running',
        createdAt: ctx.now,
      },
    ],
    skipDuplicates: true,
  })
  await ctx.db.cloudConnection.updateMany({ where: { tenantId, id: cloudStackConnectionId }, data: { endpoint } })
}

async function seedMappings(sellers: Sellers): Promise<void> {
  const reseller = (child: Slug) => sellers.get(child)?.parentAccountId ?? ''
  await map(sellers, 'meridian', [
    { kind: 'domain', ref: domains.ahorn.path, accountId: reseller('ahorn') },
    { kind: 'domain', ref: domains.lakeside.path, accountId: reseller('lakeside') },
  ])
  await map(sellers, 'lakeside', [{ kind: 'domain', ref: domains.nakhla.path, accountId: reseller('nakhla') }])
  await map(sellers, 'ahorn', [{ kind: 'project', ref: projects.lindeShop.id, accountId: demoId('account', 'linde') }])
  for (const customer of customers) {
    if (!customer.cloudAccount) continue
    await map(sellers, customer.seller, [
      { kind: 'account', ref: cloudAccounts[customer.cloudAccount].id, accountId: demoId('account', customer.key) },
    ])
  }
}

type Mapping = { readonly kind: 'domain' | 'account' | 'project'; readonly ref: string; readonly accountId: string }

async function map(sellers: Sellers, slug: Slug, mappings: readonly Mapping[]): Promise<void> {
  await inTenant(tenantOf(sellers, slug), ({ db, tenantId, now }) =>
    db.cloudMapping.createMany({
      data: mappings.map(({ kind, ref, accountId }) => ({
        tenantId,
        id: demoId('mapping', slug, kind, ref),
        accountId,
        cloudRef: cloudStackConnectionId,
        externalKind: kind,
        externalId: ref,
        createdAt: now,
      })),
      skipDuplicates: true,
    }),
  )
}

/** Whose a cloud account's servers are, from the provider down to the customer; empty for an account nobody has. */
function pathOf(sellers: Sellers, account: AccountName): Hop[] {
  const customer = customers.find((candidate) => candidate.cloudAccount === account)
  if (!customer) return []
  const path: Hop[] = [{ slug: customer.seller, accountId: demoId('account', customer.key) }]
  for (let slug = customer.seller; slug !== 'meridian'; ) {
    const parent: Slug = slug === 'nakhla' ? 'lakeside' : 'meridian'
    path.unshift({ slug: parent, accountId: sellers.get(slug)?.parentAccountId ?? '' })
    slug = parent
  }
  return path
}

/** Servers that are on a plan; the others are charged by the rate card. */
const planned: Readonly<Record<string, string>> = {
  'brandt-web': 'web-2',
  'rd-git': 'web-1',
  'sales-crm': 'web-1',
  'linde-shop': 'web-1',
  'huber-web': 'web-1',
  'keller-mail': 'cloud-s',
  'praxis-files': 'web-1',
  'oasis-web': 'web-2',
  'burj-shop': 'web-2',
}

const subscribedMonthsBefore = 3

type ServerFacts = { readonly server: WorldServer; readonly path: readonly Hop[]; readonly monthStart: Date }

async function seedServer(sellers: Sellers, { server, path, monthStart }: ServerFacts): Promise<void> {
  const code = planned[server.name]
  const deletedAt = server.deletedHour === undefined ? null : new Date(monthStart.getTime() + server.deletedHour * hourMs)
  const startedAt = new Date(Date.UTC(monthStart.getUTCFullYear(), monthStart.getUTCMonth() - subscribedMonthsBefore, 1))
  for (const [level, { slug, accountId }] of path.entries()) {
    const below = path[level + 1]
    const subscriptionId = code ? demoId('subscription', slug, server.name) : null
    await inTenant(tenantOf(sellers, slug), async ({ db, tenantId, now }) => {
      if (code && subscriptionId) {
        const contract = await db.$queryRaw<{ id: string }[]>`
          select c.id from accounts a join contracts c on c.tenant_id = a.tenant_id and c.account_id in (a.id, a.parent_account_id)
          where a.tenant_id = ${tenantId}::uuid and a.id = ${accountId}::uuid order by c.account_id = a.id desc limit 1`
        await db.subscription.createMany({
          data: [
            {
              tenantId,
              id: subscriptionId,
              accountId,
              contractId: contract[0]?.id ?? '',
              productId: sellers.get(slug)?.products.get(code) ?? '',
              name: server.name,
              state: 'active',
              startedAt,
              createdAt: now,
              ...(below
                ? { feedsTenantId: tenantOf(sellers, below.slug), feedsSubscriptionId: demoId('subscription', below.slug, server.name) }
                : {}),
            },
          ],
          skipDuplicates: true,
        })
        const productId = sellers.get(slug)?.products.get(code) ?? ''
        const item = { role: 'main', quantity: '1', startsAt: startedAt, cause: 'order', createdBy: 'seed', createdAt: now }
        await db.subscriptionItem.createMany({
          data: [{ ...item, tenantId, id: demoId('item', slug, server.name), subscriptionId, accountId, productId }],
          skipDuplicates: true,
        })
      }
      await db.resource.createMany({
        data: [
          {
            tenantId,
            id: demoId('resource', slug, server.name),
            accountId,
            subscriptionId,
            cloudRef: cloudStackConnectionId,
            externalId: server.id,
            kind: 'server',
            name: server.name,
            state: deletedAt ? 'deleted' : 'running',
            address: `198.51.100.${server.number}`,
            zone: zones[server.zone].name,
            spec: { image: 'debian-12' },
            isManaged: false,
            createdAt: startedAt,
            deletedAt,
          },
        ],
        skipDuplicates: true,
      })
    })
  }
}
