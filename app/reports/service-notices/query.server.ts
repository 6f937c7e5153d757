import type { TenantContext } from '#app/db/context.server.ts'
import type { ServiceNotice, ServiceNoticeState } from '#app/domain/service-notice/service-notice.ts'

export type ShownServiceNotice = ServiceNotice & { readonly cloudName: string | null; readonly changedAt: Date }

/** Notices of service, what goes on before what is over; one of them with `id`. */
export async function listServiceNotices(ctx: TenantContext, id: string | null = null): Promise<ShownServiceNotice[]> {
  return ctx.db.$queryRaw<ShownServiceNotice[]>`
    select n.id, n.kind, n.zone, n.cloud_ref as "cloudRef", n.title, n.state, n.starts_at as "startsAt", n.ends_at as "endsAt",
      n.changed_at as "changedAt", c.name as "cloudName"
    from service_notices n left join cloud_connections c on c.tenant_id = n.tenant_id and c.id = n.cloud_ref
    where n.tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or n.id = ${id}::uuid)
    order by n.state = 'resolved', n.starts_at desc, n.id desc limit 200`
}

export type ShownServiceUpdate = {
  readonly id: string
  readonly state: ServiceNoticeState
  readonly text: string
  readonly by: string
  readonly at: Date
}

/** How a notice went on, the newest first. */
export async function listServiceUpdates(ctx: TenantContext, noticeId: string): Promise<ShownServiceUpdate[]> {
  return ctx.db.$queryRaw<ShownServiceUpdate[]>`
    select id, state, text, by, at from service_notice_updates
    where tenant_id = ${ctx.tenantId}::uuid and notice_id = ${noticeId}::uuid order by at desc, id desc limit 100`
}

/** A place customers have something in, as a form names it. */
export type ChoosablePlace = {
  readonly value: string
  readonly zone: string
  readonly cloudRef: string
  readonly cloudName: string | null
  readonly accounts: number
}

/** Where customers have something, by region. */
export async function listServicePlaces(ctx: TenantContext): Promise<ChoosablePlace[]> {
  return ctx.db.$queryRaw<ChoosablePlace[]>`
    select r.cloud_ref || '/' || r.zone as value, r.zone, r.cloud_ref as "cloudRef", c.name as "cloudName",
      count(distinct r.account_id)::int as accounts
    from resources r left join cloud_connections c on c.tenant_id = r.tenant_id and c.id = r.cloud_ref
    where r.tenant_id = ${ctx.tenantId}::uuid and r.state <> 'deleted'
    group by r.cloud_ref, r.zone, c.name order by r.zone, c.name nulls last, r.cloud_ref limit 200`
}
