import { audit } from '#app/db/audit.server.ts'
import { noteResourceEvent } from '#app/db/cloud/resources.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { isServerSuspended } from '#app/db/subscriptions/service-suspensions.server.ts'
import { isPossible, type ServerAction } from '#app/domain/cloud/server-actions.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type RequestServerActionInput = {
  readonly resourceId: string
  readonly action: ServerAction
  /** The name, typed again: only for `destroy`. */
  readonly confirmedName?: string | undefined
  readonly userName: string | null
}

export type RequestServerActionError =
  | 'server-not-found'
  | 'action-not-possible'
  | 'action-pending'
  | 'name-not-confirmed'
  | 'server-suspended'

/** Asks for an action on a server in scope; a job carries it out in the cloud. One action at a time. */
export async function requestServerAction(
  ctx: TenantContext,
  input: RequestServerActionInput,
): Promise<Result<void, RequestServerActionError>> {
  const { tenantId } = ctx
  const server = await ctx.db.resource.findUnique({
    where: { tenantId_id: { tenantId, id: input.resourceId } },
    select: { kind: true, name: true, state: true, pendingAction: true, isManaged: true },
  })
  if (server?.kind !== 'server' || server.state === 'deleted') return err('server-not-found')
  if (server.pendingAction) return err('action-pending')
  if (!server.isManaged || !isPossible(input.action, server.state)) return err('action-not-possible')
  if (input.action === 'destroy' && input.confirmedName?.trim() !== server.name) return err('name-not-confirmed')

  if (input.action === 'start' && (await isServerSuspended(ctx, input.resourceId))) return err('server-suspended')

  const taken = await ctx.db.resource.updateMany({
    where: { tenantId, id: input.resourceId, pendingAction: null, state: server.state },
    data: { pendingAction: input.action },
  })
  if (taken.count === 0) return err('action-pending')
  const userId = ctx.actor.kind === 'user' ? ctx.actor.userId : null
  await noteResourceEvent(ctx, { resourceId: input.resourceId, action: `requested-${input.action}`, userId, userName: input.userName })
  await enqueue(ctx, { name: 'server/action.requested', data: { tenantId, resourceId: input.resourceId, action: input.action } })
  await audit(ctx, {
    action: `server.${input.action}`,
    subjectKind: 'resource',
    subjectId: input.resourceId,
    detail: { name: server.name },
  })
  return ok(undefined)
}
