import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { lockSubscription, saveChange } from '#app/db/subscriptions/changed-subscriptions.server.ts'
import { type BelowChange, dueChangeIds, moveChange, readChange } from '#app/db/subscriptions/subscription-changes.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { ChangeProblem } from '#app/domain/subscription/change-items.ts'
import { requestServerAction } from '../servers/request-server-action.server.ts'
import { changedItemsOf } from './change-facts.server.ts'
import { changeUpstream } from './change-upstream.server.ts'
import { reRateChange } from './re-rate-change.server.ts'
import { releaseChange, reserveChange } from './reserve-change.server.ts'

const actor = systemActor('subscription changes')

/**
 * Makes a change whose instant has come, at every level of the chain and from the top down, exactly at that instant however late
 * the job is. Whatever a level above refuses is refused here, and nothing is changed below. Safe to repeat, and to run twice at once.
 */
export async function applyChange(first: BelowChange): Promise<'applied' | 'refused' | 'failed' | 'waiting'> {
  const known = await inTenant(first.tenantId, (ctx) => readDue(ctx, first.changeId))
  if (known !== 'due') return known
  const upstream = await changeUpstream(first)
  if (!upstream.ok) return giveUp(upstream.chain, { to: 'refused', failure: upstream.error })
  const reserved = await reserveChange(upstream.value)
  if (!reserved.ok) return giveUp(upstream.value, { to: 'refused', failure: reserved.error })
  const chain = [...upstream.value].reverse()
  for (const [place, level] of chain.entries()) {
    const applied = await inTenant(level.tenantId, (ctx) => applyAtLevel(ctx, level.changeId), { actor })
    if (applied.ok) continue
    await releaseChange(chain.slice(place))
    return giveUp(chain.slice(place), { to: 'failed', failure: applied.error })
  }
  return 'applied'
}

/** Makes every change of the tenant whose instant has come, at most `limit`. Returns how many were looked at. */
export async function applyDueChanges(tenantId: string, limit = 200): Promise<number> {
  const ids = await inTenant(tenantId, (ctx) => dueChangeIds(ctx, limit))
  for (const changeId of ids) await applyChange({ tenantId, changeId })
  return ids.length
}

async function readDue(ctx: TenantContext, changeId: string): Promise<'due' | 'applied' | 'refused' | 'failed' | 'waiting'> {
  const change = await readChange(ctx, changeId)
  if (!change || change.below || change.state === 'proposed' || change.state === 'cancelled') return 'refused'
  if (change.state !== 'scheduled') return change.state
  return change.effectiveAt.getTime() <= ctx.now.getTime() ? 'due' : 'waiting'
}

async function applyAtLevel(ctx: TenantContext, changeId: string): Promise<Result<void, ChangeProblem>> {
  const known = await readChange(ctx, changeId)
  const subscription = known && (await lockSubscription(ctx, known.subscriptionId))
  if (!known || !subscription) return err('not-running')
  if (!(await moveChange(ctx, changeId, { from: ['scheduled'], to: 'applied' }))) return ok(undefined)

  const { change, effectiveAt: at } = known
  const changed = await changedItemsOf(ctx, subscription, { change, at })
  if (!changed.ok) return changed
  await saveChange(ctx, { subscription, change, changed: changed.value, at })
  await audit(ctx, {
    action: `subscription.${change.kind}-applied`,
    subjectKind: 'subscription',
    subjectId: subscription.id,
    detail: { changeId, change, effectiveAt: at.toISOString(), from: subscription.productId, askedBy: known.createdBy },
  })
  if (!known.below) await moveServers(ctx, subscription.id, change.kind)
  if (change.kind === 'plan' || change.kind === 'prices') await reRateChange(ctx, { ...subscription, at })
  return ok(undefined)
}

const actionOf = { pause: 'stop', resume: 'start', cancel: 'destroy', end: 'destroy', plan: 'resize' } as const

/** A paused server stands still, a resumed one runs again, one that is not paid for any more goes, and another plan is another size. */
async function moveServers(ctx: TenantContext, subscriptionId: string, kind: string): Promise<void> {
  if (!(kind in actionOf)) return
  const action = actionOf[kind as keyof typeof actionOf]
  const servers = await ctx.db.resource.findMany({
    where: { tenantId: ctx.tenantId, subscriptionId, isManaged: true, state: { not: 'deleted' } },
    select: { id: true, name: true },
    orderBy: { id: 'asc' },
    take: 100,
  })
  for (const server of servers) {
    // An action on its way must not keep a server that nobody pays for, or one of the wrong size: those of one server are carried out in turn.
    if (action === 'destroy' || action === 'resize') {
      await ctx.db.resource.updateMany({ where: { tenantId: ctx.tenantId, id: server.id }, data: { pendingAction: null } })
    }
    await requestServerAction(ctx, { resourceId: server.id, action, confirmedName: server.name, userName: null })
  }
}

async function giveUp<S extends 'refused' | 'failed'>(
  chain: readonly BelowChange[],
  { to, failure }: { to: S; failure: string },
): Promise<S> {
  for (const { tenantId, changeId } of chain) {
    await inTenant(
      tenantId,
      async (ctx) => {
        if (!(await moveChange(ctx, changeId, { from: ['scheduled'], to, failure }))) return
        const row = await readChange(ctx, changeId)
        await audit(ctx, {
          action: `subscription.change-${to}`,
          subjectKind: 'subscription',
          subjectId: row?.subscriptionId ?? changeId,
          detail: { changeId, failure },
        })
      },
      { actor },
    )
  }
  return to
}
