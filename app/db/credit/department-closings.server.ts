import type { TenantContext } from '../context.server.ts'
import { servicesOf } from '../people/account-closings.server.ts'

/** What has to end before a department can: things that run, orders on their way, charges no invoice has yet, own invoices to pay. */
export type Obstacle = 'services' | 'orders' | 'charges' | 'invoices'

/** What stands in the way of the end of a department, in the order in which it is cleared. */
export async function obstaclesOf(ctx: TenantContext, accountId: string): Promise<Obstacle[]> {
  const { resources, subscriptions } = await servicesOf(ctx, [accountId])
  const [row] = await ctx.db.$queryRaw<Record<Exclude<Obstacle, 'services'>, boolean>[]>`
    select exists (select from orders o
        where o.tenant_id = ${ctx.tenantId}::uuid and o.account_id = ${accountId}::uuid and o.state in ('placed', 'provisioning')) as orders,
      exists (select from charges c where c.tenant_id = ${ctx.tenantId}::uuid and c.account_id = ${accountId}::uuid
        and c.invoice_id is null and c.amount <> 0) as charges,
      exists (select from invoices i join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id
        where i.tenant_id = ${ctx.tenantId}::uuid and i.account_id = ${accountId}::uuid and s.status in ('open', 'partly-paid', 'overdue')) as invoices`
  const stands = { services: resources.length + subscriptions.length > 0, orders: false, charges: false, invoices: false, ...row }
  return (['orders', 'services', 'charges', 'invoices'] as const).filter((obstacle) => stands[obstacle])
}

/** The projects of an account that are in use. */
export async function openProjectsOf(ctx: TenantContext, accountId: string): Promise<string[]> {
  const rows = await ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: 'active' },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 200,
  })
  return rows.map(({ id }) => id)
}

/** Ends keys of a department and takes back its invitations. Its people stay known: their memberships give nothing any more. */
export async function endDepartmentAccess(ctx: TenantContext, accountId: string): Promise<void> {
  const { tenantId, now } = ctx
  await ctx.db.apiKey.updateMany({ where: { tenantId, accountId, revokedAt: null }, data: { revokedAt: now } })
  await ctx.db.memberInvitation.updateMany({
    where: { tenantId, accountId, acceptedAt: null, withdrawnAt: null },
    data: { withdrawnAt: now },
  })
}
