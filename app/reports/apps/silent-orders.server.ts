import type { TenantContext } from '#app/db/context.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'

/** An order whose server was built and is not handed over, since apps of it do not answer. */
export type SilentOrder = {
  readonly id: string
  readonly publicId: string
  readonly accountId: string
  readonly accountName: string
  readonly serverName: string
  readonly since: Date
}

type Row = Omit<SilentOrder, 'publicId'>

/** Those orders, the longest silent first; at most 100. */
export async function listSilentOrders(ctx: TenantContext): Promise<SilentOrder[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select o.id, o.account_id as "accountId", a.name as "accountName", coalesce(o.input ->> 'name', '') as "serverName", s.at as since
    from order_steps s
    join orders o on o.tenant_id = s.tenant_id and o.id = s.order_id and o.state = 'provisioning'
    join accounts a on a.tenant_id = o.tenant_id and a.id = o.account_id
    where s.tenant_id = ${ctx.tenantId}::uuid and s.step = 'answering' and s.state = 'failed'
    order by s.at, o.id limit 100`
  return rows.map((row) => ({ ...row, publicId: toPublicId('order', row.id) }))
}
