import { audit } from '#app/db/audit.server.ts'
import { type CloudOwner, cloudOwnersOf, findInterfaceAddress, hasSuspension } from '#app/db/cloud/cloud-interfaces.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type { CloudOwner }

/** What of the cloud an account can look into by the cloud's own interface; nothing where the seller offers none. */
export async function visitableOwners(
  ctx: TenantContext,
  of: { readonly accountId: string; readonly cloudRef: string },
): Promise<readonly CloudOwner[]> {
  return (await findInterfaceAddress(ctx)) === null ? [] : cloudOwnersOf(ctx, of)
}

export type CloudVisitWish = {
  readonly accountId: string
  readonly cloudRef: string
  /** An account or project of the cloud that is the account's; its first one when undefined. */
  readonly externalId?: string
  /** Staff look into what stands still for want of payment, its owner does not. */
  readonly isStaff: boolean
}
export type AllowCloudVisitError = 'interface-not-offered' | 'nothing-in-cloud' | 'account-suspended'
export type AllowedVisit = { readonly externalId: string; readonly address: string }

/**
 * The account or project of the cloud that a visit may be signed in to, and the address where it begins; that it was opened is noted.
 * Runs with the seller's rights: the account comes from a membership, or from staff of the seller.
 */
export async function allowCloudVisit(ctx: TenantContext, wish: CloudVisitWish): Promise<Result<AllowedVisit, AllowCloudVisitError>> {
  const address = await findInterfaceAddress(ctx)
  if (address === null) return err('interface-not-offered')
  const owners = await cloudOwnersOf(ctx, wish)
  const owner = wish.externalId === undefined ? owners[0] : owners.find(({ externalId }) => externalId === wish.externalId)
  if (!owner) return err('nothing-in-cloud')
  if (!wish.isStaff && (await hasSuspension(ctx, wish.accountId))) return err('account-suspended')
  const detail = { ...owner, cloudRef: wish.cloudRef }
  await audit(ctx, { action: 'cloud-interface.opened', subjectKind: 'account', subjectId: wish.accountId, detail })
  return ok({ externalId: owner.externalId, address })
}
