import type { TenantContext } from '../context.server.ts'

/**
 * Notes every server of the accounts that is to stand still and does not yet, with whether it ran. Returns those that have to be stopped,
 * the ones that were started past an earlier stop included.
 */
export async function suspendServers(ctx: TenantContext, accountIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ resourceId: string }[]>`
    with noted as (
      insert into service_suspensions (tenant_id, id, account_id, resource_id, cause, was_running, suspended_at)
      select r.tenant_id, gen_random_uuid(), r.account_id, r.id, 'hold',
        r.state in ('running', 'building') and coalesce(r.pending_action, '') <> 'stop' or coalesce(r.pending_action, '') = 'start', ${ctx.now}
      from resources r
      where r.tenant_id = ${ctx.tenantId}::uuid and r.account_id = any (${[...accountIds]}::uuid[]) and r.kind = 'server' and r.is_managed
        and r.state in ('building', 'running', 'stopped') and coalesce(r.pending_action, '') <> 'destroy'
      order by r.id
      on conflict (tenant_id, resource_id, cause) where resumed_at is null do nothing
      returning resource_id)
    select resource_id::text as "resourceId" from noted
    union
    select s.resource_id::text from service_suspensions s
    join resources r on r.tenant_id = s.tenant_id and r.id = s.resource_id and r.state = 'running'
    where s.tenant_id = ${ctx.tenantId}::uuid and s.account_id = any (${[...accountIds]}::uuid[]) and s.cause = 'hold' and s.resumed_at is null
    order by 1`
  return rows.map(({ resourceId }) => resourceId)
}

/** Ends what holds the accounts' servers still; returns them, and those whose end was not carried out before. */
export async function resumeServers(ctx: TenantContext, accountIds: readonly string[]): Promise<string[]> {
  await ctx.db.$executeRaw`
    update service_suspensions set resumed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and account_id = any (${[...accountIds]}::uuid[]) and cause = 'hold' and resumed_at is null`
  const rows = await ctx.db.$queryRaw<{ resourceId: string }[]>`
    select distinct resource_id::text as "resourceId" from service_suspensions
    where tenant_id = ${ctx.tenantId}::uuid and account_id = any (${[...accountIds]}::uuid[]) and cause = 'hold'
      and resumed_at is not null and settled_at is null
    order by 1`
  return rows.map(({ resourceId }) => resourceId)
}

/** What stands or ended against one server at one level. */
export type SuspensionState = {
  readonly isSuspended: boolean
  /** Of what stands, and of what ended without being carried out. */
  readonly wasRunning: boolean
}

/** What is noted of a server here; `upstreamSuspended` first notes what the level above does, null when there is none above. */
export async function suspensionAt(
  ctx: TenantContext,
  { resourceId, accountId, upstreamSuspended }: { resourceId: string; accountId: string; upstreamSuspended: boolean | null },
): Promise<SuspensionState> {
  if (upstreamSuspended === true) {
    await ctx.db.$executeRaw`
      insert into service_suspensions (tenant_id, id, account_id, resource_id, cause, was_running, suspended_at)
      values (${ctx.tenantId}::uuid, gen_random_uuid(), ${accountId}::uuid, ${resourceId}::uuid, 'upstream', false, ${ctx.now})
      on conflict (tenant_id, resource_id, cause) where resumed_at is null do nothing`
  } else if (upstreamSuspended === false) {
    await ctx.db.serviceSuspension.updateMany({
      where: { tenantId: ctx.tenantId, resourceId, cause: 'upstream', resumedAt: null },
      data: { resumedAt: ctx.now },
    })
  }
  const rows = await ctx.db.serviceSuspension.findMany({
    where: { tenantId: ctx.tenantId, resourceId, settledAt: null },
    select: { wasRunning: true, resumedAt: true },
  })
  return { isSuspended: rows.some(({ resumedAt }) => resumedAt === null), wasRunning: rows.some(({ wasRunning }) => wasRunning) }
}

/** Whichever level lets go last starts the server: each remembers that it ran before the first of them stopped it. */
export async function rememberRunning(ctx: TenantContext, resourceId: string): Promise<void> {
  await ctx.db.serviceSuspension.updateMany({
    where: { tenantId: ctx.tenantId, resourceId, resumedAt: null },
    data: { wasRunning: true },
  })
}

/** Notes that the cloud did what followed from the end of a standstill. */
export async function markSettled(ctx: TenantContext, resourceId: string): Promise<void> {
  await ctx.db.serviceSuspension.updateMany({
    where: { tenantId: ctx.tenantId, resourceId, resumedAt: { not: null }, settledAt: null },
    data: { settledAt: ctx.now },
  })
}

/** Whether a server stands still because of a hold, here or above. */
export async function isServerSuspended(ctx: TenantContext, resourceId: string): Promise<boolean> {
  const open = await ctx.db.serviceSuspension.findFirst({
    where: { tenantId: ctx.tenantId, resourceId, resumedAt: null },
    select: { id: true },
  })
  return open !== null
}
