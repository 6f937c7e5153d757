import { type SubscriptionFilter, subscriptionStates } from '#app/reports/subscriptions/shape.ts'
import { filterOf, oneOf, pageOf } from '#app/web/request/filters.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'

/** What a list of subscriptions is asked for, by its address. */
export async function listFilterOf(request: Request): Promise<SubscriptionFilter> {
  const search = filterOf(request)
  return {
    state: oneOf(subscriptionStates, search.get('state')),
    search: search.get('search')?.trim().slice(0, 100) || undefined,
    page: pageOf(search),
    language: await languageOf(request, await tenantOf(request)),
  }
}
