-- Files that are made by themselves, each day or month, and handed over by mail or webhook.
create table export_schedules (
  tenant_id uuid not null,
  id uuid not null,
  -- Null: of the seller itself.
  account_id uuid,
  kind text not null,
  format text not null,
  side text,
  rhythm text not null,
  delivery text not null,
  mails text[] not null,
  -- What the mails are written in.
  language text not null,
  state text not null,
  -- Days where the seller is: the next run, and the last one there was.
  next_on date not null,
  last_on date,
  created_by text not null,
  created_at timestamptz(3) not null,
  changed_at timestamptz(3) not null,

  constraint export_schedules_pkey primary key (tenant_id, id)
);

alter table exports
  -- The run of a schedule, by the day it was due.
  add column schedule_id uuid,
  add column due_on date,
  -- Of a table as of a day.
  add column day date,
  add column link_hash text;

create index export_schedules_tenant_id_account_id_idx on export_schedules(tenant_id, account_id);
create index export_schedules_tenant_id_next_on_idx on export_schedules(tenant_id, next_on);
-- A run is made once, however often its job is repeated.
create unique index exports_tenant_id_schedule_id_due_on_key on exports(tenant_id, schedule_id, due_on);
create unique index exports_tenant_id_link_hash_key on exports(tenant_id, link_hash);

alter table export_schedules add constraint export_schedules_tenant_id_fkey foreign key (tenant_id) references tenants(tenant_id) on delete restrict on update no action;
alter table export_schedules add constraint export_schedules_tenant_id_account_id_fkey foreign key (tenant_id, account_id) references accounts(tenant_id, id) on delete restrict on update no action;
alter table exports add constraint exports_tenant_id_schedule_id_fkey foreign key (tenant_id, schedule_id) references export_schedules(tenant_id, id) on delete restrict on update no action;

alter table export_schedules
  add constraint export_schedules_kind_check check (
    (kind = 'focus' and format = 'csv' and side is not null and side in ('sell', 'buy'))
    or (kind = 'accounting' and format in ('datev', 'csv', 'jsonl') and side is null and rhythm = 'monthly')
    or (kind in ('aging', 'revenue', 'margin') and format = 'csv' and side is null)),
  add constraint export_schedules_buyer_check check (account_id is null or (kind = 'focus' and side = 'sell')),
  add constraint export_schedules_rhythm_check check (rhythm in ('daily', 'monthly')),
  add constraint export_schedules_delivery_check
    check ((delivery = 'mail' and cardinality(mails) between 1 and 10) or (delivery = 'webhook' and cardinality(mails) = 0)),
  add constraint export_schedules_state_check check (state in ('active', 'paused', 'removed'));
alter table exports
  drop constraint exports_kind_check,
  drop constraint exports_format_check;
alter table exports
  add constraint exports_kind_check check (kind in ('focus', 'accounting', 'aging', 'revenue', 'margin')),
  add constraint exports_format_check check (
    (kind = 'focus' and format = 'csv' and side in ('sell', 'buy') and side is not null)
    or (kind = 'accounting' and format in ('datev', 'csv', 'jsonl') and side is null and account_id is null)
    or (kind in ('aging', 'revenue', 'margin') and format = 'csv' and side is null and account_id is null)),
  add constraint exports_day_check check ((kind = 'aging') = (day is not null)),
  add constraint exports_schedule_check check ((schedule_id is null) = (due_on is null));

-- A buyer keeps the schedules of its own cost data.
do $$
declare
  own_tenant constant text := '(tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))';
  office constant text := '((select current_setting(''app.scope'', true)) = ''office'')';
  panel constant text := '((select current_setting(''app.scope'', true)) = ''panel'')';
  own_accounts constant text := '(select nullif(current_setting(''app.account_ids'', true), ''''))::uuid[]';
begin
  execute format('create policy tenant_isolation on export_schedules to livery_app using (%s and (%s or %s and account_id = any (%s)))',
    own_tenant, office, panel, own_accounts);
end $$;
alter table export_schedules enable row level security;
alter table export_schedules force row level security;
grant select, insert on export_schedules to livery_app;
grant update (state, next_on, last_on, changed_at) on export_schedules to livery_app;
grant select on export_schedules to livery_backup;
grant update (link_hash) on exports to livery_app;
