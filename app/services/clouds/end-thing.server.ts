import type { TenantContext } from '#app/db/context.server.ts'
import { type CloudDeed, type DeedKind, deedTerms } from '#app/domain/cloud/deeds.ts'
import { requestDeed } from './request-deed.server.ts'

/** A volume, address, backup, image, network or zone that an account has in a cloud. */
export type EndedThing = { readonly id: string; readonly kind: string; readonly accountId: string; readonly cloudRef: string }

/**
 * Asks for the end of something that belongs to no server alone, for `reason`. What is still held by a server, or busy, stays as it is:
 * the next call asks again.
 */
export async function endThing(ctx: TenantContext, { id, kind, accountId, cloudRef }: EndedThing, reason: string): Promise<void> {
  const kinds = Object.keys(deedTerms) as DeedKind[]
  const ending = kinds.find((deed) => deedTerms[deed].ends && deedTerms[deed].about.some((about) => about === kind))
  if (!ending) return
  const deed = { kind: ending } as CloudDeed
  await requestDeed(ctx, { deed, subjectId: id, accountId, cloudRef, key: `${reason}:${id}:${ctx.now.getTime()}`, userName: null })
}
