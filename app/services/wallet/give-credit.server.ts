import { audit } from '#app/db/audit.server.ts'
import { productIdsOf } from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { decideGrant, insertGrant, insertGrantProducts, readGrant } from '#app/db/credit/credit-grants.server.ts'
import { lockWallet, readApprovalLimit, saveApprovalLimit } from '#app/db/payments/wallets.server.ts'
import { postingsOfGivenCredit } from '#app/domain/ledger/rules.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import {
  type GivenKind,
  type GrantScope,
  type GrantTermsProblem,
  needsApproval,
  usualPriority,
  whyNotGiven,
} from '#app/domain/wallet/credit-grant.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

export type GiveCreditInput = {
  readonly accountId: string
  readonly amount: Money
  readonly kind: GivenKind
  readonly reason: string
  readonly scope: GrantScope
  /** Of the scope `products`: codes of those whose lines it pays. */
  readonly productCodes?: readonly string[]
  readonly expiresOn: LocalDate | null
  /** The lower, the sooner it is used; as its kind is unless said. */
  readonly priority?: number
  /** One form is one grant, however often it is sent. */
  readonly formKey: string
}
export type GiveCreditError = GrantTermsProblem | 'account-not-found' | 'other-currency' | 'product-unknown'

/**
 * Gives an account credit. Above the seller's limit it waits for a second person; else it counts, and is booked, at once. A repeat of the
 * same form changes nothing.
 */
export async function giveCredit(
  ctx: TenantContext,
  input: GiveCreditInput,
): Promise<Result<{ readonly waits: boolean }, GiveCreditError>> {
  const { accountId, amount, kind, formKey } = input
  const priority = input.priority ?? usualPriority[kind]
  const seller = await sellerOf(ctx)
  const productIds = input.scope === 'products' ? await productsByCode(ctx, input.productCodes ?? []) : []
  if (!productIds) return err('product-unknown')
  const problem = whyNotGiven({ ...input, productIds, priority, today: localDateOf(ctx.now, seller.timeZone) })
  if (problem) return err(problem)
  const contracts = await ctx.db.contract.findMany({ where: { accountId }, select: { currency: true } })
  if (contracts.length === 0) return err('account-not-found')
  if (!contracts.some(({ currency }) => currency === amount.currency)) return err('other-currency')

  const limit = await readApprovalLimit(ctx)
  const waits = needsApproval(amount, limit === null ? null : money(limit, seller.currency))
  const wallet = await lockWallet(ctx, accountId, amount.currency)
  const { scope, expiresOn, reason } = input
  const state = waits ? 'waiting' : 'active'
  const grantId = await insertGrant(ctx, { wallet, sourceKey: `given:${formKey}`, kind, state, amount, priority, scope, expiresOn, reason })
  if (!grantId) return ok({ waits })
  if (productIds.length > 0) await insertGrantProducts(ctx, { grantId, accountId, productIds })
  await audit(ctx, {
    action: waits ? 'credit.proposed' : 'credit.given',
    subjectKind: 'credit-grant',
    subjectId: grantId,
    detail: { accountId, kind, amountMinor: amount.minor.toString(), currency: amount.currency, reason },
  })
  if (!waits) await book(ctx, { grantId, accountId, amount })
  return ok({ waits })
}

/** The ids of the products with these codes; null when the seller lacks one of them. */
async function productsByCode(ctx: TenantContext, codes: readonly string[]): Promise<string[] | null> {
  const wanted = [...new Set(codes)]
  const ids = await productIdsOf(ctx, wanted)
  return ids.size === wanted.length ? [...ids.values()] : null
}

type Given = { readonly grantId: string; readonly accountId: string; readonly amount: Money }

async function book(ctx: TenantContext, { grantId, accountId, amount }: Given): Promise<void> {
  await postEntry(ctx, {
    sourceKey: `credit-grant:${grantId}`,
    kind: 'credit-grant',
    accountId,
    invoiceId: null,
    postings: postingsOfGivenCredit({ accountId, amount }),
  })
}

export type DecideCreditInput = { readonly grantId: string; readonly decision: 'approve' | 'refuse' }
export type DecideCreditError = 'grant-not-found' | 'same-person' | 'grant-decided' | 'grant-passed'

/** A second person approves credit that waits, which counts from then on, or refuses it. Who gave it may take it back, not approve it. */
export async function decideCredit(ctx: TenantContext, { grantId, decision }: DecideCreditInput): Promise<Result<void, DecideCreditError>> {
  const found = await readGrant(ctx, grantId)
  if (!found) return err('grant-not-found')
  await lockWallet(ctx, found.accountId, found.amount.currency)
  if (decision === 'approve' && found.grantedBy === actorName(ctx.actor)) return err('same-person')
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  if (decision === 'approve' && found.expiresOn !== null && found.expiresOn < today) return err('grant-passed')
  if (!(await decideGrant(ctx, grantId, decision === 'approve' ? 'active' : 'refused'))) return err('grant-decided')

  const { accountId, amount } = found
  if (decision === 'approve') await book(ctx, { grantId, accountId, amount })
  await audit(ctx, {
    action: decision === 'approve' ? 'credit.given' : 'credit.refused',
    subjectKind: 'credit-grant',
    subjectId: grantId,
    detail: { accountId, amountMinor: amount.minor.toString(), currency: amount.currency },
  })
  return ok(undefined)
}

/** Sets above which amount, in the seller's currency, a second person approves credit; null for nobody. */
export async function setApprovalLimit(
  ctx: TenantContext,
  limit: Money | null,
): Promise<Result<void, 'other-currency' | 'amount-negative'>> {
  const seller = await sellerOf(ctx)
  if (limit && limit.currency !== seller.currency) return err('other-currency')
  if (limit && limit.minor < 0n) return err('amount-negative')
  await saveApprovalLimit(ctx, limit?.minor ?? null, actorName(ctx.actor))
  const detail = { approvalAboveMinor: limit?.minor.toString() ?? null }
  await audit(ctx, { action: 'wallet-settings.changed', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
  return ok(undefined)
}
