import { bookOfVisitor } from '#app/db/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findUserByEmail } from '#app/db/people.server.ts'
import { exponentOf } from '#app/domain/money/currency.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type AddAccountError, addAccount } from '#app/services/accounts/add-account.server.ts'
import { type AddMemberError, addMember } from './add-member.server.ts'

export type RegisterCustomerInput = {
  readonly kind: 'personal' | 'business'
  /** The person's name; of a business it is the contact. */
  readonly name: string
  readonly companyName?: string
  readonly email: string
  /** What `app/auth` made of the password, which never comes this far. */
  readonly passwordHash: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId?: string | null
  /** What the account is billed in, where the store sells in it. */
  readonly currency?: string | null
}
export type RegisterCustomerError = AddAccountError | AddMemberError
export type RegisteredCustomer = { readonly isNew: true; readonly userId: string; readonly accountId: string } | { readonly isNew: false }

/** Debt a buyer may run up before staff have seen the account, in whole units of the currency of its price book. */
const startingLimit = 50n

/**
 * Opens a sign-in and an account in this store, on the price book a visitor sees in the currency that was chosen. For an address the store knows already
 * nothing is opened and its holder is mailed a link to set a new password; the page then says the same as for a new one.
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
  return open(ctx, input)
}

async function open(ctx: TenantContext, input: RegisterCustomerInput): Promise<Result<RegisteredCustomer, RegisterCustomerError>> {
  const book = await bookOfVisitor(ctx, input.currency)
  if (!book) return err('price-book-not-found')

  const { kind, email, language, country, addressLines } = input
  const isBusiness = kind === 'business'
  const account = await addAccount(ctx, {
    kind,
    name: (isBusiness && input.companyName?.trim()) || input.name,
    email,
    language,
    country,
    addressLines,
    vatId: isBusiness ? input.vatId : null,
    contract: { priceBookCode: book.code, terms: { creditLimitMinor: startingLimit * 10n ** BigInt(exponentOf(book.currency)) } },
  })
  if (!account.ok) return account

  const { accountId } = account.value
  const { name, passwordHash } = input
  const member = await addMember(ctx, { email, name, language, accountId, profile: 'customer-owner', passwordHash })
  if (!member.ok) return member
  return ok({ isNew: true, userId: member.value.userId, accountId })
}
