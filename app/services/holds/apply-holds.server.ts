import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { servicesOf } from '#app/db/people/account-closings.server.ts'
import { accountsToApply, familyOf, lockAccount, showSuspended, standingHoldsOf } from '#app/db/people/account-holds.server.ts'
import { termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import { resumeServers, suspendServers } from '#app/db/subscriptions/service-suspensions.server.ts'
import { runningSubscriptions } from '#app/db/subscriptions/terminated-subscriptions.server.ts'
import { servicesStopFrom, unionOf } from '#app/domain/hold/hold-effect.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { endThing } from '../clouds/end-thing.server.ts'
import { requestChange } from '../subscriptions/request-change.server.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/**
 * Makes the services of an account and of its departments stand still or run, as its standing holds say today, and lets a job carry it
 * out in the cloud. A reseller's customers go on until the grace of its terms is over, and none of theirs is ever ended. Safe to repeat.
 */
export async function applyHolds(ctx: TenantContext, accountId: string): Promise<void> {
  if (!(await lockAccount(ctx, accountId))) return
  const { timeZone } = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const today = localDateOf(ctx.now, timeZone)
  const family = await familyOf(ctx, accountId)
  const holds = await standingHoldsOf(
    ctx,
    family.map(({ id }) => id),
  )
  const [still, running]: [string[], string[]] = [[], []]
  for (const { id, childTenantId } of family) {
    const graceDays = childTenantId === null ? null : await graceDaysOf(ctx, id, today)
    const stopFrom = servicesStopFrom(holds.get(id) ?? [], graceDays)
    if (stopFrom !== null && stopFrom <= today) still.push(id)
    else running.push(id)
    const isTerminated = unionOf((holds.get(id) ?? []).map(({ effect }) => effect)) === 'terminate'
    if (isTerminated && childTenantId === null) await endServices(ctx, id)
  }
  await showSuspended(ctx, still, true)
  await showSuspended(ctx, running, false)
  const changed = [...(await suspendServers(ctx, still)), ...(await resumeServers(ctx, running))]
  const { tenantId } = ctx
  await enqueue(ctx, ...changed.map((resourceId) => ({ name: 'server/suspension.changed' as const, data: { tenantId, resourceId } })))
}

const pageSize = 100

/** Looks again at every account of the tenant that services stand still for: grace ends, servers come, an event may be lost. Safe to repeat. */
export async function applyStandingHolds(process: TenantProcess<unknown>): Promise<void> {
  for (let afterId: string | null = null; ; ) {
    const after: string | null = afterId
    const ids: string[] = await process.inTenant((ctx) => accountsToApply(ctx, after, pageSize))
    for (const accountId of ids) await process.inTenant((ctx) => applyHolds(ctx, accountId))
    if (ids.length < pageSize) return
    afterId = ids.at(-1) ?? null
  }
}

/** For how many days the customers of a reseller go on after it was suspended; 0 when its terms name none. */
async function graceDaysOf(ctx: TenantContext, accountId: string, today: LocalDate): Promise<number> {
  const contract = await ctx.db.contract.findUnique({
    where: { tenantId_accountId: { tenantId: ctx.tenantId, accountId } },
    select: { id: true },
  })
  const terms = contract && (await termsOn(ctx, contract.id, today))
  return terms?.settings.creditTerms.graceDays ?? 0
}

/** Cancels what the account still has, at once, and frees what it holds in clouds. What is being changed meanwhile ends by the next look. */
async function endServices(ctx: TenantContext, accountId: string): Promise<void> {
  const { resources } = await servicesOf(ctx, [accountId])
  const things = resources.filter(({ kind, isManaged, pendingAction }) => kind !== 'server' && isManaged && !pendingAction)
  for (const thing of things) await endThing(ctx, thing, 'terminated')
  for (const subscriptionId of await runningSubscriptions(ctx, accountId)) {
    await requestChange(ctx, { subscriptionId, change: { kind: 'cancel' }, when: 'now', chosenBy: 'seller' })
  }
}
