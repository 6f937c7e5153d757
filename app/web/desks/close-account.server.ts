import { isOwnPassword } from '#app/auth/self.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { type CloseAccountError, closeAccount } from '#app/services/closing/close-account.server.ts'
import { inPanel, inTenant, type TenantContext } from '#app/wiring.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { refuse } from '../request/refuse.server.ts'

/** The reader as an owner of the account: only owners end it or take its data along. @throws 403 for anybody else. */
export async function ownerOf(request: Request) {
  const customer = await customerOf(request)
  if (!customer.membership.isOwner) throw refuse(403, 'no-permission')
  const { tenantId, membership, actor } = customer
  return {
    ...customer,
    userId: customer.session.user.id,
    inOwn: <T>(work: (ctx: TenantContext) => Promise<T>) => inPanel(tenantId, membership.accountIds, work, { actor }),
  }
}

type CloseHere = { readonly typedNumber: string; readonly reason: string; readonly password: string }

/** Closes the owner's account, once the password is right. */
export async function closeHere(
  request: Request,
  { password, ...input }: CloseHere,
): Promise<Result<{ closingId: string }, CloseAccountError | 'wrong-password' | 'too-many-attempts'>> {
  const { tenantId, accountId, userId, actor } = await ownerOf(request)
  const known = await isOwnPassword({ tenantId, userId }, password)
  if (!known.ok) return err(known.error)
  return inTenant(tenantId, (ctx) => closeAccount(ctx, { accountId, ...input }), { actor })
}
