-- A member who is limited to projects sees what is in them now: the transaction names those, each policy compares columns of the row itself.
-- An empty setting limits nobody; '{}' is a limit that holds nothing.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
  projects constant text := '(select nullif(current_setting(''app.project_ids'', true), ''''))::uuid[]';
  resources constant text := '(select nullif(current_setting(''app.resource_ids'', true), ''''))::uuid[]';
  subscriptions constant text := '(select nullif(current_setting(''app.subscription_ids'', true), ''''))::uuid[]';
  shared record;
begin
  for shared in
    select * from (values
      ('projects', 'all', format('id = any (%s)', projects)),
      ('project_resources', 'all', format('project_id = any (%s)', projects)),
      ('budgets', 'all', format('project_id = any (%s)', projects)),
      ('resources', 'all', format('id = any (%s)', resources)),
      ('resource_events', 'all', format('resource_id = any (%s)', resources)),
      ('resource_tags', 'all', format('resource_id = any (%s)', resources)),
      ('subscriptions', 'all', format('id = any (%s)', subscriptions)),
      ('charges', 'select', format('resource_id = any (%s) or resource_id is null and subscription_id = any (%s)', resources, subscriptions)),
      ('usage_records', 'select', format('resource_id = any (%s) or resource_id is null and subscription_id = any (%s)', resources, subscriptions))
    ) as s (table_name, deed, own)
  loop
    execute format('create policy project_sharing on %I as restrictive for %s to livery_app using (%s and (%s or %s or %s))',
      shared.table_name, shared.deed, own_tenant, open_scope, unlimited, shared.own);
  end loop;
end $$;
