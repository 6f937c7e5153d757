import {
  type CloudResource,
  deedSecret,
  findResource,
  type OpenDeed,
  openDeed,
  saveThing,
  settleDeed,
} from '#app/db/cloud/cloud-deeds.server.ts'
import { noteResourceEvent } from '#app/db/cloud/resources.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { specAfter } from '#app/domain/cloud/after-deed.ts'
import { deedTerms } from '#app/domain/cloud/deeds.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import type { CloudThing } from '#app/ports/cloud-driver.ts'
import { type CloudCall, callCloud } from './call-cloud.ts'
import { cloudAbove } from './cloud-above.server.ts'
import type { CloudPorts } from './cloud-ports.ts'
import { mapBuyer } from './map-buyer.server.ts'

export type DeedTarget = { readonly tenantId: string; readonly deedId: string }

/** What a step of a job remembers of the cloud's answer: plain JSON. */
export type DeedOutcome = { readonly thing: CloudThing | null; readonly problem: string | null }

const refused = (problem: string): DeedOutcome => ({ thing: null, problem })
const answered = (thing: CloudThing): DeedOutcome => ({ thing, problem: thing.state === 'failed' ? 'no-capacity' : null })

/**
 * Has the cloud do a deed; null when it is settled already. What is metered belongs at every level to whoever buys it, before it is made.
 * Safe to repeat: the deed is the key of what it makes. Throws when the cloud does not answer: the job retries.
 */
export async function performDeed(ports: CloudPorts, { tenantId, deedId }: DeedTarget): Promise<DeedOutcome | null> {
  const open = await inTenant(tenantId, (ctx) => openDeed(ctx, deedId))
  if (!open) return null
  const { deed, resource } = open
  const terms = deedTerms[deed.kind]
  const cloud = await cloudAbove(ports, tenantId)
  if (cloud?.cloudRef !== resource.cloudRef || !cloud.capabilities.includes(terms.capability)) return refused('not-offered')
  if (terms.ends && resource.state === 'failed') return answered({ ref: resource.externalId, state: 'deleted' })
  if (terms.meter) await mapBuyer({ tenantId, accountId: resource.accountId, cloudRef: cloud.cloudRef })
  const refs = await inTenant(tenantId, (ctx) => refsOf(ctx, open))
  const answer = await callCloud(cloud.driver.parts, { ...open, ...refs })
  return answer.ok ? answered(answer.value) : refused(answer.error)
}

/** How what the deed names is called in the cloud, and the secret that the cloud is given with it. */
async function refsOf(ctx: TenantContext, { id, deed }: OpenDeed): Promise<Omit<CloudCall, keyof OpenDeed>> {
  const server = 'serverId' in deed ? await findResource(ctx, deed.serverId) : null
  const backup = 'backupId' in deed ? await findResource(ctx, deed.backupId) : null
  const image = deed.kind === 'rebuild' ? await ownImage(ctx, deed.image) : null
  return {
    serverRef: server?.externalId ?? '',
    backupRef: backup?.externalId ?? '',
    imageRef: image?.externalId ?? null,
    secret: deedTerms[deed.kind].hasSecret ? await deedSecret(ctx, id) : null,
  }
}

/** The private image that a deed names by its id; null for one of the seller's. */
async function ownImage(ctx: TenantContext, image: string): Promise<CloudResource | null> {
  return Uuid.safeParse(image).success ? findResource(ctx, image) : null
}

/** The thing as the cloud has it now. */
export async function checkThing(ports: CloudPorts, { tenantId }: DeedTarget, ref: string): Promise<DeedOutcome> {
  const thing = await (await cloudAbove(ports, tenantId))?.driver.getThing(ref)
  return thing ? answered(thing) : refused('not-there')
}

/** Shows what became of a deed; what could not be made stays as failed until its owner takes it away. Safe to repeat. */
export async function showDeed({ tenantId, deedId }: DeedTarget, { thing, problem }: DeedOutcome): Promise<void> {
  await inTenant(tenantId, async (ctx) => {
    const open = await openDeed(ctx, deedId)
    if (!open || !(await settleDeed(ctx, deedId, problem))) return
    const { resource, deed, userId, userName } = open
    if (thing && problem === null) await showThing(ctx, open, thing)
    else await saveThing(ctx, resource.id, { action: deed.kind, ...(deedTerms[deed.kind].makes ? { state: 'failed' } : {}) })
    const action = problem === null ? deed.kind : 'failed'
    await noteResourceEvent(ctx, { resourceId: serverOf(open) ?? resource.id, action, userId, userName })
  })
}

async function showThing(ctx: TenantContext, { deed, resource }: OpenDeed, thing: CloudThing): Promise<void> {
  const image = deed.kind === 'rebuild' ? await ownImage(ctx, deed.image) : null
  const told = { at: ctx.now, sizeGib: thing.sizeGib, imageName: image?.name, vpn: thing.vpn }
  const spec = specAfter(deed, resource.spec, told)
  if (resource.kind === 'server') return saveThing(ctx, resource.id, { action: deed.kind, spec })
  await saveThing(ctx, resource.id, {
    action: deed.kind,
    spec,
    externalId: thing.ref,
    state: thing.state === 'deleted' ? 'deleted' : 'ready',
    ...(thing.address === undefined ? {} : { address: thing.address }),
    ...(thing.address !== undefined && resource.kind === 'address' ? { name: thing.address } : {}),
    ...(thing.state === 'deleted' ? { deletedAt: ctx.now } : {}),
  })
}

/** The server whose story the deed belongs to; null for what stands alone. */
function serverOf({ deed, resource }: OpenDeed): string | null {
  if ('serverId' in deed) return deed.serverId
  const { serverId } = resource.spec
  return typeof serverId === 'string' ? serverId : null
}
