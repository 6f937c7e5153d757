import type { TenantContext } from '#app/db/context.server.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import type { ServerState } from '../servers/shape.ts'

export type ApiServer = {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly state: ServerState
  readonly pendingAction: string | null
  readonly address: string | null
  readonly zone: string
  readonly planCode: string | null
  readonly planName: Readonly<Record<string, string>> | null
  readonly projectId: string | null
  readonly projectName: string | null
  readonly createdAt: Date
}

type Ask = { readonly id?: string; readonly state?: ServerState | undefined; readonly cursor?: string | undefined; readonly limit: number }

/** Servers of the scope, newest first, `limit` at a time; a cursor is the id of the last one, and one that is not ours begins at the newest. */
export async function listApiServers(ctx: TenantContext, ask: Ask): Promise<{ rows: ApiServer[]; nextCursor: string | null }> {
  const before = Uuid.safeParse(ask.cursor).success ? ask.cursor : null
  const rows = await ctx.db.$queryRaw<ApiServer[]>`
    select r.id, r.account_id as "accountId", r.name, r.state, r.pending_action as "pendingAction", r.address, r.zone, p.code as "planCode",
      p.name as "planName", project.id as "projectId", project.name as "projectName", r.created_at as "createdAt"
    from resources r
    left join subscriptions s on s.tenant_id = r.tenant_id and s.id = r.subscription_id
    left join products p on p.tenant_id = s.tenant_id and p.id = s.product_id
    left join project_resources place on place.tenant_id = r.tenant_id and place.resource_id = r.id and place.ends_at is null
    left join projects project on project.tenant_id = place.tenant_id and project.id = place.project_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.kind = 'server'
      and (${ask.id ?? null}::uuid is null or r.id = ${ask.id ?? null}::uuid)
      and (${ask.id ?? null}::uuid is not null or case when ${ask.state ?? null}::text is null then r.state <> 'deleted' else r.state = ${ask.state ?? null} end)
      and (${before}::uuid is null or r.id < ${before}::uuid)
    order by r.id desc limit ${ask.limit + 1}`
  const page = rows.slice(0, ask.limit)
  return { rows: page, nextCursor: rows.length > ask.limit ? (page.at(-1)?.id ?? null) : null }
}

/** One server; null when the scope holds no such one. */
export async function readApiServer(ctx: TenantContext, id: string): Promise<ApiServer | null> {
  return (await listApiServers(ctx, { id, limit: 1 })).rows[0] ?? null
}
