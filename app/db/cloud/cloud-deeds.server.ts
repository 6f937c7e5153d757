import type { DeedSubject } from '#app/domain/cloud/check-deed.ts'
import { type CloudDeed, parseDeed } from '#app/domain/cloud/deeds.ts'
import { NetworkSpec } from '#app/domain/cloud/resource-specs.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { openField, sealField } from '../sealing/sealed-fields.server.ts'

/** A resource as deeds and their jobs look at it. */
export type CloudResource = DeedSubject & {
  readonly name: string
  readonly cloudRef: string
  readonly externalId: string
  readonly spec: Record<string, unknown>
}

const columns = {
  id: true,
  kind: true,
  accountId: true,
  state: true,
  zone: true,
  pendingAction: true,
  isManaged: true,
  spec: true,
  name: true,
  cloudRef: true,
  externalId: true,
} as const

/** A resource in scope; null when there is none such. */
export async function findResource(ctx: TenantContext, id: string | null | undefined): Promise<CloudResource | null> {
  if (!id) return null
  const found = await ctx.db.resource.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return found && { ...found, spec: found.spec as Record<string, unknown> }
}

/** Ranges of the networks that an account has in one place. */
export async function rangesOf(ctx: TenantContext, { accountId, zone }: { accountId: string; zone: string }): Promise<string[]> {
  const networks = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, accountId, zone, kind: 'network', state: { not: 'deleted' } },
    select: { spec: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  return networks.map(({ spec }) => NetworkSpec.parse(spec).range)
}

/** Whether a published plan of the seller comes with the image. */
export async function isImageOffered({ db, tenantId }: TenantContext, code: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from products p, jsonb_array_elements(coalesce(p.spec -> 'images', '[]')) i
    where p.tenant_id = ${tenantId}::uuid and p.kind = 'plan' and p.status = 'published' and i ->> 'code' = ${code} limit 1`
  return rows.length > 0
}

export type NewResource = Pick<CloudResource, 'id' | 'accountId' | 'kind' | 'name' | 'zone' | 'cloudRef' | 'spec'>

/** A resource that the cloud has yet to make: until then it goes by its own id. */
export async function insertThing(ctx: TenantContext, { spec, ...thing }: NewResource): Promise<void> {
  const facts = { externalId: `pending:${thing.id}`, state: 'building', isManaged: true, createdAt: ctx.now }
  await ctx.db.resource.createMany({ data: [{ ...thing, ...facts, tenantId: ctx.tenantId, spec: spec as Prisma.InputJsonObject }] })
}

/** Lets `action` have the resource; false when another one has it, or its state is another by now. */
export async function takeResource(
  ctx: TenantContext,
  { id, state }: Pick<CloudResource, 'id' | 'state'>,
  action: string,
): Promise<boolean> {
  const taken = await ctx.db.resource.updateMany({
    where: { tenantId: ctx.tenantId, id, state, pendingAction: null },
    data: { pendingAction: action },
  })
  return taken.count === 1
}

export type NewDeed = {
  readonly accountId: string
  readonly resourceId: string
  readonly deed: CloudDeed
  readonly key: string
  readonly userName: string | null
  /** What the cloud is to be given and nobody else: sealed until the deed is settled. */
  readonly secret: string | null
}

/** Keeps what was asked before the cloud is asked; returns its id, or null when the same form is asking at this moment. */
export async function insertDeed(ctx: TenantContext, { deed, secret: plain, ...of }: NewDeed): Promise<string | null> {
  const id = newId()
  const secret = plain === null ? null : sealField(ctx, 'cloud_deeds.secret', id, plain)
  const { kind, ...facts } = deed
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  const asked = { ...of, kind, facts: facts as Prisma.InputJsonObject, secret, state: 'requested', userId, requestedAt: ctx.now }
  const { count } = await ctx.db.cloudDeed.createMany({ data: [{ ...asked, tenantId: ctx.tenantId, id }], skipDuplicates: true })
  return count === 1 ? id : null
}

/** The resource that a form was about which was sent before; undefined when it was not. */
export async function deedOfKey(ctx: TenantContext, { accountId, key }: Pick<NewDeed, 'accountId' | 'key'>): Promise<string | undefined> {
  const known = await ctx.db.cloudDeed.findUnique({
    where: { tenantId_accountId_key: { tenantId: ctx.tenantId, accountId, key } },
    select: { resourceId: true },
  })
  return known?.resourceId
}

export type OpenDeed = {
  readonly id: string
  readonly deed: CloudDeed
  readonly resource: CloudResource
  readonly userId: string | null
  readonly userName: string | null
}

/** A deed that the cloud has yet to do, with what it is about; null when it is settled. */
export async function openDeed(ctx: TenantContext, id: string): Promise<OpenDeed | null> {
  const row = await ctx.db.cloudDeed.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } } })
  const resource = row?.state === 'requested' ? await findResource(ctx, row.resourceId) : null
  if (!row || !resource) return null
  return { id, deed: parseDeed(row.kind, row.facts), resource, userId: row.userId, userName: row.userName }
}

/** What the cloud is to be given with a deed that waits; null for one without a secret, or one that is settled. */
export async function deedSecret(ctx: TenantContext, id: string): Promise<string | null> {
  const row = await ctx.db.cloudDeed.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: { secret: true } })
  return row?.secret ? openField(ctx, 'cloud_deeds.secret', id, row.secret) : null
}

/** Settles a deed once, and forgets its secret; false when it was settled before. */
export async function settleDeed(ctx: TenantContext, id: string, problem: string | null): Promise<boolean> {
  const settled = await ctx.db.cloudDeed.updateMany({
    where: { tenantId: ctx.tenantId, id, state: 'requested' },
    data: { state: problem === null ? 'done' : 'refused', problem, secret: null, settledAt: ctx.now },
  })
  return settled.count === 1
}

export type ThingChange = {
  readonly action: string
  readonly state?: string
  readonly externalId?: string
  readonly address?: string | null
  readonly name?: string
  readonly spec?: Record<string, unknown>
  readonly deletedAt?: Date
}

/** Shows a resource as the cloud has it now, and lets go of it where `action` still has it: something stronger may have taken it. */
export async function saveThing(ctx: TenantContext, id: string, { action, spec, ...change }: ThingChange): Promise<void> {
  const { tenantId } = ctx
  const data = { ...change, ...(spec ? { spec: spec as Prisma.InputJsonObject } : {}) }
  if (Object.keys(data).length > 0) await ctx.db.resource.updateMany({ where: { tenantId, id }, data })
  await ctx.db.resource.updateMany({ where: { tenantId, id, pendingAction: action }, data: { pendingAction: null } })
}

/** A server that is gone has no volumes, addresses, networks and load balancers any more: they are free again, and so is what backed it up by itself. */
export async function freeThingsOf(ctx: TenantContext, serverId: string): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.$executeRaw`
    update resources set spec = spec || '{"serverId": null}'
    where tenant_id = ${tenantId}::uuid and kind in ('volume', 'address') and spec ->> 'serverId' = ${serverId}`
  await ctx.db.$executeRaw`
    update resources set spec = jsonb_set(spec, '{serverIds}', (spec -> 'serverIds') - ${serverId}::text)
    where tenant_id = ${tenantId}::uuid and kind in ('network', 'load-balancer') and spec -> 'serverIds' ? ${serverId}::text`
  await ctx.db.backupSchedule.deleteMany({ where: { tenantId, resourceId: serverId } })
}
