import { giveTryBack, takeTry } from '#app/db/catalog/redemptions.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { attemptsPerWindow, attemptWindowAt } from '#app/domain/promo/attempt-window.ts'

type GuestTry = { readonly tenantId: string; readonly promoCodes?: readonly string[]; readonly addressHash?: string }

const subjectsOf = ({ addressHash = 'none' }: GuestTry) => [`address:${addressHash}`]

/**
 * Counts that a visitor types codes, in a transaction of its own: what follows may roll back, and a failed try must stay counted. False:
 * there were too many within a quarter of an hour.
 */
export async function takeGuestTry(asked: GuestTry): Promise<boolean> {
  if (!asked.promoCodes?.length) return true
  return inTenant(asked.tenantId, (ctx) => takeTry(ctx, subjectsOf(asked), { start: attemptWindowAt(ctx.now), limit: attemptsPerWindow }))
}

/** Gives a try back that found good codes. */
export async function giveGuestTryBack(asked: GuestTry): Promise<void> {
  if (!asked.promoCodes?.length) return
  await inTenant(asked.tenantId, (ctx) => giveTryBack(ctx, subjectsOf(asked), attemptWindowAt(ctx.now)))
}
