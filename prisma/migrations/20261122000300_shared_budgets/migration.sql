-- What a member who is limited to projects sees of budgets, besides the budgets: how they stand and what they told. What the whole account was
-- told, and what a department used on the document of another, is not theirs.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  open_scope constant text := '((select coalesce(current_setting(''app.scope'', true), '''')) <> ''panel'')';
  unlimited constant text := '((select coalesce(current_setting(''app.project_ids'', true), '''')) = '''')';
  budgets constant text := '(select nullif(current_setting(''app.budget_ids'', true), ''''))::uuid[]';
  name text;
begin
  foreach name in array array['budget_standings', 'budget_alerts'] loop
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s or budget_id = any (%s)))',
      name, own_tenant, open_scope, unlimited, budgets);
  end loop;
  foreach name in array array['notices', 'showbacks', 'showback_lines'] loop
    execute format('create policy project_sharing on %I as restrictive for all to livery_app using (%s and (%s or %s))',
      name, own_tenant, open_scope, unlimited);
  end loop;
end $$;
