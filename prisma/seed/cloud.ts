import { sealSecret } from '#app/config/secret-box.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { sealField } from '#app/db/sealing/sealed-fields.server.ts'
import { cloudSecretRow } from '#app/wiring.server.ts'
import {
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
import { type SeededServer, seedServer } from './servers.ts'

export const cloudStackConnectionId = demoId('cloud', 'cloudstack')
export const simulatorConnectionId = demoId('cloud', 'simulator')
const hourMs = 3_600_000

type Sellers = ReadonlyMap<Slug, SeededSeller>

/** The provider's clouds, who owns what in them at every level, and the servers that run there already. Safe to repeat. */
export async function seedCloud(sellers: Sellers, { endpoint, monthStart }: { endpoint: string; monthStart: Date }): Promise<void> {
  await inTenant(tenantOf(sellers, 'meridian'), (ctx) => connectClouds(ctx, endpoint))
  await seedMappings(sellers)
  for (const server of servers) {
    const customer = customers.find(({ cloudAccount }) => cloudAccount === server.account)
    if (customer) await seedServer(sellers, servedBy(server, customer.key, monthStart))
  }
}

/** A server of the emulated cloud as the product knows it. */
function servedBy({ id, name, number, zone, deletedHour }: WorldServer, customer: string, monthStart: Date): SeededServer {
  return {
    name,
    customer,
    plan: planned[name],
    startedAt: new Date(Date.UTC(monthStart.getUTCFullYear(), monthStart.getUTCMonth() - subscribedMonthsBefore, 1)),
    deletedAt: deletedHour === undefined ? null : new Date(monthStart.getTime() + deletedHour * hourMs),
    cloudRef: cloudStackConnectionId,
    externalId: id,
    address: `198.51.100.${number}`,
    zone: zones[zone].name,
    isManaged: false,
  }
}

async function connectClouds(ctx: TenantContext, endpoint: string): Promise<void> {
  const { tenantId } = ctx
  const secret = sealSecret(apiAccounts.root.secretKey, cloudSecretRow(cloudStackConnectionId))
  const apiKey = sealField(ctx, 'cloud_connections.api_key', cloudStackConnectionId, apiAccounts.root.apiKey)
  const credentials = { apiKey, secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId }
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

/** A name of an owner in a cloud, and whose account at a level it is. */
type Mapping = { readonly kind: 'domain' | 'account' | 'project'; readonly ref: string; readonly accountId: string }

function map(sellers: Sellers, slug: Slug, mappings: readonly Mapping[]): Promise<void> {
  return seedMappingsOf(sellers, slug, { cloudRef: cloudStackConnectionId, mappings })
}

type Mappings = { readonly cloudRef: string; readonly mappings: readonly Mapping[] }

/** Whose the owners of a cloud are at one level. Safe to repeat. */
export async function seedMappingsOf(sellers: Sellers, slug: Slug, { cloudRef, mappings }: Mappings): Promise<void> {
  await inTenant(tenantOf(sellers, slug), ({ db, tenantId, now }) =>
    db.cloudMapping.createMany({
      data: mappings.map(({ kind, ref, accountId }) => ({
        tenantId,
        id: demoId('mapping', slug, kind, ref),
        accountId,
        cloudRef,
        externalKind: kind,
        externalId: ref,
        createdAt: now,
      })),
      skipDuplicates: true,
    }),
  )
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
