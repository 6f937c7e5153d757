import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { readUnmapped } from '#app/db/usage/usage-quarantine.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { MappingKind } from '#app/domain/usage/attribute-owner.ts'
import { releaseQuarantine } from '../usage/release-quarantine.server.ts'

export type MapOwnerInput = {
  readonly cloudRef: string
  readonly kind: Exclude<MappingKind, 'resource'>
  /** Its id in the cloud; of a domain also its path. */
  readonly externalId: string
  readonly accountId: string
  /** Why what waited is tried again, for the record. */
  readonly reason: string
}
export type MapOwnerError = 'account-not-found' | 'mapped-already'

/**
 * Says whose a part of a cloud is: a customer, or a reseller with its own tenant, each with the prices of its contract. Usage from then
 * on is theirs; what was set aside for want of an owner is judged again by jobs. Usage of before stays where it was charged.
 */
export async function mapOwner(ctx: TenantContext, input: MapOwnerInput): Promise<Result<{ readonly released: number }, MapOwnerError>> {
  const { db, tenantId, now } = ctx
  const { cloudRef, kind, externalId, accountId, reason } = input
  const account = await db.account.findUnique({ where: { tenantId_id: { tenantId, id: accountId } }, select: { id: true } })
  if (!account) return err('account-not-found')
  const mapping = { tenantId, id: newId(), accountId, cloudRef, externalKind: kind, externalId, createdAt: now }
  const { count } = await db.cloudMapping.createMany({ data: [mapping], skipDuplicates: true })
  if (count === 0) return err('mapped-already')
  await audit(ctx, {
    action: 'cloud-owner.mapped',
    subjectKind: 'cloud-connection',
    subjectId: cloudRef,
    detail: { kind, externalId, accountId },
  })
  const waiting = await readUnmapped(ctx, cloudRef)
  if (waiting.length === 0) return ok({ released: 0 })
  const released = await releaseQuarantine(ctx, { quarantineIds: waiting, reason })
  return ok({ released: released.ok ? released.value.released : 0 })
}

/** Takes a mapping away; usage from then on goes to the next one above, or waits for an owner. Safe to repeat. */
export async function unmapOwner(ctx: TenantContext, { mappingId }: { readonly mappingId: string }): Promise<Result<null, never>> {
  const { db, tenantId } = ctx
  const mapping = await db.cloudMapping.findUnique({ where: { tenantId_id: { tenantId, id: mappingId } } })
  if (!mapping) return ok(null)
  await db.cloudMapping.deleteMany({ where: { tenantId, id: mappingId } })
  const { externalKind, externalId, accountId } = mapping
  await audit(ctx, {
    action: 'cloud-owner.unmapped',
    subjectKind: 'cloud-connection',
    subjectId: mapping.cloudRef,
    detail: { kind: externalKind, externalId, accountId },
  })
  return ok(null)
}
