import { randomBytes } from 'node:crypto'
import { audit } from '#app/db/audit.server.ts'
import {
  type CloudResource,
  deedOfKey,
  findResource,
  insertDeed,
  insertThing,
  isImageOffered,
  rangesOf,
  takeResource,
} from '#app/db/cloud/cloud-deeds.server.ts'
import { lockResource } from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { isServerSuspended } from '#app/db/subscriptions/service-suspensions.server.ts'
import { firstSpec } from '#app/domain/cloud/after-deed.ts'
import { checkDeed, type DeedProblem } from '#app/domain/cloud/check-deed.ts'
import { type CloudDeed, deedTerms } from '#app/domain/cloud/deeds.ts'
import { vpnSecretBytes, vpnSecretOf } from '#app/domain/cloud/vpn.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { versionOf } from './version-of.server.ts'

export type RequestDeedInput = {
  readonly deed: CloudDeed
  /** What it is about; null for what it makes. */
  readonly subjectId: string | null
  /** Whose a new thing is that belongs to no server. */
  readonly accountId: string
  /** Where new things are made. */
  readonly cloudRef: string
  /** Made with the form: the same key again finds the first deed. */
  readonly key: string
  readonly userName: string | null
  /** Versions of what is replaced, of which one must stand still; null for a writer who did not look. */
  readonly versions?: readonly string[] | null
}
/** What a deed is about, made or found; the secret that the cloud is given with it is told this once, and not to a repeat. */
export type RequestedDeed = { readonly resourceId: string; readonly secret?: string }
export type RequestDeedError = DeedProblem | 'changed-meanwhile' | 'account-not-active' | 'server-suspended'

/**
 * Asks the cloud for a deed on something in scope, one at a time for each; a job carries it out. What it costs was weighed before.
 * Safe to repeat.
 */
export async function requestDeed(ctx: TenantContext, input: RequestDeedInput): Promise<Result<RequestedDeed, RequestDeedError>> {
  const { deed, key, versions = null } = input
  // Held, so that nobody replaces it between the look at its version and this deed.
  if (versions && input.subjectId) await lockResource(ctx, input.subjectId)
  const subject = await findResource(ctx, input.subjectId)
  const server = 'serverId' in deed ? await findResource(ctx, deed.serverId) : null
  const accountId = subject?.accountId ?? server?.accountId ?? input.accountId
  const known = await deedOfKey(ctx, { accountId, key })
  if (known) return ok({ resourceId: known })

  if (versions && subject && !versions.includes(versionOf(subject))) return err('changed-meanwhile')
  const problem = await whyNot(ctx, { input, subject, server, accountId })
  if (problem) return err(problem)
  const resourceId = subject?.id ?? (await makeThing(ctx, { input, server, accountId }))
  if (subject && !(await takeResource(ctx, subject, deed.kind))) return err('action-pending')
  const secret = deedTerms[deed.kind].hasSecret ? vpnSecretOf(randomBytes(vpnSecretBytes)) : null
  const deedId = await insertDeed(ctx, { accountId, resourceId, deed, key, secret, userName: input.userName })
  if (deedId === null) return err('action-pending')
  await enqueue(ctx, { name: 'cloud/deed.requested', data: { tenantId: ctx.tenantId, deedId } })
  const detail = { deedId, ...('user' in deed ? { user: deed.user } : {}) }
  await audit(ctx, { action: `cloud.${deed.kind}`, subjectKind: 'resource', subjectId: resourceId, detail })
  return ok({ resourceId, ...(secret === null ? {} : { secret }) })
}

type Around = {
  readonly input: RequestDeedInput
  readonly subject: CloudResource | null
  readonly server: CloudResource | null
  readonly accountId: string
}

async function whyNot(ctx: TenantContext, { input, subject, server, accountId }: Around): Promise<RequestDeedError | null> {
  const { deed } = input
  const backup = deed.kind === 'restore-backup' ? await findResource(ctx, deed.backupId) : null
  const ranges = deed.kind === 'create-network' ? await rangesOf(ctx, { accountId, zone: deed.zone }) : []
  const isImageThere = deed.kind === 'rebuild' && subject !== null && (await isImageFor(ctx, { image: deed.image, subject }))
  const checked = checkDeed(deed, { subject, server, backup, ranges, isImageThere })
  if (!checked.ok) return checked.error
  if (deedTerms[deed.kind].ends || deedTerms[deed.kind].lessens) return null
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { status: true },
  })
  if (account?.status !== 'active') return 'account-not-active'
  const worked = server ?? (subject?.kind === 'server' ? subject : null)
  return worked && (await isServerSuspended(ctx, worked.id)) ? 'server-suspended' : null
}

/** Whether a server may begin anew from an image: one that the seller offers, or a private one of its own account and place. */
async function isImageFor(ctx: TenantContext, { image, subject }: { image: string; subject: CloudResource }): Promise<boolean> {
  if (!Uuid.safeParse(image).success) return isImageOffered(ctx, image)
  const own = await findResource(ctx, image)
  return own?.kind === 'image' && own.state === 'ready' && own.accountId === subject.accountId && own.zone === subject.zone
}

/** The resource that a deed is to make; it stands in the place of the server that it is made from. */
async function makeThing(ctx: TenantContext, { input, server, accountId }: Omit<Around, 'subject'>): Promise<string> {
  const { deed, cloudRef } = input
  const id = newId()
  const kind = deedTerms[deed.kind].makes ?? ''
  const zone = 'zone' in deed ? deed.zone : (server?.zone ?? 'global')
  const name = 'name' in deed ? deed.name : 'domain' in deed ? deed.domain : kind
  await insertThing(ctx, { id, accountId, kind, name, zone, cloudRef, spec: firstSpec(deed) })
  return id
}
