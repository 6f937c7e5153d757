-- A member who is limited to projects sees what was asked of the resources in them, and how those are backed up.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
  resources constant text := '(select nullif(current_setting(''app.resource_ids'', true), ''''))::uuid[]';
  name text;
begin
  foreach name in array array['cloud_deeds', 'backup_schedules'] loop
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s or resource_id = any (%s)))',
      name, own_tenant, open_scope, unlimited, resources);
  end loop;
end $$;
