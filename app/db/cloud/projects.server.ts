import type { Tag } from '#app/domain/project/tags.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type ProjectRow = { readonly id: string; readonly accountId: string; readonly name: string; readonly state: 'active' | 'archived' }

/** A project, held until the transaction ends; null when the scope holds no such one. */
export async function lockProject(ctx: TenantContext, id: string): Promise<ProjectRow | null> {
  const [row] = await ctx.db.$queryRaw<ProjectRow[]>`
    select id, account_id as "accountId", name, state from projects
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return row ?? null
}

/** How many projects of an account are in use. */
export function countProjects(ctx: TenantContext, accountId: string): Promise<number> {
  return ctx.db.project.count({ where: { tenantId: ctx.tenantId, accountId, state: 'active' } })
}

/** Saves a project; null when the account has one of that name, written large or small. Returns its id. */
export async function insertProject(ctx: TenantContext, { accountId, name }: { accountId: string; name: string }): Promise<string | null> {
  const id = newId()
  const saved = await ctx.db.$executeRaw`
    insert into projects (tenant_id, id, account_id, name, state, created_by, created_at, changed_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${accountId}::uuid, ${name}, 'active', ${actorName(ctx.actor)}, ${ctx.now}, ${ctx.now})
    on conflict (tenant_id, account_id, lower(name)) where state = 'active' do nothing`
  return saved === 1 ? id : null
}

/** Gives a project another name; false when another one of the account has it. */
export async function renameProjectRow(ctx: TenantContext, { id, accountId }: ProjectRow, name: string): Promise<boolean> {
  const changed = await ctx.db.$executeRaw`
    update projects p set name = ${name}, changed_at = ${ctx.now}
    where p.tenant_id = ${ctx.tenantId}::uuid and p.id = ${id}::uuid and not exists (
      select from projects o where o.tenant_id = p.tenant_id and o.account_id = ${accountId}::uuid and o.state = 'active' and o.id <> p.id
        and lower(o.name) = lower(${name}))`
  return changed === 1
}

/** Puts a project away; what was in it is in none from now on. Returns how many resources that were. */
export async function archiveProjectRow(ctx: TenantContext, id: string): Promise<number> {
  await ctx.db.project.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { state: 'archived', changedAt: ctx.now } })
  return ctx.db.$executeRaw`
    update project_resources set ends_at = greatest(starts_at, ${ctx.now})
    where tenant_id = ${ctx.tenantId}::uuid and project_id = ${id}::uuid and ends_at is null`
}

/** The account of a resource; the resource is held until the transaction ends, so that its places follow each other. Null when the scope holds none. */
export async function lockResource(ctx: TenantContext, id: string): Promise<{ accountId: string } | null> {
  const [row] = await ctx.db.$queryRaw<{ accountId: string }[]>`
    select account_id as "accountId" from resources where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return row ?? null
}

/** The project a resource is in; null for none. */
export async function standingProject(ctx: TenantContext, resourceId: string): Promise<string | null> {
  const row = await ctx.db.projectResource.findFirst({
    where: { tenantId: ctx.tenantId, resourceId, endsAt: null },
    select: { projectId: true },
  })
  return row?.projectId ?? null
}

export type NewPlace = { readonly resourceId: string; readonly accountId: string; readonly projectId: string }

/** Before anything was charged: what a resource is put in at its order holds all it ever costs. */
const everBefore = new Date(0)

/** Ends the place of a resource, which is held; the one after begins at the returned instant, never before the one that ended. */
export async function endPlace(ctx: TenantContext, resourceId: string): Promise<Date> {
  const [ended] = await ctx.db.$queryRaw<{ endsAt: Date }[]>`
    update project_resources set ends_at = greatest(starts_at, ${ctx.now})
    where tenant_id = ${ctx.tenantId}::uuid and resource_id = ${resourceId}::uuid and ends_at is null returning ends_at as "endsAt"`
  return ended?.endsAt ?? ctx.now
}

/** Puts a resource in a project from `startsAt` on; without it from before its first charge. */
export async function insertPlace(ctx: TenantContext, place: NewPlace, startsAt: Date = everBefore): Promise<void> {
  const placed = { placedBy: actorName(ctx.actor), placedAt: ctx.now }
  await ctx.db.projectResource.createMany({ data: [{ tenantId: ctx.tenantId, id: newId(), ...place, startsAt, ...placed }] })
}

/** The labels of a resource, by key. */
export function standingTags(ctx: TenantContext, resourceId: string): Promise<Tag[]> {
  return ctx.db.resourceTag.findMany({
    where: { tenantId: ctx.tenantId, resourceId, endsAt: null },
    select: { key: true, value: true },
    orderBy: { key: 'asc' },
    take: 100,
  })
}

type TagChange = { readonly resourceId: string; readonly accountId: string; readonly ended: readonly Tag[]; readonly begun: readonly Tag[] }

/** Ends labels of a resource, which is held, and begins others. */
export async function changeTags(ctx: TenantContext, { resourceId, accountId, ended, begun }: TagChange): Promise<void> {
  const keys = ended.map(({ key }) => key)
  await ctx.db.$executeRaw`
    update resource_tags set ends_at = greatest(starts_at, ${ctx.now})
    where tenant_id = ${ctx.tenantId}::uuid and resource_id = ${resourceId}::uuid and ends_at is null and key = any (${keys}::text[])`
  await ctx.db.$executeRaw`
    insert into resource_tags (tenant_id, account_id, resource_id, starts_at, set_by, set_at, id, key, value)
    select ${ctx.tenantId}::uuid, ${accountId}::uuid, ${resourceId}::uuid, greatest(${ctx.now}, coalesce((
        select max(before.ends_at) from resource_tags before
        where before.tenant_id = ${ctx.tenantId}::uuid and before.resource_id = ${resourceId}::uuid and before.key = t.key), ${ctx.now})),
      ${actorName(ctx.actor)}, ${ctx.now}, t.*
    from unnest(${sqlArray(begun, () => newId())}::uuid[], ${sqlArray(begun, ({ key }) => key)}::text[],
      ${sqlArray(begun, ({ value }) => value)}::text[]) as t (id, key, value)`
}

/** The projects in use of these accounts, by name. */
export function projectsOfAccounts(
  ctx: TenantContext,
  accountIds: readonly string[],
): Promise<{ id: string; name: string; accountId: string }[]> {
  return ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, accountId: { in: [...accountIds] }, state: 'active' },
    select: { id: true, name: true, accountId: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
}
