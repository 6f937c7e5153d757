import type { TenantContext } from '#app/db/context.server.ts'
import { readFraudSettings } from '#app/db/people/fraud-settings.server.ts'
import { takeVelocity } from '#app/db/velocity-counters.server.ts'
import { hourMs, retryAt } from '#app/domain/fraud/velocity.ts'

/** What is counted, by whom and from where. An address is its digest. */
export type Deed =
  | { readonly kind: 'order'; readonly accountId: string; readonly addressHash: string | null }
  | { readonly kind: 'sign-up'; readonly addressHash: string; readonly isProven: boolean }

/** Sign-ups within an hour from one network address that prove nothing: enough for a person without scripts. */
const unprovenSignUps = 3

/**
 * Counts a deed against the seller's hourly limits. Null: it may go on; else the instant from which to try again. Call it in a
 * transaction of its own: what is refused later stays counted.
 */
export async function limitVelocity(ctx: TenantContext, deed: Deed): Promise<Date | null> {
  const { ordersPerAccount, ordersPerAddress, signUpsPerAddress } = await readFraudSettings(ctx)
  const limits =
    deed.kind === 'sign-up'
      ? [
          deed.isProven
            ? { subject: `sign-up:address:${deed.addressHash}`, most: signUpsPerAddress }
            : { subject: `sign-up:unproven:${deed.addressHash}`, most: Math.min(unprovenSignUps, signUpsPerAddress) },
        ]
      : [
          { subject: `order:account:${deed.accountId}`, most: ordersPerAccount },
          ...(deed.addressHash ? [{ subject: `order:address:${deed.addressHash}`, most: ordersPerAddress }] : []),
        ]
  for (const { subject, most } of limits) {
    const limit = { most, windowMs: hourMs }
    const full = await takeVelocity(ctx, subject, limit)
    if (full) return retryAt(full, ctx.now, limit)
  }
  return null
}
