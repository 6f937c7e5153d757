import { audit } from '#app/db/audit.server.ts'
import { sourceOf } from '#app/db/cloud/application-source.server.ts'
import { lockApplication } from '#app/db/cloud/applications.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type RequestDeedError, requestDeed } from '../clouds/request-deed.server.ts'
import { standingPieces } from './standing-pieces.server.ts'

export type UpdateTierInput = {
  readonly applicationId: string
  readonly tier: string
  /** The name of the application, typed again: what is on the disks is lost. */
  readonly confirmedName: string
  readonly key: string
  readonly userName: string | null
}
export type UpdateTierError = 'application-not-found' | 'name-not-confirmed' | 'nothing-to-do' | RequestDeedError

/**
 * Builds every server of a tier anew from the image that what it is made of names now, where it runs another one; all of them or, where one
 * cannot be, none. Safe to repeat with the same key.
 */
export async function updateTier(ctx: TenantContext, input: UpdateTierInput): Promise<Result<null, UpdateTierError>> {
  const { applicationId, tier: code, key, userName } = input
  const application = await lockApplication(ctx, applicationId)
  const source = application && (await sourceOf(ctx, application))
  const tier = source?.tiers.find((each) => each.code === code)
  if (!application || !tier) return err('application-not-found')
  if (input.confirmedName.trim() !== application.name) return err('name-not-confirmed')
  const pieces = await standingPieces(ctx, applicationId)
  const behind = pieces.filter((piece) => piece.tier === code && piece.serverId !== null && piece.image !== tier.imageCode)
  if (behind.length === 0) return err('nothing-to-do')
  const deed = { kind: 'rebuild' as const, image: tier.imageCode }
  for (const { serverId, cloudRef } of behind) {
    const wish = { deed, subjectId: serverId, accountId: application.accountId, cloudRef: cloudRef ?? '', userName }
    const asked = await requestDeed(ctx, { ...wish, key: `update:${serverId}:${key}` })
    if (!asked.ok) return asked
  }
  const detail = { tier: code, image: tier.imageCode, servers: behind.length }
  await audit(ctx, { action: 'application.updated', subjectKind: 'application', subjectId: applicationId, detail })
  return ok(null)
}
