import type { TenantContext } from '#app/db/context.server.ts'
import { findUserByEmail } from '#app/db/people/people.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import type { AddAccountError } from '../accounts/add-account.server.ts'
import { type AddMemberError, addMember } from './add-member.server.ts'
import { type CustomerFacts, openCustomerAccount } from './open-customer-account.server.ts'

export type OpenAccountForError = AddAccountError | AddMemberError | 'already-a-customer'

/**
 * Opens an account for a customer who is on the telephone. The customer is mailed a link that works once, to set a password and go on; until
 * then nobody signs in. An address that is known here is refused: its holder opens further accounts by signing in.
 */
export async function openAccountFor(
  ctx: TenantContext,
  customer: CustomerFacts,
): Promise<Result<{ readonly accountId: string }, OpenAccountForError>> {
  if (await findUserByEmail(ctx, customer.email)) return err('already-a-customer')
  const account = await openCustomerAccount(ctx, customer)
  if (!account.ok) return account
  const { accountId } = account.value
  const { email, name, language } = customer
  const owner = await addMember(ctx, { email, name, language, accountId, profile: 'customer-owner' })
  return owner.ok ? account : owner
}
