-- Budgets of a project, or of what carries a label; and servers that stand still because such a budget is used up.
alter table budgets
  add column project_id uuid,
  add column tag_key text,
  add column tag_value text;

create index budgets_tenant_id_project_id_idx on budgets(tenant_id, project_id);

alter table budgets add constraint budgets_tenant_id_project_id_fkey foreign key (tenant_id, project_id) references projects(tenant_id, id) on delete restrict on update no action;
alter table budgets
  add constraint budgets_scope_check check ((tag_key is null) = (tag_value is null) and (project_id is null or tag_key is null)),
  add constraint budgets_scope_whole_check check (parent_id is null or (project_id is null and tag_key is null));
alter table service_suspensions drop constraint service_suspensions_cause_check;
alter table service_suspensions add constraint service_suspensions_cause_check check (cause in ('hold', 'upstream', 'budget'));
