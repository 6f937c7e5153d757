import { affectedAccounts, readServiceUpdate } from '#app/db/desk/service-notices.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { tellAccount } from '../budgets/tell-account.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

const pageSize = 200

/**
 * Tells the accounts with something where services are affected of one update, by the ways they chose: a page of them, in order of id after
 * `afterId`. Returns the last of them; null when there are no more. Safe to repeat: an account is told of an update once.
 */
export async function tellAffected(
  process: TenantProcess<unknown>,
  { updateId, afterId }: { readonly updateId: string; readonly afterId: string | null },
): Promise<string | null> {
  return process.inTenant(async (ctx) => {
    const update = await readServiceUpdate(ctx, updateId)
    if (!update) return null
    const { notice, state, text } = update
    const { id: noticeId, kind, title, zone, startsAt, endsAt } = notice
    const seller = await ownTenant(ctx)
    invariant(seller, `tellAffected: no tenant ${ctx.tenantId}`)
    const said = { noticeId, kind, state, title, text, zone, timeZone: seller.timeZone }
    const facts = { ...said, startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null }
    const accountIds = await affectedAccounts(ctx, notice, { afterId, limit: pageSize })
    for (const accountId of accountIds) {
      await tellAccount(ctx, { accountId, topic: 'service', code: 'service-notice', facts, key: `service-notice:${updateId}:${accountId}` })
    }
    return accountIds.length < pageSize ? null : (accountIds.at(-1) ?? null)
  })
}
