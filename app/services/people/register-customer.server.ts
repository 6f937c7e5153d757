import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findUserByEmail } from '#app/db/people/people.server.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { AddAccountError } from '#app/services/accounts/add-account.server.ts'
import { type SignUpOrigin, screenSignUp } from '../fraud/screen-sign-up.server.ts'
import { type AddMemberError, addMember } from './add-member.server.ts'
import { type CustomerFacts, openCustomerAccount } from './open-customer-account.server.ts'

export type RegisterCustomerInput = CustomerFacts & {
  /** What `app/auth` made of the password, which never comes this far. */
  readonly passwordHash: string
  readonly origin?: SignUpOrigin
}
export type RegisterCustomerError = AddAccountError | AddMemberError
export type RegisteredCustomer = { readonly isNew: true; readonly userId: string; readonly accountId: string } | { readonly isNew: false }

/**
 * Opens a sign-in and an account in this store, on the price book a visitor sees in the currency that was chosen. For an address the store knows already
 * nothing is opened and its holder is mailed a link to set a new password; the page then says the same as for a new one.
 * The seller's rules may hold the account back until a person has looked.
 * Call it in the seller's own scope (`inTenant`): a visitor may not write accounts.
 */
export async function registerCustomer(
  ctx: TenantContext,
  input: RegisterCustomerInput,
): Promise<Result<RegisteredCustomer, RegisterCustomerError>> {
  const known = await findUserByEmail(ctx, input.email)
  if (known) {
    if (!known.disabledAt) await enqueue(ctx, { name: 'user/reset.requested', data: { tenantId: ctx.tenantId, userId: known.id } })
    return ok({ isNew: false })
  }
  const account = await openCustomerAccount(ctx, input)
  if (!account.ok) return account
  const { accountId } = account.value
  const { email, name, language, passwordHash } = input
  const member = await addMember(ctx, { email, name, language, accountId, profile: 'customer-owner', passwordHash })
  if (!member.ok) return member
  await screenSignUp(ctx, { accountId, origin: input.origin ?? null })
  return ok({ isNew: true, userId: member.value.userId, accountId })
}
