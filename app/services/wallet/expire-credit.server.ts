import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { expireGrant, passedGrants } from '#app/db/credit/credit-grants.server.ts'
import { lockWallets } from '#app/db/payments/wallets.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfGivenCredit } from '#app/domain/ledger/rules.ts'
import { money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import type { CreditGrant } from '#app/domain/wallet/credit-grant.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

const grantsAtOnce = 200

/**
 * Ends credit whose last day passed in the seller's zone: what nobody used of it leaves the balance and the books. Money that was paid has no
 * last day. Returns how many ended; safe to repeat.
 */
export async function expireCredit(tenantId: string): Promise<number> {
  let ended = 0
  for (;;) {
    const count = await inTenant(tenantId, expireSome, { actor: systemActor('credit expiry') })
    ended += count
    if (count < grantsAtOnce) return ended
  }
}

async function expireSome(ctx: TenantContext): Promise<number> {
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const passed = await passedGrants(ctx, today, grantsAtOnce)
  for (const currency of new Set(passed.map(({ amount }) => amount.currency)))
    await lockWallets(ctx, [...new Set(passed.map(({ accountId }) => accountId))], currency)
  for (const grant of passed) await expire(ctx, grant)
  return passed.length
}

async function expire(ctx: TenantContext, { id, accountId, amount }: CreditGrant): Promise<void> {
  const minor = await expireGrant(ctx, id)
  if (minor === null) return
  if (minor > 0n)
    await postEntry(ctx, {
      sourceKey: `credit-expiry:${id}:${ctx.now.toISOString()}`,
      kind: 'credit-expiry',
      accountId,
      invoiceId: null,
      postings: reversalOf(postingsOfGivenCredit({ accountId, amount: money(minor, amount.currency) })),
    })
  await audit(ctx, {
    action: 'credit.expired',
    subjectKind: 'credit-grant',
    subjectId: id,
    detail: { accountId, amountMinor: minor.toString(), currency: amount.currency },
  })
}
