import { audit } from '#app/db/audit.server.ts'
import { findGiftCode, takeGiftCode } from '#app/db/catalog/gift-codes.server.ts'
import { giveTryBack } from '#app/db/catalog/redemptions.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { insertGrant } from '#app/db/credit/credit-grants.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import { postingsOfGivenCredit } from '#app/domain/ledger/rules.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { attemptWindowAt, freeGiftAttempts } from '#app/domain/promo/attempt-window.ts'
import { normaliseCode } from '#app/domain/promo/promo-code.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { usualPriority } from '#app/domain/wallet/credit-grant.ts'
import type { SolvedTask } from '#app/ports/human-check.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { digestOf } from './issue-codes.server.ts'
import { takeProvenTry } from './take-proven-try.server.ts'

export type RedeemCodeInput = {
  readonly tenantId: string
  readonly accountId: string
  readonly actor: Actor
  /** As typed. */
  readonly code: string
  /** A digest of the network address it was typed at. */
  readonly addressHash: string
  readonly solved: SolvedTask | null
}

/** Unknown, over, redeemed, stopped: all of it is `code-not-valid`, so that an answer teaches nothing about codes. */
export type RedeemCodeError = 'code-not-valid' | 'other-currency' | 'proof-needed' | 'too-many-tries'

/**
 * Redeems a gift code into the balance of an account, once. A try is counted in a transaction of its own before the code is looked at, for
 * the account and the address: what fails stays counted, and after some failures each try costs a proof of work.
 */
export async function redeemCode({ solved, ...input }: RedeemCodeInput): Promise<Result<Money, RedeemCodeError>> {
  const { tenantId, accountId, actor, addressHash } = input
  const subjects = [`gift:account:${accountId}`, `gift:address:${addressHash}`]
  const may = await inTenant(tenantId, (ctx) => takeProvenTry(ctx, { subjects, free: freeGiftAttempts, solved }), { actor })
  if (may !== 'taken') return err(may)
  return inTenant(
    tenantId,
    async (ctx) => {
      const redeemed = await redeem(ctx, input)
      if (redeemed.ok) await giveTryBack(ctx, subjects, attemptWindowAt(ctx.now))
      return redeemed
    },
    { actor },
  )
}

async function redeem(
  ctx: TenantContext,
  { accountId, code }: Pick<RedeemCodeInput, 'accountId' | 'code'>,
): Promise<Result<Money, RedeemCodeError>> {
  const text = normaliseCode(code)
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const gift = text ? await findGiftCode(ctx, digestOf(text), today) : null
  if (!gift) return err('code-not-valid')
  const contract = await ctx.db.contract.findFirst({ where: { accountId, currency: gift.currency }, select: { id: true } })
  if (!contract) return err('other-currency')

  const amount = money(gift.amountMinor, gift.currency)
  const wallet = await lockWallet(ctx, accountId, gift.currency)
  const expiresOn = gift.lastsDays === null ? null : addDays(today, gift.lastsDays)
  const terms = { kind: 'promo', state: 'active', priority: usualPriority.promo, scope: 'all', expiresOn, reason: gift.name } as const
  const grantId = await insertGrant(ctx, { wallet, sourceKey: `gift:${gift.id}`, amount, ...terms })
  if (!grantId || !(await takeGiftCode(ctx, { id: gift.id, accountId, grantId }))) return err('code-not-valid')
  await postEntry(ctx, {
    sourceKey: `credit-grant:${grantId}`,
    kind: 'credit-grant',
    accountId,
    invoiceId: null,
    postings: postingsOfGivenCredit({ accountId, amount }),
  })
  const detail = { accountId, grantId, batchId: gift.batchId, amountMinor: amount.minor.toString(), currency: amount.currency }
  await audit(ctx, { action: 'gift-code.redeemed', subjectKind: 'gift-code', subjectId: gift.id, detail })
  return ok(amount)
}
