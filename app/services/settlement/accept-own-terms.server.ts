import { inTenant } from '#app/db/context.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { parentAccountOf } from '../purchases/in-parent.server.ts'
import { acceptTerms } from './settle-terms.server.ts'

export type AcceptOwnTermsInput = { readonly tenantId: string; readonly termsId: string; readonly actor: Actor }

/** A reseller wants terms that its parent proposed: noted in the parent, in the name of the reseller's staff, for its own account alone. */
export async function acceptOwnTerms({
  tenantId,
  termsId,
  actor,
}: AcceptOwnTermsInput): Promise<Result<{ isAgreed: boolean }, 'terms-not-found'>> {
  const parent = await parentAccountOf(tenantId)
  if (!parent) return err('terms-not-found')
  return inTenant(parent.tenantId, (ctx) => acceptTerms(ctx, { termsId, accountId: parent.accountId }), { actor })
}
