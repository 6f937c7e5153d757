-- A member who is limited to projects sees an application whose servers are all in them: what is done to it is done to all of it. The
-- transaction names those applications, as it names what is in the projects.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
  applications constant text := '(select nullif(current_setting(''app.application_ids'', true), ''''))::uuid[]';
  shared record;
begin
  for shared in select * from (values ('applications', 'id'), ('application_pieces', 'application_id')) as s (table_name, column_name)
  loop
    execute format('drop policy project_sharing on %I', shared.table_name);
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s or %I = any (%s)))',
      shared.table_name, own_tenant, open_scope, unlimited, shared.column_name, applications);
  end loop;
end $$;
