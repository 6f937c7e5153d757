import type { TenantContext } from '#app/db/context.server.ts'
import { type Page, type PageQuery, pageBounds, toPage } from '../page.ts'
import type { QuarantineReason, QuarantineRow } from './shape.ts'

export type QuarantineFilter = PageQuery & { readonly reason?: string | undefined; readonly state?: QuarantineRow['state'] | undefined }

/** Usage that was set aside, newest first, open cases unless `state` says otherwise. */
export async function listQuarantine(ctx: TenantContext, filter: QuarantineFilter): Promise<Page<QuarantineRow>> {
  const { before, limit, take } = pageBounds(filter)
  const rows = await ctx.db.$queryRaw<QuarantineRow[]>`
    select q.id, q.reason, q.detail, q.state, q.window_start as "windowStart", q.created_at as "createdAt", q.payload
    from usage_quarantine q
    where q.tenant_id = ${ctx.tenantId}::uuid and q.id < ${before}::uuid and q.state = ${filter.state ?? 'open'}
      and (${filter.reason ?? null}::text is null or q.reason = ${filter.reason ?? null})
    order by q.id desc
    limit ${take}`
  return toPage(rows, limit)
}

/** How many open cases each reason has, the most frequent first. */
export async function countQuarantine(ctx: TenantContext): Promise<QuarantineReason[]> {
  return ctx.db.$queryRaw<QuarantineReason[]>`
    select q.reason, count(*)::int as records
    from usage_quarantine q
    where q.tenant_id = ${ctx.tenantId}::uuid and q.state = 'open'
    group by q.reason
    order by records desc, q.reason`
}
