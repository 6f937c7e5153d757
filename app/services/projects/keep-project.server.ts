import { audit } from '#app/db/audit.server.ts'
import { archiveProjectRow, countProjects, insertProject, lockProject, renameProjectRow } from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** The most projects an account has in use. */
const mostProjects = 200

export type KeepProjectError = 'project-not-found' | 'name-taken' | 'too-many-projects'

/** Makes a project of an account. Returns its id. Runs in a buyer's scope. */
export async function addProject(
  ctx: TenantContext,
  project: { readonly accountId: string; readonly name: string },
): Promise<Result<string, KeepProjectError>> {
  if ((await countProjects(ctx, project.accountId)) >= mostProjects) return err('too-many-projects')
  const id = await insertProject(ctx, project)
  if (!id) return err('name-taken')
  await audit(ctx, { action: 'project.added', subjectKind: 'project', subjectId: id, detail: project })
  return ok(id)
}

/** Gives a project another name; what was charged for it goes with it. */
export async function renameProject(
  ctx: TenantContext,
  { projectId, name }: { readonly projectId: string; readonly name: string },
): Promise<Result<null, KeepProjectError>> {
  const project = await lockProject(ctx, projectId)
  if (project?.state !== 'active') return err('project-not-found')
  if (!(await renameProjectRow(ctx, project, name))) return err('name-taken')
  await audit(ctx, { action: 'project.renamed', subjectKind: 'project', subjectId: projectId, detail: { from: project.name, to: name } })
  return ok(null)
}

/** Puts a project away: nothing is in it from now on, what it cost stays to be read. Safe to repeat. */
export async function archiveProject(ctx: TenantContext, projectId: string): Promise<Result<null, 'project-not-found'>> {
  const project = await lockProject(ctx, projectId)
  if (!project) return err('project-not-found')
  if (project.state === 'archived') return ok(null)
  const released = await archiveProjectRow(ctx, projectId)
  await enqueue(ctx, { name: 'budget/changed', data: { tenantId: ctx.tenantId, accountId: project.accountId } })
  await audit(ctx, { action: 'project.archived', subjectKind: 'project', subjectId: projectId, detail: { released } })
  return ok(null)
}
