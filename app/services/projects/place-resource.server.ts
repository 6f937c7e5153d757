import { audit } from '#app/db/audit.server.ts'
import { isProjectStopped } from '#app/db/charges/budget-stops.server.ts'
import {
  changeTags,
  endPlace,
  insertPlace,
  lockProject,
  lockResource,
  standingProject,
  standingTags,
} from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type Tag, tagChanges, tagText } from '#app/domain/project/tags.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type PlaceResourceError = 'resource-not-found' | 'project-not-found' | 'project-stopped'

/**
 * Puts a resource in a project of its account from now on, or in none. What was charged for it before stays with the project it was in.
 * The resource is held before the project is. Safe to repeat. Runs in a buyer's scope.
 */
export async function placeResource(
  ctx: TenantContext,
  { resourceId, projectId }: { readonly resourceId: string; readonly projectId: string | null },
): Promise<Result<null, PlaceResourceError>> {
  const resource = await lockResource(ctx, resourceId)
  if (!resource) return err('resource-not-found')
  const { accountId } = resource
  const project = projectId ? await lockProject(ctx, projectId) : null
  if (projectId && (project?.accountId !== accountId || project.state !== 'active')) return err('project-not-found')
  const from = await standingProject(ctx, resourceId)
  if (from === projectId) return ok(null)
  if (projectId && (await isProjectStopped(ctx, projectId))) return err('project-stopped')

  const startsAt = await endPlace(ctx, resourceId)
  if (projectId) await insertPlace(ctx, { resourceId, accountId, projectId }, startsAt)
  await enqueue(ctx, { name: 'budget/changed', data: { tenantId: ctx.tenantId, accountId } })
  await audit(ctx, { action: 'resource.placed', subjectKind: 'resource', subjectId: resourceId, detail: { from, to: projectId } })
  return ok(null)
}

/** Gives a resource these labels from now on in place of those it has. Safe to repeat. Runs in a buyer's scope. */
export async function tagResource(
  ctx: TenantContext,
  { resourceId, tags }: { readonly resourceId: string; readonly tags: readonly Tag[] },
): Promise<Result<null, 'resource-not-found'>> {
  const resource = await lockResource(ctx, resourceId)
  if (!resource) return err('resource-not-found')
  const { ended, begun } = tagChanges(await standingTags(ctx, resourceId), tags)
  if (ended.length + begun.length === 0) return ok(null)

  await changeTags(ctx, { resourceId, accountId: resource.accountId, ended, begun })
  await enqueue(ctx, { name: 'budget/changed', data: { tenantId: ctx.tenantId, accountId: resource.accountId } })
  const detail = { ended: ended.map(tagText), begun: begun.map(tagText) }
  await audit(ctx, { action: 'resource.tagged', subjectKind: 'resource', subjectId: resourceId, detail })
  return ok(null)
}
