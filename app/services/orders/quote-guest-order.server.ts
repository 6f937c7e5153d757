import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type CustomerFacts, openCustomerAccount } from '../people/open-customer-account.server.ts'
import { giveGuestTryBack, takeGuestTry } from '../promotions/guest-tries.server.ts'
import type { TriedCodes } from '../promotions/try-codes.server.ts'
import type { PriceOrderError } from './price-order.server.ts'
import { type QuoteOrderInput, quoteOrder } from './quote-order.server.ts'

export type QuoteGuestOrderInput = Omit<QuoteOrderInput, 'accountId'> & { readonly tenantId: string; readonly customer: CustomerFacts }
type QuoteGuestOrderError = PriceOrderError | 'plan-not-found' | 'account-not-opened'

/** What was priced leaves the transaction as a refusal, so that nothing of it stays. */
type Priced = { readonly ok: false; readonly error: 'rolled-back'; readonly tried: Result<TriedCodes, QuoteGuestOrderError> }

/**
 * What an order with codes costs a visitor: by the very account that the order would open, which is not kept.
 */
export async function quoteGuestOrder(input: QuoteGuestOrderInput): Promise<Result<TriedCodes, QuoteGuestOrderError>> {
  const { tenantId, customer, ...choice } = input
  const mayTry = await takeGuestTry(input)
  const promoCodes = mayTry ? (choice.promoCodes ?? []) : []
  const { tried } = await inTenant(tenantId, (ctx) => priceAsNew(ctx, customer, { ...choice, promoCodes }))
  if (!tried.ok) return tried
  if (!mayTry) return ok({ ...tried.value, problem: 'too-many-tries' })
  if (tried.value.problem !== 'code-not-valid') await giveGuestTryBack(input)
  return tried
}

async function priceAsNew(ctx: TenantContext, customer: CustomerFacts, choice: Omit<QuoteOrderInput, 'accountId'>): Promise<Priced> {
  const account = await openCustomerAccount(ctx, customer)
  const tried = account.ok ? await quoteOrder(ctx, { ...choice, accountId: account.value.accountId }) : err('account-not-opened' as const)
  return { ok: false, error: 'rolled-back', tried }
}
