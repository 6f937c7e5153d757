import { bookOfVisitor } from '#app/db/catalog/buyer-catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readSignUpTerms } from '#app/db/people/sign-up-terms.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { contractBySignUp } from '#app/domain/subscription/sign-up-terms.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { type AddAccountError, addAccount } from '#app/services/accounts/add-account.server.ts'

/** Who buys, and where. */
export type CustomerFacts = {
  readonly kind: 'personal' | 'business'
  /** The person's name; of a business it is the contact. */
  readonly name: string
  readonly companyName?: string | undefined
  readonly email: string
  readonly language: string
  readonly country: string
  readonly addressLines: readonly string[]
  readonly vatId?: string | null | undefined
  /** What the account is billed in, where the store sells in it. */
  readonly currency?: string | null
}

/** Opens an account in this store, on the price book a visitor sees in the currency that was chosen, by the seller's terms for new customers. */
export async function openCustomerAccount(
  ctx: TenantContext,
  customer: CustomerFacts,
): Promise<Result<{ accountId: string }, AddAccountError>> {
  const book = await bookOfVisitor(ctx, customer.currency)
  if (!book) return err('price-book-not-found')
  const { kind, name, companyName, email, language, country, addressLines, vatId } = customer
  const isBusiness = kind === 'business'
  return addAccount(ctx, {
    kind,
    name: (isBusiness && companyName?.trim()) || name,
    email,
    language,
    country,
    addressLines,
    vatId: isBusiness ? (vatId ?? null) : null,
    contract: { priceBookCode: book.code, terms: await termsToday(ctx, book.currency) },
  })
}

async function termsToday(ctx: TenantContext, currency: string) {
  const zone = (await ownTenant(ctx))?.timeZone ?? 'UTC'
  return contractBySignUp(await readSignUpTerms(ctx), { currency, today: localDateOf(ctx.now, zone) })
}
