import type { TenantContext } from '../context.server.ts'

/**
 * Notes which servers stand still because the budget of their project or label is used up and says so, and lets the others go. Returns those
 * for which something changed, and those whose end was not carried out before.
 */
export async function settleBudgetStops(ctx: TenantContext): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ resourceId: string }[]>`
    with stopping as (
      select b.account_id, b.project_id, b.tag_key, b.tag_value
      from budgets b join budget_standings s on s.tenant_id = b.tenant_id and s.budget_id = b.id
      where b.tenant_id = ${ctx.tenantId}::uuid and b.state = 'active' and b.hard_stop = 'suspend-services'
        and (b.project_id is not null or b.tag_key is not null) and s.spent_minor >= b.amount_minor
    ), still as (
      select p.resource_id from stopping b
      join project_resources p on p.tenant_id = ${ctx.tenantId}::uuid and p.project_id = b.project_id and p.ends_at is null
      union
      select t.resource_id from stopping b
      join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and (a.id = b.account_id or a.parent_account_id = b.account_id)
      join resource_tags t on t.tenant_id = a.tenant_id and t.account_id = a.id and t.key = b.tag_key and t.value = b.tag_value and t.ends_at is null
    ), noted as (
      insert into service_suspensions (tenant_id, id, account_id, resource_id, cause, was_running, suspended_at)
      select r.tenant_id, gen_random_uuid(), r.account_id, r.id, 'budget',
        r.state in ('running', 'building') and coalesce(r.pending_action, '') <> 'stop' or coalesce(r.pending_action, '') = 'start', ${ctx.now}
      from resources r join still on still.resource_id = r.id
      where r.tenant_id = ${ctx.tenantId}::uuid and r.kind = 'server' and r.is_managed and r.state in ('building', 'running', 'stopped')
        and coalesce(r.pending_action, '') <> 'destroy'
      order by r.id
      on conflict (tenant_id, resource_id, cause) where resumed_at is null do nothing
      returning resource_id
    ), freed as (
      update service_suspensions set resumed_at = ${ctx.now}
      where tenant_id = ${ctx.tenantId}::uuid and cause = 'budget' and resumed_at is null
        and not exists (select from still where still.resource_id = service_suspensions.resource_id)
      returning resource_id
    )
    select resource_id::text as "resourceId" from noted
    union select resource_id::text from freed
    union
    select s.resource_id::text from service_suspensions s
    left join resources r on r.tenant_id = s.tenant_id and r.id = s.resource_id and r.state = 'running'
    where s.tenant_id = ${ctx.tenantId}::uuid and s.cause = 'budget'
      and (s.resumed_at is null and r.id is not null or s.resumed_at is not null and s.settled_at is null)
    order by 1 limit 10000`
  return rows.map(({ resourceId }) => resourceId)
}

/** Whether a budget of the project that stops something is used up: nothing new may be put in it. */
export async function isProjectStopped(ctx: TenantContext, projectId: string): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<unknown[]>`
    select 1 from budgets b join budget_standings s on s.tenant_id = b.tenant_id and s.budget_id = b.id
    where b.tenant_id = ${ctx.tenantId}::uuid and b.project_id = ${projectId}::uuid and b.state = 'active' and b.hard_stop <> 'none'
      and s.spent_minor >= b.amount_minor limit 1`
  return rows.length > 0
}
