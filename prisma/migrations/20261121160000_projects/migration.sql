-- Projects and tags: how a buyer splits what it has. Both are dated, so that what was charged stays where it belonged.
create table projects (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  name text not null,
  state text not null,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint projects_pkey primary key (tenant_id, id)
);

-- In which project a resource is from when to when; none in between is no project.
create table project_resources (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  project_id uuid not null,
  resource_id uuid not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  placed_by text not null,
  placed_at timestamptz(3) not null,

  constraint project_resources_pkey primary key (tenant_id, id)
);

create table resource_tags (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  resource_id uuid not null,
  key text not null,
  value text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  set_by text not null,
  set_at timestamptz(3) not null,

  constraint resource_tags_pkey primary key (tenant_id, id)
);

create index projects_tenant_id_account_id_idx on projects(tenant_id, account_id);
create unique index projects_active_name_key on projects(tenant_id, account_id, lower(name)) where state = 'active';
create index project_resources_tenant_id_project_id_idx on project_resources(tenant_id, project_id);
create index project_resources_tenant_id_resource_id_idx on project_resources(tenant_id, resource_id);
create index project_resources_tenant_id_account_id_idx on project_resources(tenant_id, account_id);
create index resource_tags_tenant_id_resource_id_idx on resource_tags(tenant_id, resource_id);
create index resource_tags_tenant_id_account_id_key_value_idx on resource_tags(tenant_id, account_id, key, value);

alter table projects add constraint projects_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table projects add constraint projects_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table project_resources add constraint project_resources_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table project_resources add constraint project_resources_tenant_id_project_id_fkey foreign key (tenant_id, project_id) references projects(tenant_id, id) on delete restrict on update no action;
alter table project_resources add constraint project_resources_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;
alter table resource_tags add constraint resource_tags_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table resource_tags add constraint resource_tags_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;

-- What Prisma has no words for.
alter table projects
  add constraint projects_state_check check (state in ('active', 'archived')),
  add constraint projects_name_check check (length(name) between 1 and 80);
alter table project_resources
  add constraint project_resources_period_check check (ends_at >= starts_at),
  add constraint project_resources_one_at_a_time exclude using gist
    (tenant_id with =, resource_id with =, tstzrange(starts_at, ends_at) with &&);
alter table resource_tags
  add constraint resource_tags_key_check check (length(key) between 1 and 40),
  add constraint resource_tags_value_check check (length(value) between 1 and 80),
  add constraint resource_tags_period_check check (ends_at >= starts_at),
  add constraint resource_tags_one_value exclude using gist
    (tenant_id with =, resource_id with =, key with =, tstzrange(starts_at, ends_at) with &&);

-- A buyer keeps its own; what was charged may not change hands afterwards, so a period is only ever ended.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['projects', 'project_resources', 'resource_tags'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s and account_id = any (%s)))',
      name, own_tenant, office, panel, own_accounts);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (name, state, changed_at) on projects to livery_app;
grant update (ends_at) on project_resources to livery_app;
grant update (ends_at) on resource_tags to livery_app;
