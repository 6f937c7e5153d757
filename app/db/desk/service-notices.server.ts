import type { ServiceNotice, ServiceNoticeState } from '#app/domain/service-notice/service-notice.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Saves a notice. */
export async function insertServiceNotice(ctx: TenantContext, notice: ServiceNotice): Promise<void> {
  const made = { createdBy: actorName(ctx.actor), createdAt: ctx.now, changedAt: ctx.now }
  await ctx.db.serviceNotice.createMany({ data: [{ tenantId: ctx.tenantId, ...notice, ...made }] })
}

/** A notice, held until the transaction ends; null when the seller has none of that id. */
export async function lockServiceNotice(ctx: TenantContext, id: string): Promise<ServiceNotice | null> {
  const [row] = await ctx.db.$queryRaw<ServiceNotice[]>`
    select id, kind, zone, cloud_ref as "cloudRef", title, state, starts_at as "startsAt", ends_at as "endsAt"
    from service_notices where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return row ?? null
}

/** How a notice stands from now on. */
export async function moveServiceNotice(
  ctx: TenantContext,
  { id, state, endsAt }: { readonly id: string; readonly state: ServiceNoticeState; readonly endsAt: Date | null },
): Promise<void> {
  await ctx.db.serviceNotice.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { state, endsAt, changedAt: ctx.now } })
}

export type NewServiceUpdate = { readonly noticeId: string; readonly state: ServiceNoticeState; readonly text: string }

/** Adds how a notice goes on. Returns the update's id. */
export async function insertServiceUpdate(ctx: TenantContext, update: NewServiceUpdate): Promise<string> {
  const id = newId()
  await ctx.db.serviceNoticeUpdate.createMany({ data: [{ tenantId: ctx.tenantId, id, ...update, by: actorName(ctx.actor), at: ctx.now }] })
  return id
}

/** An update with what its notice says. */
export type ServiceUpdate = NewServiceUpdate & { readonly notice: ServiceNotice }

/** One update; null when the seller has none of that id. */
export async function readServiceUpdate(ctx: TenantContext, id: string): Promise<ServiceUpdate | null> {
  const [row] = await ctx.db.$queryRaw<(Omit<ServiceNotice, 'id' | 'state'> & NewServiceUpdate)[]>`
    select u.notice_id as "noticeId", u.state, u.text, n.kind, n.zone, n.cloud_ref as "cloudRef", n.title, n.starts_at as "startsAt",
      n.ends_at as "endsAt"
    from service_notice_updates u join service_notices n on n.tenant_id = u.tenant_id and n.id = u.notice_id
    where u.tenant_id = ${ctx.tenantId}::uuid and u.id = ${id}::uuid`
  if (!row) return null
  const { noticeId, state, text, ...facts } = row
  return { noticeId, state, text, notice: { ...facts, id: noticeId, state } }
}

/** Accounts with something where services are affected, in order of id after `afterId`. */
export async function affectedAccounts(
  ctx: TenantContext,
  { zone, cloudRef }: Pick<ServiceNotice, 'zone' | 'cloudRef'>,
  page: { readonly afterId: string | null; readonly limit: number },
): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select distinct r.account_id::text as id from resources r
    where r.tenant_id = ${ctx.tenantId}::uuid and r.state <> 'deleted'
      and (${zone}::text is null or r.zone = ${zone}) and (${cloudRef}::uuid is null or r.cloud_ref = ${cloudRef}::uuid)
      and (${page.afterId}::uuid is null or r.account_id > ${page.afterId}::uuid)
    order by 1 limit ${page.limit}`
  return rows.map(({ id }) => id)
}
