-- Maintenance and disruptions that staff tell customers of, with how they go on.
create table service_notices (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  -- Where: a region, one of one cloud, or everywhere.
  zone text,
  cloud_ref uuid,
  title text not null,
  state text not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3),
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint service_notices_pkey primary key (tenant_id, id)
);

create table service_notice_updates (
  tenant_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  state text not null,
  text text not null,
  by text not null,
  at timestamptz(3) not null,

  constraint service_notice_updates_pkey primary key (tenant_id, id)
);

create index service_notices_tenant_id_changed_at_idx on service_notices(tenant_id, changed_at);
create index service_notice_updates_tenant_id_notice_id_idx on service_notice_updates(tenant_id, notice_id);

alter table service_notices add constraint service_notices_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table service_notice_updates add constraint service_notice_updates_tenant_id_notice_id_fkey foreign key (tenant_id, notice_id) references service_notices(tenant_id, id) on delete restrict on update no action;

alter table service_notices
  add constraint service_notices_kind_check check (kind in ('maintenance', 'disruption')),
  add constraint service_notices_state_check check (state in ('planned', 'ongoing', 'resolved')),
  add constraint service_notices_place_check check (cloud_ref is null or zone is not null),
  add constraint service_notices_days_check check (ends_at > starts_at);
alter table service_notice_updates
  add constraint service_notice_updates_state_check check (state in ('planned', 'ongoing', 'resolved'));
alter table notification_choices drop constraint notification_choices_topic_check;
alter table notification_choices add constraint notification_choices_topic_check check (topic in ('spend', 'account', 'payment', 'service'));
alter table notices drop constraint notices_topic_check;
alter table notices add constraint notices_topic_check check (topic in ('spend', 'account', 'payment', 'service'));

-- The office alone: customers read what their own accounts were told.
do $$
declare
  name text;
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
begin
  foreach name in array array['service_notices', 'service_notice_updates'] loop
    execute format('create policy tenant_isolation on %I to livery_app using (%s and %s)', name, own_tenant, office);
    execute format('grant select, insert on %I to livery_app', name);
    execute format('grant select on %I to livery_backup', name);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
grant update (state, ends_at, changed_at) on service_notices to livery_app;
