import type { TenantContext } from '#app/db/context.server.ts'
import { servicesOf } from '#app/db/people/account-closings.server.ts'
import { endThing } from '../clouds/end-thing.server.ts'
import { requestServerAction } from '../servers/request-server-action.server.ts'
import { requestChange } from '../subscriptions/request-change.server.ts'

/**
 * Asks for the end of everything these accounts run: servers and other things are deleted in their cloud by jobs, subscriptions without
 * one are cancelled at the next instant their terms allow. What is busy now is asked for again by the next call. Returns how much is left.
 */
export async function endServices(ctx: TenantContext, accountIds: readonly string[]): Promise<number> {
  const { resources, subscriptions } = await servicesOf(ctx, accountIds)
  const managed = resources.filter(({ isManaged }) => isManaged)
  for (const { id, kind, name, accountId, cloudRef, pendingAction } of managed) {
    if (pendingAction) continue
    if (kind === 'server') await requestServerAction(ctx, { resourceId: id, action: 'destroy', confirmedName: name, userName: null })
    else await endThing(ctx, { id, kind, accountId, cloudRef }, 'closing')
  }
  for (const { id } of subscriptions) await endSubscription(ctx, id)
  return managed.length + subscriptions.length
}

/** Now where its terms allow it, else with the period that is paid. */
async function endSubscription(ctx: TenantContext, subscriptionId: string): Promise<void> {
  const wish = { subscriptionId, change: { kind: 'cancel' }, chosenBy: 'seller' } as const
  const ended = await requestChange(ctx, { ...wish, when: 'now' })
  if (!ended.ok && ended.error !== 'change-pending') await requestChange(ctx, { ...wish, when: 'period-end' })
}
