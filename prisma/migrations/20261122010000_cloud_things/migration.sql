-- Volumes, addresses, backups, images, networks and DNS zones are resources beside servers: `ready` is theirs.
alter table resources drop constraint resources_state_check;
alter table resources add constraint resources_state_check check (state in ('building', 'running', 'stopped', 'ready', 'failed', 'deleted'));
alter table resources drop constraint resources_pending_action_check;
alter table resources add constraint resources_pending_action_check check (pending_action ~ '^[a-z]+(-[a-z]+){0,3}$');
alter table resources
  add constraint resources_kind_check check (kind in ('server', 'volume', 'address', 'backup', 'image', 'network', 'dns-zone'));
create index resources_tenant_id_kind_idx on resources(tenant_id, kind);

-- What was asked of a cloud beside running servers: kept before the cloud is asked, settled by its answer.
create table cloud_deeds (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  resource_id uuid not null,
  kind text not null,
  facts jsonb not null,
  -- Made with the form: the same key finds the first deed.
  key text not null,
  state text not null,
  problem text,
  user_id uuid,
  user_name text,
  requested_at timestamptz(3) not null,
  settled_at timestamptz(3),

  constraint cloud_deeds_pkey primary key (tenant_id, id)
);

-- When a server is backed up by itself.
create table backup_schedules (
  tenant_id uuid not null,
  resource_id uuid not null,
  account_id uuid not null,
  every text not null,
  hour integer not null,
  keep integer not null,
  next_at timestamptz(3) not null,
  set_by text not null,
  set_at timestamptz(3) not null,

  constraint backup_schedules_pkey primary key (tenant_id, resource_id)
);

create unique index cloud_deeds_tenant_id_account_id_key_key on cloud_deeds(tenant_id, account_id, key);
create index cloud_deeds_tenant_id_resource_id_requested_at_idx on cloud_deeds(tenant_id, resource_id, requested_at);
create index backup_schedules_tenant_id_next_at_idx on backup_schedules(tenant_id, next_at);
create index backup_schedules_tenant_id_account_id_idx on backup_schedules(tenant_id, account_id);

alter table cloud_deeds add constraint cloud_deeds_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;
alter table cloud_deeds add constraint cloud_deeds_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table backup_schedules add constraint backup_schedules_tenant_id_resource_id_fkey foreign key (tenant_id, resource_id) references resources(tenant_id, id) on delete restrict on update no action;
alter table backup_schedules add constraint backup_schedules_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;

alter table cloud_deeds
  add constraint cloud_deeds_state_check check (state in ('requested', 'done', 'refused')),
  add constraint cloud_deeds_settled_check check ((state = 'requested') = (settled_at is null)),
  add constraint cloud_deeds_problem_check check ((state = 'refused') = (problem is not null));
alter table backup_schedules
  add constraint backup_schedules_every_check check (every in ('day', 'week')),
  add constraint backup_schedules_hour_check check (hour between 0 and 23),
  add constraint backup_schedules_keep_check check (keep between 1 and 30);

do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  foreach name in array array['cloud_deeds', 'backup_schedules'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and (%s or %s and account_id = any (%s)))',
      name, own_tenant, office, panel, own_accounts);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
-- What was asked stays as it was asked.
grant update (state, problem, settled_at) on cloud_deeds to livery_app;
grant update (every, hour, keep, next_at, set_by, set_at), delete on backup_schedules to livery_app;
